// An officer in the field: the own open cases are kept to be read without signal, and a settling that was filled in
// there, with its photos, waits in the queue until it can be sent under a fresh token. A conflict or a finding is told,
// and the words stay until the officer decides. The part before "page" runs in the service worker, too.
(function (root) {
  "use strict";
  var TOKEN = /name="csrf_token"[^>]*value="([^"]+)"/, FAULTS = /role="alert"[^>]*>([\s\S]*?)<\/div>/,
    ACCOUNT = /id="lapangan" data-account="([^"]+)"/;

  function isSignIn(answer) { return new URL(answer.url).pathname === "/masuk"; }

  function hold(id, status, words) {
    return Antrean.update(id, function (item) {
      Object.assign(item, { state: "refused", until: 0, status: status, said: words });
    });
  }

  function plain(html) {
    return html.replace(/<h2[\s\S]*?<\/h2>/g, "").replace(/<\/li>/g, " ").replace(/<[^>]+>/g, " ").replace(/&quot;/g, '"').replace(/&#39;/g, "'")
      .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").replace(/\s+/g, " ").trim();
  }

  function faults(page) {
    var found = FAULTS.exec(page);
    return found ? plain(found[1]) : "Belum dapat disimpan. Buka kasusnya dan periksa isiannya.";
  }

  function sendSettling(item) {
    return Antrean.request(item.page, { credentials: "same-origin" }).then(function (answer) {
      if (Antrean.isPassing(answer.status)) return Antrean.later(item.id, answer);
      if (isSignIn(answer)) return hold(item.id, 401, "Masuk dulu, lalu tekan Kirim sekarang.");
      return answer.text().then(function (page) {
        var token = TOKEN.exec(page), account = ACCOUNT.exec(page), form = new FormData();
        // On a phone that several use, whoever is signed in now must not be taken for the writer.
        if (account && account[1] !== item.account) return hold(item.id, 401, "Belum dikirim: waktu itu akun lain sedang masuk di HP ini. Tekan Kirim sekarang.");
        if (!answer.ok || !token || !account) return hold(item.id, answer.status, "Kasus ini tidak dapat dibuka dengan akun ini.");
        item.entries.forEach(function (entry) {
          if (entry.blob) form.append(entry.name, entry.blob, entry.file);
          else form.append(entry.name, entry.text);
        });
        form.set("csrf_token", token[1]);
        form.set("account", item.account);  // and the server looks, too: somebody else may sign in meanwhile
        return Antrean.request(item.action, { method: "POST", body: form, credentials: "same-origin" }).then(function (told) {
          if (Antrean.isPassing(told.status)) return Antrean.later(item.id, told);
          if (told.ok && told.redirected && !isSignIn(told)) {
            return Antrean.update(item.id, function (kept) {
              Object.assign(kept, { state: "sent", until: 0, entries: [], sentAt: Date.now() });
            });
          }
          return told.text().then(function (text) { return hold(item.id, told.status, faults(text)); });
        });
      });
    });
  }

  if (root.Antrean) Antrean.senders.settling = sendSettling;
  var mark = root.document && document.getElementById("lapangan");
  if (!mark || !root.Antrean || !root.indexedDB) return;

  // ---- The page

  var account = mark.dataset.account, keptAt = document.body.dataset.kept, atCase = /^\/petugas\/laporan\/[^/]+/.exec(location.pathname);
  var labels = { waiting: "Penyelesaian tersimpan di HP ini", page: "Sedang dikirim", sending: "Sedang dikirim", sent: "Penyelesaian terkirim", refused: "Penyelesaian belum diterima" };
  var main = document.getElementById("isi"), box = document.createElement("section");
  box.setAttribute("aria-label", "Tersimpan di HP ini");
  box.setAttribute("aria-live", "polite");
  main.prepend(box);

  // Not form.action: a field of that name stands before it.
  function addressOf(form) { return new URL(form.getAttribute("action") || "", location.href).pathname; }

  // Where the form is sent to: one of its buttons may lead elsewhere.
  function goalOf(form, pressed) {
    return pressed && pressed.hasAttribute("formaction") ? new URL(pressed.formAction).pathname : addressOf(form);
  }

  function settleForm() { return document.querySelector('form[action$="/settle"]'); }

  function gather(form) {
    var entries = [];
    new FormData(form).forEach(function (value, name) {
      if (name === "csrf_token") return;
      if (typeof value === "string") entries.push({ name: name, text: value });
      else if (value.size) entries.push({ name: name, blob: value, file: value.name });
    });
    var action = addressOf(form), page = action.replace(/\/settle$/, "");
    return {
      id: account + ":" + page, kind: "settling", account: account, state: "waiting", action: action, page: page,
      entries: entries, tries: 0, next: 0, until: 0, made: Date.now(), touched: Date.now(),
    };
  }

  function onSubmit(event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.passing) return;
    if (!/\/settle$/.test(goalOf(form, event.submitter))) {
      if (!keptAt && navigator.onLine !== false) return;
      event.preventDefault();
      window.alert("Langkah ini perlu sinyal. Tulisan Anda tetap ada di halaman ini.");
      return;
    }
    event.preventDefault();
    form.dataset.passing = "yes";
    Alat.reachable().then(function (there) {
      if (there) { Antrean.remove(gather(form).id).catch(function () {}).then(function () { form.submit(); }); return null; }
      return Antrean.put(gather(form)).then(function () {
        delete form.dataset.passing;
        Alat.askForSync();
        return show().then(function () { box.scrollIntoView({ block: "start" }); return Antrean.flush(false, isOwn); });
      });
    }).catch(function () { delete form.dataset.passing; window.alert("HP ini tidak dapat menyimpan. Catat dulu tulisan Anda."); });
  }

  function isOwn(item) { return item.kind === "settling" && item.account === account; }

  function mine(items) { return items.filter(isOwn); }

  // Fills the form again; its version is the one of the case as it is shown now.
  function refill(item) {
    var form = settleForm(), carriers = {};
    item.entries.forEach(function (entry) {
      var field = form.elements[entry.name];
      if (!field || entry.name === "version" || entry.name === "account") return;
      if (entry.blob) {
        carriers[entry.name] = carriers[entry.name] || new DataTransfer();
        carriers[entry.name].items.add(new File([entry.blob], entry.file, { type: entry.blob.type }));
        field.files = carriers[entry.name].files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (field.type === "checkbox") field.checked = true;
      else field.value = entry.text;
    });
    if (form.closest("details")) form.closest("details").open = true;
    form.scrollIntoView({ block: "start" });
  }

  function card(item) {
    var made = Alat.element("div", "", "box" + (item.state === "refused" ? " alarm" : "")), number = item.page.split("/").pop();
    var title = Alat.element("h2", labels[item.state] + ": "), link = Alat.element("a", number);
    link.href = item.page;
    title.append(link);
    made.append(title);
    if (item.state === "waiting") made.append(Alat.element("p", "Belum sampai ke kantor. Dikirim sendiri begitu ada sinyal. Hanya ada di HP ini."));
    if (item.state === "refused") {
      made.append(Alat.element("p", item.said), Alat.element("p", "Tulisan dan foto Anda masih di HP ini. Periksa kasusnya, lalu putuskan."));
      item.entries.forEach(function (entry) { if (entry.text && /\s/.test(entry.text)) made.append(Alat.element("p", entry.text, "said")); });
      if (atCase && atCase[0] === item.page && settleForm() && !keptAt) made.append(Alat.buttonLine("Isi lagi ke formulir", function () { refill(item); }));
    }
    if (item.state === "waiting" || item.status === 401) {
      made.append(Alat.buttonLine("Kirim sekarang", function () {
        Antrean.update(item.id, function (kept) { kept.state = "waiting"; }).then(function () { return Antrean.flush(true, isOwn); });
      }));
    }
    if (item.state === "sent") made.append(Alat.buttonLine("Tutup", function () { Antrean.remove(item.id); }));
    else if (item.state !== "sending") made.append(Alat.buttonLine("Hapus dari HP ini", function () { if (confirm("Hapus penyelesaian ini? Tulisan dan fotonya akan hilang.")) Antrean.remove(item.id); }));
    return made;
  }

  function show() {
    return Antrean.all().then(function (items) {
      box.textContent = "";
      if (keptAt) {
        var time = new Date(Number(keptAt)).toLocaleString("id-ID", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Jakarta" });
        box.append(Alat.element("p", "Sinyal lemah atau tidak ada. Halaman ini seperti keadaannya pada " + time + " WIB.", "box"));
      }
      mine(items).forEach(function (item) { box.append(card(item)); });
    });
  }

  function sayLeftOut(kept, more) {
    var title = document.querySelector("h1"), line = document.createElement("p");
    if (!title) return;
    line.className = "soft";
    line.textContent = "Tanpa sinyal, HP ini dapat membuka " + kept + " laporan Anda yang tenggatnya terdekat; " + more + " lainnya perlu sinyal.";
    title.parentNode.insertAdjacentElement("afterend", line);
  }

  function keepCases() {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(function () { return navigator.serviceWorker.ready; })
      .then(function (registered) {
        document.querySelectorAll('form[action="/keluar"]').forEach(function (form) {
          form.addEventListener("submit", function () { registered.active.postMessage({ forget: true }); });
        });
        if (keptAt || location.pathname !== "/petugas") return null;
        var own = performance.getEntriesByType("resource").map(function (entry) { return new URL(entry.name); })
          .filter(function (url) { return url.origin === location.origin && url.pathname.startsWith("/static/"); })
          .map(function (url) { return url.pathname; });
        return fetch("/petugas/kasus-saya.json", { redirect: "error" }).then(function (answer) { return answer.ok ? answer.json() : null; })
          .then(function (told) {
            if (!told) return;
            registered.active.postMessage({ keep: own, keepCases: told.cases });
            if (told.left_out) sayLeftOut(told.cases.length, told.left_out);
          });
      }).catch(function () {});
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("antrean", show);
  if (Antrean.news) Antrean.news.addEventListener("message", show);
  window.addEventListener("online", function () { Antrean.flush(true, isOwn); });
  show().then(function () { return Antrean.flush(false, isOwn); }).catch(function () { box.remove(); });
  keepCases();
})(self);
