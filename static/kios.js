// The screen at the desk. All pages are shown within the one that was opened first: so it stays full screen, and no
// history, cache or storage holds anything of the last visitor. Who goes quiet over a form is asked, then it is wiped.
// Without this script the pages work one by one.
(function () {
  "use strict";
  const QUIET_MS = 45000, COUNTDOWN_S = 15, SAID_AT = [15, 10, 5], THANKS_MS = 10000, PATIENCE_MS = 20000;
  let frame = document.getElementById("kios");
  if (!frame || !window.fetch || !window.AbortController) return;
  const home = frame.dataset.home, spoken = document.documentElement.lang;
  const first = frame.dataset.page === "start" && isHome(location) ? frame.cloneNode(true) : null;  // shown again without network
  let here = location.href, turn = 0, touched = Date.now(), told = 0, ticking, leaving;

  function isHome(url) { return url.pathname === home && url.search === ""; }

  function part(name) { return frame.querySelector(name); }

  // ---- What is shown

  function put(next) {
    turn += 1;
    clearInterval(ticking);
    clearTimeout(leaving);
    frame.replaceWith(next);
    frame = next;
    window.scrollTo(0, 0);
    begin();
    const target = part("[autofocus]") || part("h1");
    if (!target) return;
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  function begin() {
    const page = frame.dataset.page;
    touched = Date.now();
    if (page !== "start" || !isHome(new URL(here))) ticking = setInterval(tick, 1000);
    if (page === "thanks") leaving = setTimeout(wipe, THANKS_MS);
  }

  // Everything of this visitor goes, at once and without asking the network.
  function empty() {
    const form = part("form");
    if (form) form.reset();
    frame.textContent = "";
  }

  function wipe() {
    empty();
    if (!first) { location.replace(home); return; }
    here = new URL(home, here).href;
    document.documentElement.lang = spoken;
    put(first.cloneNode(true));
  }

  // ---- From page to page

  // Shows what the server answers there; what a form holds stays on the screen when none of our pages comes back.
  function load(address, options) {
    const mine = turn += 1, ending = new AbortController(), limit = setTimeout(function () { ending.abort(); }, PATIENCE_MS);
    const asked = Object.assign({ cache: "no-store", credentials: "same-origin", signal: ending.signal }, options);
    return fetch(address, asked).then(function (answer) {
      return answer.text().then(function (text) { return { text: text, url: answer.url }; });
    }).then(function (answer) {
      const found = new DOMParser().parseFromString(answer.text, "text/html"), next = found.getElementById("kios");
      if (!next) throw new Error("none of our pages");
      if (mine !== turn) return;
      here = answer.url;
      document.documentElement.lang = found.documentElement.lang;
      put(document.adoptNode(next));
    }).catch(function () { if (mine === turn) sayUnsent(); }).then(function () { clearTimeout(limit); });
  }

  function sayUnsent() {
    const said = part("#kios-gagal");
    setBusy(false);
    if (!said) { location.replace(home); return; }
    said.hidden = false;
    said.scrollIntoView({ block: "center" });
  }

  function setBusy(busy) {
    frame.setAttribute("aria-busy", String(busy));
    frame.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = busy; });
  }

  function onSubmit(event) {
    const form = event.target;
    event.preventDefault();
    if (form.method !== "post" || frame.getAttribute("aria-busy") === "true") return;
    const body = new URLSearchParams(new FormData(form));
    part("#kios-gagal").hidden = true;
    setBusy(true);
    load(form.getAttribute("action") || here, { method: "POST", body: body });
  }

  // What was filled in goes along to the same form in another language.
  function inOtherWords(address) {
    const form = part("form"), said = form ? Array.from(new FormData(form)) : [];
    load(address).then(function () {
      const now = part("form");
      said.forEach(function (pair) {
        const field = now && now.elements[pair[0]];
        if (field && field.type !== "hidden") field.value = pair[1];
      });
    });
  }

  function onClick(event) {
    const link = event.target.closest("a"), act = event.target.closest("[data-do]");
    if (act && act.dataset.do === "stay") stay();
    if (act && act.dataset.do === "wipe") wipe();
    if (!link) return;
    event.preventDefault();  // no link of this screen may make history
    const goal = new URL(link.getAttribute("href"), here);
    if (link.getAttribute("href").charAt(0) === "#") { jump(link.hash.slice(1)); return; }
    if (goal.origin !== location.origin || goal.pathname.indexOf(home) !== 0) return;
    if (link.id === "mulai") goFullScreen();
    if (isHome(goal)) wipe();
    else if (link.closest("nav")) inOtherWords(goal.href);
    else load(goal.href);
  }

  function jump(id) {
    const target = document.getElementById(id);
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  function goFullScreen() {
    const root = document.documentElement;
    if (root.requestFullscreen && !document.fullscreenElement) root.requestFullscreen().catch(function () {});
  }

  // ---- Whoever goes quiet

  function asking() { const box = part("#kios-masih"); return Boolean(box && box.open); }

  function onTouch() { if (!asking()) touched = Date.now(); }

  function stay() {
    part("#kios-masih").close();
    touched = Date.now();
  }

  function tick() {
    const left = Math.ceil((touched + QUIET_MS + COUNTDOWN_S * 1000 - Date.now()) / 1000), box = part("#kios-masih");
    if (left <= 0) { wipe(); return; }
    if (left > COUNTDOWN_S || !box) return;
    if (!box.open) ask(box);
    box.querySelector("[data-left]").textContent = left;
    const due = SAID_AT.filter(function (each) { return left <= each; }).length, said = box.querySelector("[data-said]");
    if (due === told) return;
    told = due;
    said.textContent = said.dataset.said.replace("#", left);
  }

  function ask(box) {
    told = 0;
    box.showModal();
    box.addEventListener("cancel", function () { touched = Date.now(); }, { once: true });
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  ["pointerdown", "touchmove", "keydown", "input", "scroll", "wheel"].forEach(function (kind) {
    document.addEventListener(kind, onTouch, { passive: true, capture: true });
  });
  document.addEventListener("visibilitychange", function () { if (frame.dataset.page === "form") tick(); });
  window.addEventListener("pagehide", empty);  // what a browser may keep for Back is an empty page
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.replace(home); });
  begin();
})();
