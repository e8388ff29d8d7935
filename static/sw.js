// What the browser runs beside our pages: it keeps the empty forms for a place without signal, sends what waits once
// there is some, and keeps an officer's open cases for half a day. It never keeps an answer to a POST, a receipt, or
// what a receipt opens.
"use strict";
importScripts("/static/alat.js", "/static/antrean.js", "/static/nilai.js", "/static/lapangan.js", "/static/sw-push.js");

const PUBLIC = "warga-1", STAFF = "petugas-1", OURS = [PUBLIC, STAFF, "langganan-1"], PATIENCE_MS = 4000, PAGE_PATIENCE_MS = 60000, RATING_PATIENCE_MS = 8000, STAFF_VALID_MS = 12 * 3600000;
let era = 0;  // one more with each change of who is signed in: what was asked for before is not kept any more
const FORM = /^\/lapor(\/[^/]+)?$/, ASK = "/lacak", RATING = /^\/survei\/[^/]+$/, VISIT = /^\/k\/[^/]+$/, SIGNING = ["/masuk", "/keluar"], STEPS = ["join", "similar_seen", "urgent_seen"], CASE = /^\/petugas\/laporan\/[^/]+$/, INBOX = "/petugas";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(forgetOldCaches)));
self.addEventListener("sync", (event) => { if (event.tag === "antrean") event.waitUntil(sendWaiting()); });

self.addEventListener("message", (event) => {
  const { keep, keepCases, forget } = event.data || {};
  if (keep) event.waitUntil(Promise.all(keep.filter((address) => isPublic(address.split("?")[0])).map((address) => refresh(PUBLIC, address))));
  if (keepCases) event.waitUntil(onlyTheseCases(keepCases));
  if (forget) event.waitUntil(forgetStaff());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url), navigates = request.mode === "navigate";
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && navigates && FORM.test(url.pathname)) event.respondWith(sendForm(request));
  else if (request.method === "POST" && navigates && (RATING.test(url.pathname) || VISIT.test(url.pathname))) event.respondWith(sendRating(request));
  else if (navigates && SIGNING.includes(url.pathname)) event.respondWith(signInOrOut(request));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith("/static/")) event.respondWith(newestFirst(PUBLIC, request, event));
  else if (navigates && isPublic(url.pathname)) event.respondWith(newestFirst(PUBLIC, request, event));
  else if (navigates && isStaff(url)) event.respondWith(newestFirst(STAFF, request, event));
});

function isPublic(path) { return path.startsWith("/static/") || FORM.test(path) || RATING.test(path) || path === ASK; }
function isStaff(url) { return CASE.test(url.pathname) || url.pathname === INBOX; }

async function forgetOldCaches() {
  for (const name of await caches.keys()) if (!OURS.includes(name)) await caches.delete(name);
}

function forgetStaff() {
  era += 1;
  return caches.delete(STAFF);
}

// Before and after, because a page may still be on its way. Who is shown the form to sign in has no session any more.
async function signInOrOut(request) {
  if (request.method === "POST") await forgetStaff();
  const answer = await fetch(request);
  if (request.method === "POST" || answer.ok) await forgetStaff();
  return answer;
}

async function sendWaiting() {
  if (await Antrean.sendAll(true)) throw new Error("some still wait");  // the browser tries again by itself
}

function limited(promise, milliseconds) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds))]);
}

// From the network while it is quick; else as it was kept, else from the network however long it takes.
async function newestFirst(cache, request, event) {
  const asked = fetch(request), began = era;
  event.waitUntil(asked.then((answer) => store(cache, request.url, answer.clone(), began)).catch(() => undefined));
  try {
    return await limited(asked, PATIENCE_MS);
  } catch {
    return (await kept(cache, new URL(request.url))) || asked.catch((fault) => withoutSignal(cache, fault));
  }
}

async function refresh(cache, address, began = era) {
  try { await store(cache, address, await fetch(address, { cache: "no-cache" }), began); } catch { /* next time */ }
}

// Whether the answer leads to signing in: nothing else redirects these pages. An inbox's search may lead to its case.
function isSessionOver(url, answer) {
  return url.search === "" && (answer.redirected || answer.type === "opaqueredirect");
}

// Only whole pages of ours that nobody had to sign in for, or that were asked for by somebody signed in.
async function store(name, address, answer, began) {
  const url = new URL(address, self.location.origin);
  if (name === STAFF && isSessionOver(url, answer)) { await forgetStaff(); return; }
  if (name === STAFF && url.search !== "") return;  // somebody's last search is not the inbox
  if (answer.status !== 200 || answer.redirected || answer.type !== "basic" || !keptNames(url)[0]) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  headers.delete("Set-Cookie");
  const body = await answer.blob(), cache = await caches.open(name);
  if (name === STAFF && began !== era) return;
  await cache.put(keptNames(url)[0], new Response(body, { status: 200, headers }));
}

// What the addresses of an office that is not the first one have besides.
function officeOf(url) {
  const letters = url.searchParams.get("office");
  return letters ? `?office=${encodeURIComponent(letters)}` : "";
}

// Under what an address is kept, and where else to look for it. The form of a rating is kept in each language, and
// only as everybody gets it: with a visit's code in it, or a service that somebody chose, it is not kept (""). A
// report's form that was never opened is as good as the one without a place.
function keptNames(url) {
  const path = url.pathname, office = officeOf(url);
  if (FORM.test(path)) return [path + office, `/lapor${office || `?office=${path.slice(7).split("-")[0]}`}`, office ? "" : "/lapor"];
  if (!RATING.test(path)) return [path === ASK ? path + office : path];
  const language = url.searchParams.get("bahasa"), worded = language ? `${path}?bahasa=${encodeURIComponent(language)}` : path;
  return [[...url.searchParams.keys()].every((name) => name === "bahasa") ? worded : "", worded, path];
}

async function kept(name, url) {
  const cache = await caches.open(name), options = { ignoreVary: true };
  let found;
  for (const name of keptNames(url)) if (name) found = found || (await cache.match(name, options));
  if (!found) return undefined;
  const at = Number(found.headers.get("X-Kept-At"));
  if (name === STAFF && at < Date.now() - STAFF_VALID_MS) { await forgetStaff(); return undefined; }
  if (url.pathname.startsWith("/static/")) return found;
  // The page is told that it was kept, and since when.
  let text = (await found.text()).replace("<body", `<body data-kept="${at}"`);
  // Else two people's forms, sent before the scripts had come, would have one number.
  if (RATING.test(url.pathname) || FORM.test(url.pathname)) text = Nilai.withOwnNumber(text);
  return new Response(text, { status: 200, headers: found.headers });
}

async function withoutSignal(cache, fault) {
  if (cache !== STAFF) throw fault;
  const cases = (await (await caches.open(STAFF)).keys()).map((request) => new URL(request.url).pathname);
  const links = cases.filter((path) => CASE.test(path)).map((path) => `<li><a href="${path}">${path.split("/").pop()}</a></li>`);
  const page = `<!DOCTYPE html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tidak ada sinyal</title><link rel="stylesheet" href="/static/app.css"><link rel="stylesheet" href="/static/public.css">
<main><h1>Tidak ada sinyal</h1><p>Halaman ini belum tersimpan di HP ini. Yang dapat dibaca:</p><ul class="links">${links.join("")}</ul></main>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'self'" };
  return new Response(page, { status: 503, headers });
}

// The officer's own open cases, and no others.
async function onlyTheseCases(addresses) {
  const began = era, cache = await caches.open(STAFF), wanted = new Set(addresses);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (CASE.test(path) && !wanted.has(path)) await cache.delete(request);
  }
  for (const address of addresses) if (CASE.test(address)) await refresh(STAFF, address, began);
  await refresh(STAFF, INBOX, began);
}

// A report's form that could not be sent goes into the queue as it was filled in, if the page has not put it there. Who
// wants back to the form, or says that photos came along, sends no report.
async function sendForm(request) {
  const copy = request.clone();
  try {
    return await limited(fetch(request), PAGE_PATIENCE_MS);
  } catch (fault) {
    const form = await copy.formData(), url = new URL(request.url), office = officeOf(url);
    if (form.has("edit") || !form.get("submission_id")) throw fault;
    const made = Antrean.report(form.get("submission_id"), form, url, "");
    try { await keepReport(made, STEPS.some((name) => form.get(name))); } catch { return Nilai.unkept(form, url, "laporan"); }
    if (self.registration.sync) await self.registration.sync.register("antrean").catch(() => undefined);
    return Response.redirect(`/lapor${office}${office ? "&" : "?"}tersimpan`, 303);
  }
}

// Under its number lies nothing yet, or what a page put there before it sent the form; that is put right by the form,
// which may have been mended since. What was delivered, or waits, and is sent again stays as it is; sent with other
// words it is a report of its own, always under the same other number. What was refused is mended.
async function keepReport(made, isStep) {
  let isKept = false;
  const found = await Antrean.update(made.id, (item) => {
    isKept = ["page", "draft"].includes(item.state) && !item.number;
    if (!isKept) return false;
    const fields = isStep ? { ...item.fields, ...made.fields } : { ...made.fields, point: made.fields.point || item.fields.point };
    Object.assign(item, { state: "waiting", until: 0, fields, photos: made.photos.length ? made.photos : item.photos });
  });
  if (isKept || (found && isStep)) return;
  if (!found) { await putWithRoom(made); return; }
  const [mine, theirs] = await Promise.all([Antrean.mark(made), found.mark || Antrean.mark(found)]);
  if ((found.number && !found.mark) || isSame(mine, theirs)) return;
  if (found.state !== "refused" || found.status === 409) made.id = await Antrean.photoId(made.id, { blob: new Blob([mine.words, mine.photos]) });
  if (made.id === found.id || !(await Antrean.get(made.id))) await putWithRoom(made);
}

// A page of the server's brings no photos: they stayed on this phone.
function isSame(mine, theirs) { return mine.words === theirs.words && (!mine.photos || mine.photos === theirs.photos); }

// Where the phone has no room for the photos, the words are kept and that is said.
async function putWithRoom(made) {
  try { await Antrean.put(made); } catch (fault) {
    if (!made.photos.length) throw fault;
    await Antrean.put({ ...made, photos: [], notes: ["HP ini tidak punya ruang untuk fotonya."] });
  }
}

// A rating that could not be sent goes into the queue as it was filled in; so does one from a page that was kept, whose
// token has grown old, and that is sent from there at once where there is signal.
async function sendRating(request) {
  const form = await request.clone().formData(), url = new URL(request.url), item = Nilai.made(form, url);
  if (!item.wasKept) {
    try { return await limited(fetch(request), PAGE_PATIENCE_MS); } catch { /* into the queue */ }
  }
  try { await Antrean.put(item); } catch { return Nilai.unkept(form, url); }
  if (item.wasKept) await limited(Antrean.send(item.id, true), RATING_PATIENCE_MS).catch(() => undefined);
  const left = await Antrean.get(item.id);
  if (left && left.state === "sent") {
    await Antrean.remove(item.id);
    return Response.redirect(`${url.pathname}/terima-kasih${item.search}`, 303);
  }
  if (self.registration.sync) await self.registration.sync.register("antrean").catch(() => undefined);
  if (!item.point) return Nilai.kept();
  return Response.redirect(`${url.pathname}${item.search ? `${item.search}&` : "?"}tersimpan`, 303);
}
