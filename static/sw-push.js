// The service worker's part for notifications: importScripts("/static/sw-push.js") in sw.js. Shows what the push
// service delivers (title, body, url, tag: made in complaints/desk/letters.py) and opens its page when it is tapped.
"use strict";
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data ? event.data.json() : {}; } catch { /* not ours: something must be shown all the same */ }
  const options = { body: told.body || "", tag: told.tag || "kabar", data: told.url || "/", lang: "id", renotify: true };
  event.waitUntil(self.registration.showNotification(told.title || "Kabar laporan", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { pathname } = new URL(event.notification.data, self.location.origin);
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    const same = open.find((client) => new URL(client.url).pathname === pathname);
    return same ? same.focus() : self.clients.openWindow(pathname);  // never another site's page
  })());
});

// Push services change a browser's subscription now and then. We then tell the server the new one, with the old one for
// proof. Not every browser says which the old one was, so the last one is kept; what fails is made up for on the next
// page that can ask for notices (its message).
const MEMORY = "langganan-1", LAST = "/langganan";
self.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription: old, newSubscription: made } = event;
  event.waitUntil(renew(old && old.toJSON(), made && made.toJSON()).catch(() => undefined));
});
self.addEventListener("message", (event) => {
  if (event.data && "langganan" in event.data) event.waitUntil(renew(null, event.data.langganan).catch(() => undefined));
});

async function renew(before, now) {
  const memory = await caches.open(MEMORY), kept = await memory.match(LAST);
  const old = before || (kept && await kept.json());
  if (before) await memory.put(LAST, new Response(JSON.stringify(before)));
  const made = now || (old && await subscribeAnew());
  if (!made) return;
  if (old && (old.endpoint !== made.endpoint || old.keys.auth !== made.keys.auth)) await exchange(old, made);
  await memory.put(LAST, new Response(JSON.stringify(made)));
}

async function subscribeAnew() {
  const { key } = await (await fetch("/langganan/kunci")).json();
  const made = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return made.toJSON();
}

async function exchange(old, made) {
  const head = { "Content-Type": "application/json" };
  const answer = await fetch(LAST, { method: "PUT", headers: head, body: JSON.stringify({ old, new: made }), redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
}
