// The inbox: says when reports have come in, sounds for urgent ones once it was asked to, ticks many boxes at once.
"use strict";
(() => {
  const EVERY_MS = 30000;
  const news = document.getElementById("baru");
  const bell = document.getElementById("bunyi");
  const KEPT = "bunyi-mendesak";
  let heard = 0;
  let sound = null;

  function wanted() {
    try { return localStorage.getItem(KEPT) === "1"; } catch { return false; }
  }
  function want(on) {
    try { localStorage.setItem(KEPT, on ? "1" : "0"); } catch { /* for this page alone, then */ }
  }
  // A browser lets a page sound only after somebody has touched it: the first touch of any kind will do.
  function wake() {
    sound = sound || new AudioContext();
    return sound.resume();
  }
  function ring() {
    if (!sound || sound.state !== "running") return;
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.setValueAtTime(660, sound.currentTime);
    tone.frequency.setValueAtTime(880, sound.currentTime + 0.18);
    volume.gain.setValueAtTime(0.2, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.5);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.5);
  }
  function label() {
    bell.textContent = wanted() ? bell.dataset.off : bell.dataset.on;
  }
  if (bell && "AudioContext" in window) {
    bell.hidden = false;
    label();
    bell.addEventListener("click", async () => {
      want(!wanted());
      label();
      if (wanted()) { await wake(); ring(); }
    });
    addEventListener("pointerdown", () => { if (wanted()) wake(); }, { once: true });
  }

  function say(text, link) {
    const words = link ? document.createElement("a") : document.createElement("span");
    words.textContent = text;
    if (link) words.href = link;
    if (news.textContent !== text) news.replaceChildren(words);
    news.hidden = false;
  }
  async function look() {
    try {
      const answer = await fetch(news.dataset.url, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { baru, mendesak } = await answer.json();
      if (baru) say(`${baru} ${mendesak ? news.dataset.urgent : news.dataset.some}`, news.dataset.list);
      if (mendesak > heard && wanted()) ring();
      heard = mendesak;
    } catch {
      if (navigator.onLine !== false) say(news.dataset.gone);
    }
  }
  if (news) setInterval(look, EVERY_MS);

  const boxes = [...document.querySelectorAll("input[name=pilih]")];
  const told = document.getElementById("tercentang");
  if (told && boxes.length) {
    const all = document.createElement("button");
    all.type = "button";
    all.className = "plain";
    told.after(all);
    const count = () => boxes.filter((box) => box.checked).length;
    const first = told.textContent;
    const show = () => {
      told.textContent = count() ? `${count()} ${told.dataset.words}` : first;
      all.textContent = count() === boxes.length ? told.dataset.none : told.dataset.all;
    };
    all.addEventListener("click", () => {
      const tick = count() < boxes.length;
      for (const box of boxes) box.checked = tick;
      show();
    });
    for (const box of boxes) box.addEventListener("change", show);
    show();
  }
})();
