// What others have reported already, shown in the report form once its kind and place are known: whoever has the same
// may join it. Without signal, or where nothing is like it, nothing is shown.
(function () {
  "use strict";
  var form = document.getElementById("lapor"), box = document.getElementById("mirip");
  if (!form || !box) return;
  var PAUSE_MS = 500, fields = form.elements, open = form.dataset.public.split(" "), asked = 0, timer;
  // The form came back with the question answered: not to be asked again of the same place.
  var shown = "", declined = fields.similar_seen.value ? query() : "";

  // What is to be asked; "" while too little is known, and for kinds that are not shown to all.
  function query() {
    var village = fields.village.value === "tidak-tahu" ? "" : fields.village.value, has = fields.lat.value && fields.lng.value;
    if (open.indexOf(fields.category.value) < 0 || !(village || has)) return "";
    var wanted = { office: form.dataset.office, category: fields.category.value };
    if (village) wanted.village = village;
    if (has) Object.assign(wanted, { lat: fields.lat.value, lng: fields.lng.value });
    return new URLSearchParams(wanted).toString();
  }

  // `similar_seen` says to the server that this list was seen, so that no page asks again.
  function clear(seen) {
    shown = "";
    box.textContent = "";
    fields.similar_seen.value = seen ? "1" : "";
  }

  function soon() {
    asked += 1;  // what is still on its way is of another place
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  }

  function ask() {
    var wanted = query();
    if (wanted && (wanted === shown || wanted === declined)) return;
    var turn = asked;
    clear(false);
    if (!wanted || navigator.onLine === false) return;
    fetch("/api/v1/complaints/similar?" + wanted, { credentials: "omit" }).then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (offers) {
      if (turn === asked && offers.length) show(offers, wanted);
    }).catch(function () {});
  }

  // ---- What is shown

  function day(text) {
    return new Date(text + "T00:00Z").toLocaleDateString("id-ID", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
  }

  function row(offer, number) {
    var made = Alat.element("li"), told = Alat.element("p");
    told.id = "mirip-" + number;
    told.append(Alat.element("b", fields.category.selectedOptions[0].textContent), Alat.element("br"));
    if (offer.village) told.append("Desa " + offer.village, Alat.element("br"));
    told.append(Alat.element("span", "Dilaporkan " + day(offer.received_on), "soft"));
    var line = Alat.buttonLine("Ikut melapor", function () { join(offer.token); });
    line.firstChild.setAttribute("aria-describedby", told.id);
    made.append(told, line);
    return made;
  }

  function show(offers, wanted) {
    var made = Alat.element("div", "", "box"), list = Alat.element("ul", "", "bare");
    offers.forEach(function (offer, number) { list.append(row(offer, number)); });
    made.append(Alat.element("h2", "Mungkin sudah dilaporkan"));
    made.append(Alat.element("p", "Kalau sama, ikutlah melapor: tulisan dan foto Anda dikirim, Anda mendapat kode sendiri, dan petugas tahu bahwa lebih banyak orang terganggu."));
    made.append(list, Alat.buttonLine("Bukan yang sama", decline));
    box.append(made);
    fields.similar_seen.value = "1";
    shown = wanted;
  }

  function decline() {
    declined = shown;
    clear(true);
    box.append(Alat.element("p", "Baik. Laporan Anda dikirim sebagai laporan sendiri.", "hint"));
    box.focus();
  }

  function join(token) {
    if (!form.reportValidity()) return;  // says what is missing; the list stays
    fields.join.value = token;
    form.querySelector("[type=submit]").click();
  }

  form.addEventListener("change", function (event) {
    if (event.target === fields.category || event.target === fields.village) soon();
  });
  form.addEventListener("tempat", soon);  // the page has found a place, or lost it
  window.addEventListener("online", soon);
  window.addEventListener("pageshow", function () {
    fields.join.value = "";  // the form is back: who still wants to join says so again
    soon();
  });
})();
