// <form data-passkey="create|get" data-options="…">: the browser's answer goes into the field Credential and the form is sent.
// Without this script, or in a browser without passkeys, the form stays hidden and the password is used.
(() => {
  'use strict';
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    let proved = false;
    form.addEventListener('submit', async e => {
      if (proved || !form.reportValidity()) return;
      e.preventDefault();
      const says = form.querySelector('[data-passkey-says]');
      says.textContent = '';
      try {
        const options = JSON.parse(form.dataset.options);
        const credential = form.dataset.passkey === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.querySelector('input[name$=Credential]').value = JSON.stringify(credential.toJSON());
        proved = true;
        form.requestSubmit();
      } catch {
        // Cancelled, too late, or no key of this place.
        says.textContent = form.dataset.failed;
      }
    });
  }
})();
