// Puts a ready answer into its field at once. Without this script the button beside the list does the same.
(function () {
  document.querySelectorAll("select[data-fills]").forEach(function (choice) {
    var field = document.getElementById(choice.dataset.fills);
    if (!field) return;
    document.querySelectorAll("button[form='" + choice.getAttribute("form") + "']").forEach(function (button) {
      button.hidden = true;
    });
    choice.addEventListener("change", function () {
      var text = choice.selectedOptions[0].dataset.text;
      if (!text) return;
      // What was typed stays; the same answer is not put in twice.
      if (field.value.indexOf(text) < 0) field.value = field.value.trim() ? field.value.trim() + "\n\n" + text : text;
      var kind = document.querySelector("[name=exclusion][value=out_of_authority]");
      if (kind && kind.form === field.form) kind.checked = true;
      field.focus();
    });
  });
})();
