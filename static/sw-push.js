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
