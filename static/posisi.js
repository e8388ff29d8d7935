// Fills in the position of this phone, after a tap. Its words stand in the page.
(function () {
  var place = document.getElementById("posisi");
  if (!place || !navigator.geolocation || !window.isSecureContext) return;
  var form = place.closest("form"), lat = form.elements.lat, lng = form.elements.lng;
  var button = place.querySelector("button"), told = place.querySelector("span"), first = button.textContent;
  function show() {
    var known = Boolean(lat.value && lng.value);
    button.textContent = known ? place.dataset.remove : first;
    told.textContent = known ? place.dataset.found : "";
  }
  button.addEventListener("click", function () {
    if (lat.value) { lat.value = lng.value = ""; return show(); }
    told.textContent = place.dataset.searching;
    navigator.geolocation.getCurrentPosition(function (found) {
      lat.value = found.coords.latitude.toFixed(6);
      lng.value = found.coords.longitude.toFixed(6);
      show();
    }, function () { told.textContent = place.dataset.failed; }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  });
  place.hidden = false;
  show();
})();
