// Draws the list's reports that have a position on a map.
"use strict";
(() => {
  const place = document.getElementById("peta");
  if (!place) return;
  const markers = [...document.querySelectorAll("li[data-lat]")].map((one) => ({
    lat: Number(one.dataset.lat),
    lng: Number(one.dataset.lng),
    text: one.dataset.text,
    url: one.querySelector("a").href,
  }));
  Peta.show(place, { markers }).catch(() => {
    place.textContent = place.dataset.failed;
  });
})();
