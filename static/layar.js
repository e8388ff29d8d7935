// The screen in the waiting room reads itself anew and keeps what it shows while the network is gone. Without this
// script the page reloads by itself.
(function () {
  "use strict";
  const shown = document.getElementById("layar"), PATIENCE_MS = 20000;
  if (!shown || !window.fetch || !window.AbortController) return;

  async function renew() {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: patience.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("layar");
      if (next) shown.replaceChildren(...next.childNodes);
    } catch {
      // what is shown stays
    } finally {
      clearTimeout(limit);
    }
  }

  setInterval(renew, Number(shown.dataset.refresh) * 1000);
})();
