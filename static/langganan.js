// Has this browser told (or no longer) of what the page is about. The service worker at /sw.js shows what comes; its
// part for that is sw-push.js.
"use strict";
(() => {
  const box = document.getElementById("langganan");
  if (!box || !window.isSecureContext || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const { url, on, off, denied, failed } = box.dataset, status = box.querySelector("[role=status]");
  const begin = box.querySelector("[data-act=on]"), end = box.querySelector("[data-act=off]");
  const worker = () => navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  async function tell(method, body) {
    const head = { "Content-Type": "application/json" };
    const answer = await fetch(url, { method, headers: head, body: JSON.stringify(body), redirect: "error" });
    if (answer.ok) return;
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.title || "");
  }

  // The service worker keeps which subscription we were told last, for the day on which the push service changes it.
  function remember(registration, made) {
    if (registration && registration.active) registration.active.postMessage({ langganan: made ? made.toJSON() : null });
  }

  async function subscribe() {
    if (await Notification.requestPermission() !== "granted") throw new Error(denied);
    const { pushManager } = await worker(), { key } = await (await fetch("/langganan/kunci")).json();
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    const made = await pushManager.subscribe(wanted).catch(async () => {
      const old = await pushManager.getSubscription();  // made with a key that we no longer have
      if (old) await old.unsubscribe();
      return pushManager.subscribe(wanted);
    });
    await tell("POST", made.toJSON());
    remember(await worker(), made);
    end.hidden = false;
    return on;
  }

  // The browser has one subscription for all reports, so it is kept; only ours of this page ends.
  async function unsubscribe() {
    const made = await (await worker()).pushManager.getSubscription();
    if (made) await tell("DELETE", { endpoint: made.endpoint });
    end.hidden = true;
    return off;
  }

  async function act(work) {
    begin.disabled = end.disabled = true;
    try { status.textContent = await work(); } catch (fault) {
      status.textContent = fault instanceof TypeError || fault instanceof DOMException ? failed : fault.message || failed;
    }
    begin.disabled = end.disabled = false;
  }

  begin.addEventListener("click", () => act(subscribe));
  end.addEventListener("click", () => act(unsubscribe));
  box.hidden = false;
  navigator.serviceWorker.getRegistration().then(async (found) => {
    const made = found && await found.pushManager.getSubscription();
    end.hidden = !made;
    remember(found, made);
  });
})();
