// Asks the browser for a passkey and sends its answer as a form. Without a script, or where the browser knows no
// passkeys, the button stays hidden and the other ways in remain.
(function () {
  "use strict";
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  forms.forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      ask(form).then(() => form.submit()).catch(() => refuse(form));
    });
  });

  async function ask(form) {
    const said = form.querySelector("[role=status]");
    said.textContent = "";
    const asked = await fetch(form.dataset.passkey, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!asked.ok || asked.redirected) throw new Error("not asked");
    const options = bytes((await asked.json()).publicKey);
    const made = form.dataset.new
      ? await navigator.credentials.create({ publicKey: options })
      : await navigator.credentials.get({ publicKey: options });
    form.elements.answer.value = JSON.stringify(plain(made));
  }

  function refuse(form) {
    form.elements.answer.value = "";
    form.querySelector("[role=status]").textContent = form.dataset.refused;
  }

  // What the standard sends as bytes travels as text (base64url).
  function bytes(options) {
    const credentials = (list) => (list || []).map((each) => ({ ...each, id: decoded(each.id) }));
    const asked = { ...options, challenge: decoded(options.challenge) };
    if (options.user) asked.user = { ...options.user, id: decoded(options.user.id) };
    if (options.excludeCredentials) asked.excludeCredentials = credentials(options.excludeCredentials);
    if (options.allowCredentials) asked.allowCredentials = credentials(options.allowCredentials);
    return asked;
  }

  function plain(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = encoded(made.response[name]);
    }
    return {
      id: made.id, rawId: encoded(made.rawId), type: made.type, response,
      clientExtensionResults: made.getClientExtensionResults(),
    };
  }

  function decoded(text) {
    const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
    return Uint8Array.from(atob(padded), (each) => each.charCodeAt(0));
  }

  function encoded(buffer) {
    const text = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
})();
