// The keys 1 to 4 answer the question in hand and go on to the next. Without this, the form works as any other.
(function () {
  "use strict";
  var form = document.querySelector("form[data-keys]");
  if (!form) return;
  var questions = Array.from(form.querySelectorAll("fieldset"));
  form.querySelector(".keys").hidden = false;

  function inHand() {
    var here = document.activeElement && document.activeElement.closest("fieldset");
    return questions.indexOf(here) >= 0 ? here : questions.find(function (each) { return !each.querySelector(":checked"); });
  }

  function goTo(place) {
    place.scrollIntoView({ block: "center" });
    (place.querySelector("input:checked") || place.querySelector("input, select")).focus({ preventScroll: true });
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input:not([type=radio]), select, textarea");
    var answer = "1234".indexOf(event.key);
    if (typing || answer < 0 || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    var question = inHand();
    if (!question) return;
    event.preventDefault();
    question.querySelectorAll("input[type=radio]")[answer].checked = true;
    var next = questions[questions.indexOf(question) + 1];
    goTo(next || form.querySelector(".about"));
  });
})();
