// What the browser runs beside our pages: it keeps the empty forms for a place without signal, sends what waits once
// there is some, and keeps an officer's open cases for half a day. It never keeps an answer to a POST, a receipt, or
// what a receipt opens.
"use strict";
importScripts("/static/antrean.js", "/static/lapangan.js", "/static/sw-push.js");

const PUBLIC = "warga-1", STAFF = "petugas-1", OURS = [PUBLIC, STAFF, "langganan-1"], PATIENCE_MS = 4000, PAGE_PATIENCE_MS = 60000, STAFF_VALID_MS = 12 * 3600000;
const FORM = /^\/lapor(\/[^/]+)?$/, ASK = "/lacak", CASE = /^\/petugas\/laporan\/[^/]+$/, INBOX = "/petugas";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(forgetOldCaches)));
self.addEventListener("sync", (event) => { if (event.tag === "antrean") event.waitUntil(sendWaiting()); });

self.addEventListener("message", (event) => {
  const { keep, keepCases, forget } = event.data || {};
  if (keep) event.waitUntil(Promise.all(keep.filter(isPublic).map((address) => refresh(PUBLIC, address))));
  if (keepCases) event.waitUntil(onlyTheseCases(keepCases));
  if (forget) event.waitUntil(caches.delete(STAFF));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url), navigates = request.mode === "navigate";
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && navigates && FORM.test(url.pathname)) event.respondWith(sendForm(request));
  else if (request.method === "POST" && url.pathname === "/keluar") event.waitUntil(caches.delete(STAFF));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith("/static/")) event.respondWith(newestFirst(PUBLIC, request, event));
  else if (navigates && isPublic(url.pathname)) event.respondWith(newestFirst(PUBLIC, request, event));
  else if (navigates && isStaff(url)) event.respondWith(newestFirst(STAFF, request, event));
});

function isPublic(path) { return path.startsWith("/static/") || FORM.test(path) || path === ASK; }
function isStaff(url) { return CASE.test(url.pathname) || url.pathname === INBOX; }

async function forgetOldCaches() {
  for (const name of await caches.keys()) if (!OURS.includes(name)) await caches.delete(name);
}

async function sendWaiting() {
  if (await Antrean.sendAll(true)) throw new Error("some still wait");  // the browser tries again by itself
}

function limited(promise, milliseconds) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds))]);
}

// From the network while it is quick; else as it was kept, else from the network however long it takes.
async function newestFirst(cache, request, event) {
  const asked = fetch(request);
  event.waitUntil(asked.then((answer) => store(cache, request.url, answer.clone())).catch(() => undefined));
  try {
    return await limited(asked, PATIENCE_MS);
  } catch {
    return (await kept(cache, new URL(request.url))) || asked.catch((fault) => withoutSignal(cache, fault));
  }
}

async function refresh(cache, address) {
  try { await store(cache, address, await fetch(address, { cache: "no-cache" })); } catch { /* next time */ }
}

// Only whole pages of ours that nobody had to sign in for, or that were asked for by somebody signed in.
async function store(name, address, answer) {
  const url = new URL(address, self.location.origin);
  if (answer.status !== 200 || answer.redirected || answer.type !== "basic") return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  headers.delete("Set-Cookie");
  const body = await answer.blob();
  await (await caches.open(name)).put(url.pathname, new Response(body, { status: 200, headers }));
}

async function kept(name, url) {
  const cache = await caches.open(name), options = { ignoreVary: true };
  const found = (await cache.match(url.pathname, options)) ||
    (FORM.test(url.pathname) && (await cache.match("/lapor", options)));
  if (!found) return undefined;
  const at = Number(found.headers.get("X-Kept-At"));
  if (name === STAFF && at < Date.now() - STAFF_VALID_MS) { await caches.delete(STAFF); return undefined; }
  if (url.pathname.startsWith("/static/")) return found;
  // The page is told that it was kept, and since when.
  const text = (await found.text()).replace("<body", `<body data-kept="${at}"`);
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
  const cache = await caches.open(STAFF), wanted = new Set(addresses);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (CASE.test(path) && !wanted.has(path)) await cache.delete(request);
  }
  for (const address of addresses) if (CASE.test(address)) await refresh(STAFF, address);
  await refresh(STAFF, INBOX);
}

// A report's form that could not be sent is in the queue already: the page kept it there first.
async function sendForm(request) {
  try {
    return await limited(fetch(request), PAGE_PATIENCE_MS);
  } catch (fault) {
    const items = (await Antrean.all()).filter((item) => item.kind === "report" && ["page", "draft"].includes(item.state));
    if (!items.length) return Response.error();
    const newest = items.reduce((one, other) => (one.touched > other.touched ? one : other));
    await Antrean.update(newest.id, (item) => { Object.assign(item, { state: "waiting", until: 0 }); });
    if (self.registration.sync) await self.registration.sync.register("antrean").catch(() => undefined);
    return Response.redirect("/lapor?tersimpan", 303);
  }
}
