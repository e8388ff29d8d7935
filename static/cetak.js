// A button that prints, where there is a script.
(function () {
  var place = document.getElementById("cetak");
  if (!place) return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", function () { window.print(); });
})();
