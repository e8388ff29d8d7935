// Passkeys: hands the server's question to the browser, and the browser's answer to the server.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function asked(options) {
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) found.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) found.excludeCredentials = named(options.excludeCredentials);
  return found;
}

function told(key) {
  const answer = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[part]) answer[part] = text(key.response[part]);
  if (key.response.getTransports) answer.transports = key.response.getTransports();
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, response: answer,
    clientExtensionResults: key.getClientExtensionResults(),
    extensions: JSON.stringify(key.getClientExtensionResults()),
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[role=status]"), button = form.querySelector("button");
  const run = async () => {
    button.disabled = true;
    said.textContent = form.dataset.waiting;
    try {
      const publicKey = asked(JSON.parse(form.dataset.options));
      const make = form.dataset.passkey === "create";
      const key = await (make ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.credential.value = JSON.stringify(told(key));
      form.submit();
    } catch (fault) {
      said.textContent = fault.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
      button.disabled = false;
    }
  };
  if (window.PublicKeyCredential) {
    button.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    run();
  } else {
    said.textContent = form.dataset.unable;
  }
}
