// Paper forms by the keyboard: a number answers and goes on, Enter saves and opens the next form. What is typed stays in
// this tab until the server has it. Without this script the same page is an ordinary form.
"use strict";
(() => {
  const RETRY_MS = 3000;
  const form = document.getElementById("lembar");
  if (!form || !window.fetch) return;
  const told = document.getElementById("keadaan");
  const groups = [...form.querySelectorAll(".isian")];
  const suggestion = form.elements.suggestion;
  const incomplete = form.elements.incomplete;
  let sending = false;
  let timer = 0;

  const radios = (group) => [...group.querySelectorAll("input[type=radio]")];
  const picked = (group) => radios(group).find((radio) => radio.checked);
  const needed = (group) => !radios(group).some((radio) => radio.value === "");

  function say(text, tone) {
    told.textContent = text;
    told.className = tone ? `box ${tone}` : "box";
    told.hidden = !text;
  }

  // Where one is
  function current() {
    return groups.indexOf(document.activeElement && document.activeElement.closest(".isian"));
  }
  function goTo(place) {
    if (place >= groups.length) { suggestion.focus(); return; }
    const group = groups[Math.max(place, 0)];
    (picked(group) || radios(group)[0]).focus({ preventScroll: true });
    group.scrollIntoView({ block: "nearest" });
  }
  function mark() {
    const place = current();
    groups.forEach((group, at) => group.classList.toggle("kini", at === place));
  }

  // What is typed before the server has it
  const drawer = () => `kertas:${form.action}`;
  function keep() {
    try { sessionStorage.setItem(drawer(), new URLSearchParams(new FormData(form)).toString()); } catch { /* full */ }
  }
  function forget() {
    try { sessionStorage.removeItem(drawer()); } catch { /* none */ }
  }
  function restore() {
    let kept = null;
    try { kept = sessionStorage.getItem(drawer()); } catch { /* none */ }
    if (!kept || form.elements.was.value) return;
    const values = new URLSearchParams(kept);
    for (const group of groups) {
      const radio = radios(group).find((each) => values.get(each.name) === each.value);
      if (radio) radio.checked = true;
    }
    suggestion.value = values.get("suggestion") || "";
    incomplete.checked = values.has("incomplete");
  }

  function blank() {
    for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = false;
    for (const fault of form.querySelectorAll(".error")) fault.remove();
    for (const wrong of form.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
    suggestion.value = "";
    incomplete.checked = false;
    form.elements.was.value = "";
  }
  function open(number, url) {
    form.action = url;
    history.replaceState(null, "", url);
    document.getElementById("nomor").textContent = number;
    document.title = document.title.replace(/[0-9]+/, number);
  }
  function note(number, url) {
    const list = document.getElementById("sudah");
    if (!list || [...list.children].some((link) => link.textContent === String(number))) return;
    const link = document.createElement("a");
    link.href = url;
    link.textContent = number;
    list.append(link, " ");
  }

  // Saving
  function again() {
    clearTimeout(timer);
    timer = setTimeout(send, RETRY_MS);
  }
  function missing() {
    return incomplete.checked ? [] : groups.filter((group) => needed(group) && !picked(group));
  }
  async function send() {
    clearTimeout(timer);
    if (sending) return;
    const left = missing();
    if (left.length) {
      const names = left.map((group) => group.dataset.name.trim());
      say(told.dataset.missing.replace("{}", names.join(", ")), "warning");
      goTo(groups.indexOf(left[0]));
      return;
    }
    sending = true;
    say(told.dataset.sending);
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 401) { say(told.dataset.signedOut, "warning"); return; }
      if (answer.status >= 500) throw new Error(String(answer.status));
      if (!/json/.test(answer.headers.get("Content-Type"))) { say(told.dataset.refused, "warning"); return; }
      took(answer.status, await answer.json());
    } catch {
      say(told.dataset.offline, "warning");
      again();
    } finally {
      sending = false;
    }
  }
  function took(status, news) {
    if (news.token) form.elements.csrf_token.value = news.token;
    if (status === 200) { saved(news); return; }
    if (status === 400) { again(); return; }  // the token was too old; the answer brought a fresh one
    if (status === 409 && news.url) { open(news.next, news.url); form.elements.was.value = ""; keep(); }
    const faults = Object.values(news.errors || {}).flat();
    say([...(news.said || []), ...faults].join(" "), "warning");
  }
  function saved(news) {
    const before = form.action;
    forget();
    if (news.next === null) { location.assign(news.url); return; }
    note(news.number, before);
    blank();
    open(news.next, news.url);
    say(news.said.join(" "), "success");
    goTo(0);
  }

  // Keys
  function pick(group, key) {
    const radio = radios(group).find((each) => each.dataset.key === key);
    if (!radio) return false;
    radio.checked = true;
    keep();
    goTo(groups.indexOf(group) + 1);
    return true;
  }
  function typed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && event.target.type !== "submit" && !event.shiftKey && form.contains(event.target)) {
      event.preventDefault();
      if (!event.repeat) send();  // a key held down is one stroke
      return;
    }
    if (event.target === suggestion) {
      if (event.key !== "Backspace" || suggestion.value) return;
      event.preventDefault();
      goTo(groups.length - 1);
      return;
    }
    const place = current();
    if (place < 0) return;
    if (event.key === "0" || event.key === "Backspace") goTo(place - 1);
    else if (event.key === "*") { incomplete.checked = !incomplete.checked; keep(); }
    else if (event.repeat || !pick(groups[place], event.key.toUpperCase())) return;
    event.preventDefault();
  }

  document.addEventListener("keydown", typed);
  document.addEventListener("focusin", mark);
  form.addEventListener("change", keep);
  suggestion.addEventListener("input", keep);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  document.getElementById("petunjuk").hidden = false;
  restore();
  const faulty = groups.findIndex((group) => group.classList.contains("wrong"));
  goTo(faulty >= 0 ? faulty : Math.max(groups.findIndex((group) => !picked(group)), 0));
})();
