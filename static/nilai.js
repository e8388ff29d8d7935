// A rating without signal. The service worker puts what could not be sent into the queue on this phone, as it was
// filled in, and the JSON interface takes it under the number it had in the form, so that sending it twice gives one
// rating. Of what was sent nothing stays but that it was sent, until that is told. The part before "The page" runs in the service worker, too.
// A rating: {id, kind: "rating", state, point, search, fields, tries, next, until, made, errors, said}.
(function (root) {
  "use strict";
  if (!root.Antrean) return;
  var ELEMENTS = /^(persyaratan|prosedur|waktu|biaya|produk|kompetensi|perilaku|pengaduan|sarana)(_|$)/;
  var ABOUT = ["sex", "age_band", "education", "occupation"], OWN = ["csrf_token", "submission_id", "kept"];
  var NUMBER = /name="submission_id" value="[^"]*"/;

  // The page of everybody becomes one with a number of its own, and says that it was kept.
  function withOwnNumber(page) {
    return page.replace(NUMBER, 'name="submission_id" value="' + Alat.newId() + '"><input type="hidden" name="kept" value="1"');
  }

  // From the form of a place, or from that of a visit's code, which names none.
  function made(form, url) {
    var fields = {}, language = url.searchParams.get("bahasa"), place = /^\/survei\/([^/]+)$/.exec(url.pathname);
    form.forEach(function (value, name) {
      if (typeof value === "string" && OWN.indexOf(name) < 0) fields[name] = value;
    });
    return {
      id: String(form.get("submission_id") || Alat.newId()), kind: "rating", state: "waiting", fields: fields,
      point: place && decodeURIComponent(place[1]), search: language ? "?bahasa=" + encodeURIComponent(language) : "",
      wasKept: form.has("kept"), tries: 0, next: 0, until: 0, made: Date.now(),
    };
  }

  function body(item) {
    var fields = item.fields, answers = {}, respondent = {};
    Object.keys(fields).forEach(function (name) { if (ELEMENTS.test(name)) answers[name] = Number(fields[name]); });
    ABOUT.forEach(function (name) { respondent[name] = fields[name] || null; });
    return {
      submission_id: item.id, point: item.point, service: fields.service || null, edition: fields.edition || null,
      visit: fields.visit || null, opened: fields.opened || null,
      answers: answers, respondent: respondent, suggestion: fields.suggestion || null,
    };
  }

  function sendRating(item) {
    return Antrean.request("/api/v1/ratings" + item.search, {
      method: "POST", body: JSON.stringify(body(item)), credentials: "omit",
      headers: { "Content-Type": "application/json", "X-Requested-With": "antrean" },
    }).then(function (answer) {
      if (Antrean.isPassing(answer.status)) return Antrean.later(item.id, answer);
      return Antrean.asJson(answer).then(function (told) {
        if (!answer.ok) return Antrean.refused(item.id, answer.status, told);
        if (told.status !== "received") return Antrean.later(item.id, answer);  // a page of the network's own, not ours
        return Antrean.put({ id: item.id, kind: "rating", state: "sent", made: item.made, sentAt: Date.now() });
      });
    });
  }

  function escaped(text) {
    return text.replace(/[&<>"]/g, function (letter) { return "&#" + letter.charCodeAt(0) + ";"; });
  }

  function answer(status, title, words, more) {
    var page = '<!DOCTYPE html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>' + title + "</title>"
      + '<link rel="stylesheet" href="/static/public.css"><main><h1>' + title + '</h1><p class="box">' + words + "</p>" + more + "</main></html>";
    var policy = "default-src 'none'; style-src 'self'; form-action 'self'";
    return new Response(page, { status: status, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "Cache-Control": "no-store" } });
  }

  // This phone has no room left: the page itself holds what was filled in, of a report without its photos.
  function unkept(form, url, what) {
    what = what || "penilaian";
    var hidden = Array.from(form).filter(function (pair) { return pair[0] !== "kept" && typeof pair[1] === "string"; });
    var fields = hidden.map(function (pair) {
      return '<input type="hidden" name="' + escaped(pair[0]) + '" value="' + escaped(pair[1]) + '">';
    }).join("");
    return answer(503, "Belum terkirim", "Tidak ada sinyal, dan HP ini tidak dapat menyimpan " + what + " Anda. "
      + "Isian Anda masih ada di halaman ini. Jangan tutup: begitu ada sinyal, tekan tombol ini.",
    '<form method="post" action="' + escaped(url.pathname + url.search) + '">' + fields + '<p><button type="submit">Kirim lagi</button></p></form>');
  }

  // The form it came from was opened by a visit's code and is not on this phone any more.
  function kept() {
    return answer(200, "Tersimpan di HP ini", "Tidak ada sinyal. Penilaian Anda disimpan di HP ini dan dikirim sendiri begitu ada sinyal. Halaman ini boleh ditutup.", "");
  }

  Antrean.senders.rating = sendRating;
  root.Nilai = { withOwnNumber: withOwnNumber, made: made, unkept: unkept, kept: kept };
  if (!root.document || !root.indexedDB) return;

  // ---- The page

  // Javanese and Madurese are drafts, as on the form.
  var WORDS = {
    id: {
      title: "Penilaian di HP ini", kept: "Tidak ada sinyal, atau sinyalnya lemah. Isi saja seperti biasa: penilaian Anda disimpan di HP ini dan dikirim sendiri begitu ada sinyal.",
      waiting: "Belum terkirim", sending: "Sedang dikirim", refused: "Belum diterima", made: "Diisi",
      waits: "Penilaian Anda belum sampai ke kantor. Dikirim sendiri begitu ada sinyal, juga bila halaman ini Anda tutup lalu dibuka lagi.",
      why: "Penilaian ini tidak dapat diterima.", now: "Kirim sekarang", open: "Buka isian", away: "Hapus dari HP ini",
      sure: "Hapus penilaian ini dari HP ini? Yang belum terkirim akan hilang.", sent: "Terima kasih. Penilaian yang tadi menunggu sudah kami terima.",
      who: "Yang belum terkirim hanya tersimpan di HP ini, dan terhapus dari sini sesudah diterima kantor.",
    },
    en: {
      title: "Ratings on this phone", kept: "There is no signal, or a weak one. Just fill it in: your rating is kept on this phone and sent by itself once there is signal.",
      waiting: "Not sent yet", sending: "Being sent", refused: "Not accepted", made: "Filled in",
      waits: "Your rating has not reached the office yet. It is sent by itself once there is signal, also when you close this page and open it again.",
      why: "This rating can't be accepted.", now: "Send now", open: "Open the form", away: "Delete from this phone",
      sure: "Delete this rating from this phone? What was not sent will be lost.", sent: "Thank you. The rating that was waiting has reached us.",
      who: "What was not sent is on this phone only, and is deleted from it once the office has it.",
    },
    jv: {
      title: "Penilaian wonten HP punika", kept: "Mboten wonten sinyal, utawi sinyalipun lemah. Mangga dipunisi kados biasanipun: penilaian panjenengan dipunsimpen wonten HP punika lan dipunkintun piyambak menawi sampun wonten sinyal.",
      waiting: "Dereng kakintun", sending: "Saweg kakintun", refused: "Dereng katampi", made: "Dipunisi",
      waits: "Penilaian panjenengan dereng dumugi kantor. Dipunkintun piyambak menawi sampun wonten sinyal, ugi menawi kaca punika dipuntutup lajeng dipunbikak malih.",
      why: "Penilaian punika mboten saged katampi.", now: "Kintun sapunika", open: "Bikak isian", away: "Busak saking HP punika",
      sure: "Busak penilaian punika saking HP? Ingkang dereng kakintun badhe ical.", sent: "Matur nuwun. Penilaian ingkang wau ngentosi sampun katampi.",
      who: "Ingkang dereng kakintun namung kasimpen wonten HP punika, lan kabusak saking ngriki sasampunipun katampi kantor.",
    },
    mad: {
      title: "Panèlaian è HP ka'ḍinto", kept: "Ta' bâdâ sinyal, otabâ sinyalla lemma. Èssè'è akadhi biyasana: panèlaian Panjhennengngan èsèmpen è HP ka'ḍinto sareng èkèrem dhibi' mon ampon bâdâ sinyal.",
      waiting: "Ghi' ta' èkèrem", sending: "Ghi' èkèrem", refused: "Ghi' ta' ètarèma", made: "Èèssè",
      waits: "Panèlaian Panjhennengngan ghi' ta' napa' ka kantor. Èkèrem dhibi' mon ampon bâdâ sinyal, maskè kaca ka'ḍinto ètotop saterrossa èbukka' polè.",
      why: "Panèlaian ka'ḍinto ta' bisa ètarèma.", now: "Kèrem samangkèn", open: "Bukka' èssèyan", away: "Hapus ḍâri HP ka'ḍinto",
      sure: "Hapus panèlaian ka'ḍinto ḍâri HP? Sè ghi' ta' èkèrem bhâkal èlang.", sent: "Sakalangkong. Panèlaian sè ghellâ' ngantos ampon ètarèma.",
      who: "Sè ghi' ta' èkèrem ghun èsèmpen è HP ka'ḍinto, sareng èhapus saamponna ètarèma kantor.",
    },
  };
  var language = WORDS[document.documentElement.lang] ? document.documentElement.lang : "id", words = WORDS[language];
  var form = document.querySelector('main form[method="post"] [name="submission_id"]'), keptAt = document.body.dataset.kept;
  var page = document.getElementById("nilai"), box = Alat.element("section"), arrived = false, reopened = "";
  form = form && /^\/survei\/[^/]+$/.test(location.pathname) ? form.form : null;

  function readyBox() {
    var title = document.querySelector("main h1"), place = title && (title.closest(".box") || title);
    if (place && place.nextElementSibling && place.nextElementSibling.matches("p.soft")) place = place.nextElementSibling;
    box.lang = language;
    box.id = "antrean";
    box.tabIndex = -1;
    box.hidden = true;
    box.setAttribute("aria-label", words.title);
    box.setAttribute("aria-live", "polite");
    if (place) place.after(box);
  }

  function time(at) {
    return new Date(at).toLocaleString("id-ID", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Jakarta" }) + " WIB";
  }

  function reasons(item) {
    var told = Object.keys(item.errors || {}).map(function (name) { return item.errors[name].join(" "); });
    return told.length ? told : [item.said || words.why];
  }

  function explain(item, card) {
    if (item.state !== "refused") { card.append(Alat.element("p", words.waits)); return; }
    var list = Alat.element("ul");
    Array.from(new Set(reasons(item))).forEach(function (reason) { list.append(Alat.element("li", reason)); });
    card.append(list);
  }

  function actions(item, card) {
    if (item.state === "sending") return;
    if (item.state === "waiting") card.append(Alat.buttonLine(words.now, function () { Antrean.flush(true); }));
    if (item.state === "refused") card.append(Alat.buttonLine(words.open, function () { reopen(item); }));
    card.append(Alat.buttonLine(words.away, function () {
      if (confirm(words.sure)) Antrean.remove(item.id);
    }));
  }

  function card(item) {
    var built = Alat.element("div", "", "box" + (item.state === "refused" ? " alarm" : "")), title = Alat.element("p");
    title.append(Alat.element("b", words[item.state]), " · " + words.made + " " + time(item.made));
    built.append(title);
    explain(item, built);
    actions(item, built);
    return built;
  }

  // What was sent is told once.
  function tellSent(items) {
    items.forEach(function (item) {
      if (item.kind !== "rating" || item.state !== "sent") return;
      arrived = true;
      Antrean.remove(item.id);
    });
  }

  function show() {
    return Antrean.all().then(function (items) {
      var mine = items.filter(function (item) {
        return item.kind === "rating" && item.state !== "sent" && item.id !== reopened;
      }), said = keptAt && form && !mine.length && !arrived;
      tellSent(items);
      box.textContent = "";
      box.hidden = !mine.length && !arrived && !said;
      if (arrived) box.append(Alat.element("p", words.sent, "box done"));
      if (mine.length) box.append(Alat.element("h2", words.title));
      mine.forEach(function (item) { box.append(card(item)); });
      if (mine.length) box.append(Alat.element("p", words.who, "soft"));
      if (said) box.append(Alat.element("p", words.kept, "box"));
    });
  }

  // Fills the form again; what it holds is taken off the queue once it is sent anew.
  function reopen(item) {
    if (!form) { location.assign(item.point ? "/survei/" + encodeURIComponent(item.point) + item.search : "/"); return; }
    Object.keys(item.fields).forEach(function (name) {
      var field = form.elements[name];
      if (field && field.type !== "hidden") field.value = item.fields[name];
    });
    reopened = item.id;
    show().then(function () { form.scrollIntoView({ block: "start" }); });
  }

  function keepForLater() {
    if (!page || !("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registered) {
      var scripts = Array.from(document.scripts).map(function (script) { return script.getAttribute("src"); }).filter(Boolean);
      registered.active.postMessage({ keep: scripts.concat("/static/public.css", page.dataset.keep.split(" ")) });
    }).catch(function () {});
  }

  readyBox();
  if (form) form.addEventListener("submit", function () { if (reopened) Antrean.remove(reopened).catch(function () {}); });
  document.addEventListener("antrean", show);
  if (Antrean.news) Antrean.news.addEventListener("message", show);
  window.addEventListener("online", function () { Antrean.flush(true); });
  show().then(function () {
    if (/[?&]tersimpan/.test(location.search) && !box.hidden) box.scrollIntoView({ block: "start" });
    return Antrean.flush(false);
  }).catch(function () { box.hidden = true; });  // this browser keeps nothing
  keepForLater();
})(self);
