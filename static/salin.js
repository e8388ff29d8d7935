// A button that copies the message, where there is a script and a clipboard; the text stands there to be marked anyway.
(function () {
  var button = document.getElementById("salin"), text = document.getElementById("pesan");
  if (!button || !text || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(text.value).then(function () { button.textContent = button.dataset.done; }, function () { text.select(); });
  });
})();
