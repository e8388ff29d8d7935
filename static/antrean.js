// The queue on this phone: what was written is kept in IndexedDB first, and sent one by one. Used by pages and by the
// service worker alike. A report goes to the JSON interface under the number it was given here, so that sending it
// twice gives one report: first the words, then each photo under a number of its own.
// A report: {id, kind: "report", state, fields, photos: [{id, blob, name}], tries, next, until, receipt, errors, mark}.
// States: waiting, page (the page is sending it, until `until`), draft (the page has it), sending, sent, refused.
(function (root) {
  "use strict";
  var NAME = "antrean", STORE = "items", TIMEOUT_MS = 30000, PHOTO_TIMEOUT_MS = 100000, LEASE_MS = 120000;
  var FIRST_WAIT_MS = 5000, LONGEST_WAIT_MS = 10 * 60000, KEPT_MS = 30 * 86400000;
  var SAID = ["category", "description", "village", "place", "happened_at", "lat", "lng", "confidential", "name", "phone", "email"];
  var news = "BroadcastChannel" in root ? new BroadcastChannel(NAME) : null;
  var opened, timer, plan;

  function open() {
    opened = opened || new Promise(function (resolve, reject) {
      var request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = function () { request.result.createObjectStore(STORE, { keyPath: "id" }); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
    opened.catch(function () { opened = null; });
    return opened;
  }

  // Runs `work(store)` in one transaction; resolves with the request's result once everything is on the disk.
  function within(mode, work) {
    return open().then(function (base) {
      return new Promise(function (resolve, reject) {
        var transaction = base.transaction(STORE, mode, mode === "readwrite" ? { durability: "strict" } : {});
        var request = work(transaction.objectStore(STORE));
        transaction.oncomplete = function () { resolve(request && request.result); };
        transaction.onerror = transaction.onabort = function () { reject(transaction.error); };
      });
    });
  }

  function tell() {
    if (news) news.postMessage("changed");
    if (root.document) root.document.dispatchEvent(new Event("antrean"));
  }

  function get(id) { return within("readonly", function (store) { return store.get(id); }); }

  function all() {
    return within("readonly", function (store) { return store.getAll(); }).then(function (items) {
      return items.sort(function (one, other) { return one.made - other.made; });
    });
  }

  function put(item) { return within("readwrite", function (store) { return store.put(item); }).then(tell); }

  function remove(id) { return within("readwrite", function (store) { return store.delete(id); }).then(tell); }

  // Changes an item as it is on the disk now; `change` returns false to leave it.
  function update(id, change) {
    return within("readwrite", function (store) {
      var request = store.get(id);
      request.onsuccess = function () {
        if (request.result && change(request.result) !== false) store.put(request.result);
      };
      return request;
    }).then(function (item) { tell(); return item; });
  }

  function hex(bytes) {
    return Array.from(new Uint8Array(bytes), function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }

  // Tells one report's words from another's under the same number, also when the words have gone: a digest of what was
  // filled in (on its way a form's line ends become longer), and how large the photos are. Null without https.
  function mark(item) {
    var said = SAID.map(function (name) { return (item.fields[name] || "").replace(/\r\n/g, "\n").trim(); });
    var sizes = item.photos.map(function (photo) { return photo.blob.size; }).join(" ");
    if (!root.crypto.subtle) return Promise.resolve(null);
    return root.crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(said))).then(function (hash) {
      return { words: hex(hash), photos: sizes };
    });
  }

  // The number that the server gives a photo which comes with the form: uuid5(report, sha256 of the file). So a photo
  // that had come by that way is not taken twice. Without https there is no such arithmetic, and a number is made up.
  function photoId(id, photo) {
    var subtle = root.crypto.subtle;
    if (!subtle) return Promise.resolve(photo.id);
    return photo.blob.arrayBuffer().then(function (bytes) { return subtle.digest("SHA-256", bytes); }).then(function (hash) {
      var space = id.replace(/-/g, "").match(/../g).map(function (pair) { return parseInt(pair, 16); });
      var named = space.concat(Array.from(hex(hash), function (letter) { return letter.charCodeAt(0); }));
      return subtle.digest("SHA-1", new Uint8Array(named));
    }).then(function (hash) {
      var bytes = new Uint8Array(hash).slice(0, 16);
      bytes[6] = bytes[6] & 15 | 80;
      bytes[8] = bytes[8] & 63 | 128;
      return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    });
  }

  function request(address, options) {
    var ending = new AbortController();
    var patience = (options || {}).body instanceof FormData ? PHOTO_TIMEOUT_MS : TIMEOUT_MS;
    var timer = setTimeout(function () { ending.abort(); }, patience);
    return fetch(address, Object.assign({ signal: ending.signal, cache: "no-store" }, options)).finally(function () {
      clearTimeout(timer);
    });
  }

  // Claims an item for this tab: another must not send it at the same time. False when it isn't to be sent now.
  function claim(id, now, forced) {
    var claimed = false;
    return update(id, function (item) {
      var busy = (item.state === "sending" || item.state === "page") && item.until > now;
      var due = forced || !item.next || item.next <= now;
      claimed = !busy && due && isWaiting(item);
      if (!claimed) return false;
      Object.assign(item, { state: "sending", until: now + LEASE_MS });
    }).then(function (item) { return claimed && item; });
  }

  function isWaiting(item) {
    return item.state === "waiting" || item.state === "sending" || item.state === "page";
  }

  function later(id, answer) {
    return update(id, function (item) {
      var wait = Math.min(FIRST_WAIT_MS * Math.pow(2, item.tries || 0), LONGEST_WAIT_MS) * (1 + Math.random() / 4);
      var asked = answer && Number(answer.headers.get("Retry-After")) * 1000;
      Object.assign(item, { state: "waiting", until: 0, tries: (item.tries || 0) + 1 });
      item.next = Date.now() + Math.max(wait, asked || 0);
    });
  }

  function refused(id, status, document) {
    return update(id, function (item) {
      Object.assign(item, { state: "refused", until: 0, status: status });
      item.errors = document.errors || {};
      item.said = document.title || "";
    });
  }

  // From now on a report of its own.
  function alone(id) { return update(id, function (item) { delete item.fields.join; }); }

  function isPassing(status) { return status === 408 || status === 425 || status === 429 || status >= 500; }

  function asJson(answer) { return answer.json().catch(function () { return {}; }); }

  function body(item) {
    var fields = item.fields;
    function text(name) { return fields[name] || null; }
    function number(name) { return fields[name] ? Number(fields[name]) : null; }
    return {
      submission_id: item.id, point: text("point"), category: text("category"), description: text("description"),
      village: text("village"), place: text("place"), lat: number("lat"), lng: number("lng"),
      happened_at: text("happened_at"), join: text("join"), confidential: Boolean(fields.confidential),
      contact: { name: text("name"), phone: text("phone"), email: text("email") },
    };
  }

  function sendWords(item) {
    var sent = JSON.stringify(body(item));
    return request("/api/v1/complaints" + (item.office ? "?office=" + encodeURIComponent(item.office) : ""), {
      method: "POST", body: sent, credentials: "omit", headers: { "Content-Type": "application/json", "X-Requested-With": "antrean" },
    }).then(function (answer) {
      if (isPassing(answer.status)) return later(item.id, answer);
      return Promise.all([asJson(answer), mark(item)]).then(function (found) { return answered(item, answer, found[0], found[1]); });
    });
  }

  function answered(item, answer, told, mark) {
    // The list that the token is of has grown old: the words are worth more than where they go.
    if (answer.status === 422 && item.fields.join && (told.errors || {}).join) return alone(item.id);
    if (!answer.ok) return refused(item.id, answer.status, told);
    if (!told.number) return later(item.id, answer);  // a page of the network's own, not ours
    return update(item.id, function (kept) {
      kept.receipt = told.receipt || "";
      kept.number = told.number;
      kept.fields = { category: kept.fields.category };  // the words are with the office now
      kept.mark = mark;
      kept.tries = 0;
      kept.until = Date.now() + LEASE_MS;
    });
  }

  function sendPhoto(item, photo) {
    var address = "/api/v1/complaints/" + encodeURIComponent(item.receipt) + "/photos";
    return photoId(item.id, photo).then(function (id) {
      var form = new FormData();
      form.append("upload_id", id);
      form.append("photo", photo.blob, photo.name || "foto.jpg");
      return request(address, { method: "POST", body: form, credentials: "omit" });
    }).then(function (answer) {
      if (isPassing(answer.status)) return later(item.id, answer);
      return asJson(answer).then(function (told) {
        return update(item.id, function (kept) {
          kept.photos = kept.photos.filter(function (other) { return other.id !== photo.id; });
          if (answer.ok) kept.arrived = (kept.arrived || 0) + 1;
          else (kept.notes = kept.notes || []).push((photo.name ? photo.name + ": " : "") + (told.title || ""));
          kept.until = Date.now() + LEASE_MS;
        });
      });
    });
  }

  function sendReport(item) {
    if (!item.number) return sendWords(item).then(next);
    if (item.receipt && item.photos.length) return sendPhoto(item, item.photos[0]).then(next);
    return update(item.id, function (kept) {
      Object.assign(kept, { state: "sent", until: 0, photos: [], sentAt: Date.now() });
    });
    function next() {
      return get(item.id).then(function (kept) { return kept && kept.state === "sending" ? sendReport(kept) : kept; });
    }
  }

  // A report as it goes into the queue, from what its form holds and the form's address.
  function report(id, data, url, title) {
    var fields = {}, photos = [], code = /^\/lapor\/([^/]+)$/.exec(url.pathname);
    data.forEach(function (value, name) {
      if (typeof value === "string") fields[name] = value;
      else if (value.size) photos.push({ id: root.Alat.newId(), blob: value, name: value.name });
    });
    ["csrf_token", "made", "submission_id"].forEach(function (name) { delete fields[name]; });
    if (code) fields.point = decodeURIComponent(code[1]);
    return {
      id: id, kind: "report", state: "waiting", office: url.searchParams.get("office") || "", fields: fields, photos: photos, tries: 0, next: 0, until: 0,
      made: Date.now(), touched: Date.now(), title: title,
    };
  }

  var senders = { report: sendReport };

  function send(id, forced) {
    return claim(id, Date.now(), forced).then(function (item) {
      if (!item) return null;
      return senders[item.kind](item).catch(function () { return later(id); });
    });
  }

  // Sends all that waits, one after the other; resolves with how many still wait.
  function sendAll(forced) {
    return exclusively(function () {
      return all().then(function (items) {
        return items.filter(isMine).reduce(function (before, item) {
          return before.then(function () { return send(item.id, forced); });
        }, Promise.resolve());
      });
    }).then(tidy).then(function (items) { return items.filter(isWaiting).length; });
  }

  function isMine(item) { return isWaiting(item) && senders[item.kind]; }

  // The same for a page, which tries again when it is due; `isOwn` says what is this page's.
  function flush(forced, isOwn) {
    clearTimeout(timer);
    plan = function () { return planned(isOwn); };
    return root.navigator.onLine === false ? Promise.resolve() : sendAll(forced).then(plan);
  }

  // When the first of what waits is due, or whoever sends it now has had long enough.
  function planned(isOwn) {
    return all().then(function (items) {
      var waits = items.filter(function (item) { return isMine(item) && (!isOwn || isOwn(item)); });
      var due = waits.map(function (item) { return Math.max(item.next, item.until); });
      clearTimeout(timer);
      if (!due.length) return;
      timer = setTimeout(function () { flush(false, isOwn); }, Math.max(1000, Math.min.apply(null, due) - Date.now() + 100));
    });
  }

  // Whoever was sending may have given up long before his time was over: another tab, or the service worker.
  if (news) news.addEventListener("message", function () { if (plan) plan(); });

  // What has been sent is forgotten after a month, even if nobody said that the code was noted; and so is a rating
  // that was refused, because it holds answers.
  function tidy() {
    return all().then(function (items) {
      items.forEach(function (item) {
        var since = item.state === "sent" ? item.sentAt : item.kind === "rating" && item.state === "refused" && item.made;
        if (since && since < Date.now() - KEPT_MS) remove(item.id);
      });
      return items;
    });
  }

  function exclusively(work) {
    if (!root.navigator.locks) return work();
    return root.navigator.locks.request(NAME, { ifAvailable: true }, function (lock) { return lock && work(); });
  }

  root.Antrean = {
    get: get, all: all, report: report, mark: mark, photoId: photoId, put: put, remove: remove, update: update, send: send, sendAll: sendAll, flush: flush,
    senders: senders, later: later, refused: refused, request: request, asJson: asJson, isWaiting: isWaiting,
    isMine: isMine, isPassing: isPassing, LEASE_MS: LEASE_MS, news: news,
  };
})(self);
