// The report form on a bad line: what was typed is put into the queue on this phone before it is sent. With signal the
// form goes its ordinary way, and the page that answers takes the report out of the queue; without, the queue sends it
// later. <div id="antrean"> shows what waits; its data-page says what page this is: form, receipt, step or other.
(function () {
  "use strict";
  var box = document.getElementById("antrean"), form = document.getElementById("lapor");
  if (!box || !window.indexedDB || !window.Antrean) return;
  var SENT_BY_PAGE = "antrean", TOUCHED = ["description", "place", "happened_at", "name", "phone", "email"];
  var CHOSEN_ONCE = ["join", "similar_seen"];  // said of what was shown then: not to be said of another report
  var labels = {
    waiting: "Tersimpan di HP ini", page: "Sedang dikirim", sending: "Sedang dikirim", draft: "Belum selesai dikirim",
    sent: "Terkirim", refused: "Ditolak",
  };
  var busy = false, filledFrom = "", asked = "", given = document.getElementById("kirim-foto");

  function pending() {
    try { return sessionStorage.getItem(SENT_BY_PAGE) || ""; } catch (_) { return ""; }
  }

  function setPending(id) {
    try { id ? sessionStorage.setItem(SENT_BY_PAGE, id) : sessionStorage.removeItem(SENT_BY_PAGE); } catch (_) { /* full */ }
  }

  function files() { return form.querySelector("input[type=file]"); }

  // Puts photos that were chosen before back into the form: a browser never does.
  function restorePhotos(photos) {
    var input = files();
    if (!input || input.files.length || !photos.length || !window.DataTransfer) return;
    var carrier = new DataTransfer();
    photos.forEach(function (photo) {
      carrier.items.add(new File([photo.blob], photo.name, { type: photo.blob.type }));
    });
    input.files = carrier.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function gather(id) {
    return Antrean.report(id, new FormData(form), new URL(location.href), form.elements.category.selectedOptions[0].textContent);
  }

  function reachable() {
    var caught = navigator.onLine !== false && navigator.serviceWorker && navigator.serviceWorker.controller;
    return caught && !document.body.dataset.kept ? Promise.resolve(true) : Alat.reachable();  // the worker catches failures
  }

  function onSubmit(event) {
    if (event.defaultPrevented) return;
    // Should this fail, the form goes the ordinary way, and the service worker keeps it.
    var id = filledFrom || Alat.newId(), item = gather(id);
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.elements.submission_id.value = filledFrom = id;
    Promise.all([reachable(), Antrean.put(item)]).then(function (found) {
      return found[0] ? throughPage(id) : throughQueue(id);
    }, function () { form.submit(); });  // this browser keeps nothing: the ordinary way
  }

  function throughPage(id) {
    return Antrean.update(id, function (item) {
      Object.assign(item, { state: "page", until: Date.now() + Antrean.LEASE_MS });
    }).then(function () {
      setPending(id);
      if (files()) files().disabled = true;  // the words go first: the page that answers sends the photos from here
      form.submit();
    });
  }

  function throughQueue() {
    busy = false;
    filledFrom = "";
    setPending("");
    form.reset();
    TOUCHED.concat("lat", "lng", CHOSEN_ONCE).forEach(function (name) { form.elements[name].value = ""; });
    unmark();
    form.elements.category.dispatchEvent(new Event("change", { bubbles: true }));
    Alat.askForSync();
    return show().then(function () {
      box.scrollIntoView({ block: "start" });
      box.focus({ preventScroll: true });
      return Antrean.flush(false);
    });
  }

  // ---- What is shown

  function line(item, name) {
    var field = form && form.elements[name], label = field && field.labels && field.labels[0];
    return (label ? label.firstChild.textContent.trim() + ": " : "") + item.errors[name].join(" ");
  }

  function reasons(item) {
    var told = Object.keys(item.errors || {}).map(function (name) { return line(item, name); });
    return told.length ? told : [item.said || "Laporan ini tidak dapat diterima."];
  }

  function explain(item, card) {
    if (item.state === "waiting" || item.state === "draft") {
      card.append(Alat.element("p", item.number
        ? "Tulisannya sudah terkirim. Fotonya menunggu sinyal dan dikirim sendiri."
        : item.state === "draft" ? "Tekan Kirim sekarang, atau buka isiannya."
          : "Belum sampai ke kantor. Dikirim sendiri begitu ada sinyal, juga bila halaman ini Anda tutup lalu dibuka lagi."));
    }
    if (item.state === "refused") {
      var list = Alat.element("ul");
      reasons(item).forEach(function (words) { list.append(Alat.element("li", words)); });
      card.append(list);
    }
    if (item.arrived) card.append(Alat.element("p", item.arrived + " foto sudah sampai ke kantor."));
    if (item.receipt && !isHere(item)) {
      var code = Alat.element("p");
      code.append(Alat.element("span", item.receipt, "code"));
      card.append(code, Alat.element("p", "Catat kode ini. Hanya dengan kode ini Anda dapat melihat kelanjutan laporan."));
    }
    (item.notes || []).forEach(function (words) { card.append(Alat.element("p", "Foto tidak diterima: " + words, "error")); });
  }

  // Whether this page is the item's own receipt.
  function isHere(item) { return Boolean(given && item.receipt && given.dataset.code === item.receipt); }

  function actions(item, card) {
    if (item.receipt && !isHere(item)) {
      var line = Alat.element("p"), link = Alat.element("a", "Lihat laporan saya", "button");
      link.href = "/lacak/" + item.receipt;
      line.append(link);
      card.append(line);
    }
    if (item.state === "waiting" || item.state === "draft") {
      card.append(Alat.buttonLine("Kirim sekarang", function () { sendNow(item.id); }));
    }
    if (form && !item.number && (item.state === "refused" || item.state === "draft")) {
      card.append(Alat.buttonLine("Buka isian", function () { reopen(item); }));
    }
    if (isHere(item) && item.state === "sent") return;
    if (item.state === "sent") card.append(Alat.buttonLine("Kodenya sudah saya catat", function () { Antrean.remove(item.id); }));
    else if (item.state !== "sending" && item.state !== "page") {
      card.append(Alat.buttonLine("Hapus dari HP ini", function () {
        if (confirm("Hapus laporan ini dari HP ini? Yang belum terkirim akan hilang.")) Antrean.remove(item.id);
      }));
    }
  }

  function sendNow(id) {
    Antrean.update(id, function (item) { if (item.state === "draft") item.state = "waiting"; }).then(function () {
      return Antrean.flush(true);
    });
  }

  function card(item) {
    var made = Alat.element("div", "", "box" + (item.state === "refused" ? " alarm" : "")), title = Alat.element("p");
    title.append(Alat.element("b", labels[item.state]), item.title ? ": " + item.title : "");
    made.append(title);
    explain(item, made);
    actions(item, made);
    return made;
  }

  function show() {
    return Antrean.all().then(function (items) {
      // What this very page holds is not shown beside it.
      // Whoever was shown the code on a page needs no card for it once the photos have arrived too.
      items.filter(function (item) {
        return item.seen && item.state === "sent" && !(item.notes || []).length && !isHere(item);
      }).forEach(function (item) { Antrean.remove(item.id); });
      var shown = items.filter(function (item) {
        return item.kind === "report" && item.id !== filledFrom && item.id !== asked && !(item.state === "page" && item.id === pending());
      });
      box.textContent = "";
      box.hidden = !shown.length;
      if (!shown.length) return;
      box.append(Alat.element("h2", "Laporan di HP ini"));
      shown.forEach(function (item) { box.append(card(item)); });
      box.append(Alat.element("p", "Yang belum terkirim hanya tersimpan di HP ini, dan dapat dibaca siapa pun yang memakai HP ini. Tulisan dan foto terhapus dari sini sesudah diterima kantor.", "soft"));
    });
  }

  // ---- What this page is

  function described(field, ids) {
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  // By what the field is described besides what is wrong with it.
  function hints(field) {
    return (field.getAttribute("aria-describedby") || "").split(" ").filter(function (id) { return id && !/-error$/.test(id); });
  }

  // Takes away what was said of another report's fields, by this script or by the server's page.
  function unmark() {
    form.querySelectorAll("p.error").forEach(function (said) { said.remove(); });
    form.querySelectorAll(".wrong").forEach(function (part) { part.classList.remove("wrong"); });
    form.querySelectorAll("[aria-invalid]").forEach(function (field) {
      field.removeAttribute("aria-invalid");
      described(field, hints(field));
    });
  }

  // Says beside the field what was refused.
  function mark(field, words) {
    if (!field || !field.before || field.type === "hidden") return false;
    var said = document.getElementById(field.id + "-error") || Alat.element("p", "", "error");
    said.id = field.id + "-error";
    said.textContent = words.join(" ");
    field.before(said);
    field.setAttribute("aria-invalid", "true");
    described(field, hints(field).concat(said.id));
    return true;
  }

  function reopen(item) {
    unmark();
    Object.keys(item.fields).forEach(function (name) {
      var field = form.elements[name];
      if (!field || field.type === "file" || CHOSEN_ONCE.indexOf(name) > -1) return;
      if (field.type === "checkbox") field.checked = true;
      else field.value = item.fields[name];
      var folded = item.fields[name] && field.closest && field.closest("details");
      if (folded) folded.open = true;  // what is to be mended may be in there
    });
    var wrong = Object.keys(item.errors || {}).filter(function (name) { return mark(form.elements[name], item.errors[name]); });
    // At once: later it would take the words out of the field they are typed in.
    form.elements[wrong[0] || "description"].focus();
    form.elements.category.dispatchEvent(new Event("change", { bubbles: true }));
    restorePhotos(item.photos);
    filledFrom = item.status === 409 ? Alat.newId() : item.id;
    var kept = item.status === 409 ? Antrean.remove(item.id).then(function () {
      return Antrean.put(Object.assign({}, item, { id: filledFrom, state: "draft", status: 0 }));
    }) : Antrean.update(item.id, function (found) { found.state = "draft"; });
    kept.then(show);
  }

  function onForm() {
    var id = pending(), holds = form.elements.submission_id.value;
    setPending("");
    form.addEventListener("submit", onSubmit);
    if (id && box.dataset.new === "yes") {  // the number was used up by other words: this form has another
      return Antrean.get(id).then(function (item) {
        filledFrom = holds;
        if (!item) return;
        restorePhotos(item.photos);
        return Antrean.put(Object.assign(item, { id: holds, state: "draft" })).then(function () { return Antrean.remove(id); });
      });
    }
    if (!id || id !== holds) return Promise.resolve();
    return Antrean.update(id, function (item) { item.state = "draft"; }).then(function (item) {
      filledFrom = id;  // the form came back with something to mend
      if (item) restorePhotos(item.photos);
    });
  }

  function onReceipt() {
    var id = pending();
    setPending("");
    return id ? Antrean.get(id).then(function (item) { return item && receive(item); }) : Promise.resolve();
  }

  // The words have arrived; photos are still to be sent, each by itself.
  function receive(item) {
    if (!given || !item.photos.length) return Antrean.remove(item.id);
    return Antrean.mark(item).then(function (mark) {
      return Antrean.update(item.id, function (kept) {
        Object.assign(kept, { state: "waiting", until: 0, tries: 0, next: 0, fields: { category: kept.fields.category }, mark: mark });
        Object.assign(kept, { receipt: given.dataset.code, number: given.dataset.number, seen: true });
      });
    });
  }

  // This page holds the report and asks something about it first: beside that it is not to be sent past the question.
  function onStep() {
    var step = document.querySelector("main form");
    asked = step.elements.submission_id.value;
    step.addEventListener("submit", function (event) {
      var pressed = event.submitter;
      if (!pressed || pressed.name !== "join") return;
      Antrean.update(asked, function (item) { item.fields.join = pressed.value; }).catch(function () {});  // if the line breaks now
    });
    return Antrean.update(asked, function (item) { item.state = "draft"; });
  }

  var begin = { form: onForm, receipt: onReceipt, step: onStep }[box.dataset.page] || function () { return Promise.resolve(); };

  function keepForLater() {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registered) {
      var own = performance.getEntriesByType("resource").map(function (entry) { return new URL(entry.name); })
        .filter(function (url) { return url.origin === location.origin && url.pathname.startsWith("/static/"); })
        .map(function (url) { return url.pathname; });
      var page = form && location.pathname !== "/lapor" ? [location.pathname] : [];
      if (!document.body.dataset.kept) registered.active.postMessage({ keep: own.concat(page, box.dataset.keep.split(" ")) });
    }).catch(function () {});
  }

  document.addEventListener("antrean", show);
  if (Antrean.news) Antrean.news.addEventListener("message", show);
  window.addEventListener("online", function () { Antrean.flush(true); });
  window.addEventListener("pageshow", function (event) {
    busy = false;
    if (form && files()) files().disabled = false;
    if (event.persisted) show();
  });
  begin().catch(function () {}).then(show).then(function () { return box.dataset.page === "step" ? null : Antrean.flush(false); }).catch(function () {
    box.hidden = true;  // this browser keeps nothing
  });
  keepForLater();
})();
