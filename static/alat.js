// Small tools that several of our scripts share, on pages and in the service worker. Nothing happens by loading them.
(function (root) {
  "use strict";
  var PING_MS = 5000;

  function element(tag, words, className) {
    var made = document.createElement(tag);
    if (words) made.textContent = words;
    if (className) made.className = className;
    return made;
  }

  function button(words, act, className) {
    var made = element("button", words, className || "second");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // The same in a line of its own.
  function buttonLine(words, act, className) {
    var line = element("p");
    line.append(button(words, act, className));
    return line;
  }

  function newId() {
    if (root.crypto.randomUUID) return root.crypto.randomUUID();
    var bytes = root.crypto.getRandomValues(new Uint8Array(16));  // pages without https have no randomUUID
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    var hex = Array.from(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // Whether the server answers; a page that was kept for a place without signal is taken to be in one.
  function reachable() {
    if (navigator.onLine === false || document.body.dataset.kept) return Promise.resolve(false);
    var ending = new AbortController(), limit = setTimeout(function () { ending.abort(); }, PING_MS);
    return fetch("/healthz", { method: "HEAD", cache: "no-store", signal: ending.signal }).then(
      function () { clearTimeout(limit); return true; }, function () { clearTimeout(limit); return false; }
    );
  }

  // Has the service worker empty the queue once there is signal, where the browser knows how.
  function askForSync() {
    if (!navigator.serviceWorker || !root.SyncManager) return;
    navigator.serviceWorker.ready.then(function (worker) { return worker.sync.register("antrean"); }).catch(function () {});
  }

  root.Alat = {
    element: element, button: button, buttonLine: buttonLine, newId: newId, reachable: reachable, askForSync: askForSync,
  };
})(self);
