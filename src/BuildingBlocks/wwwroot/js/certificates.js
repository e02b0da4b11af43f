// The page that verifies certificates: the camera and pictures are read here, and nothing but the code's text leaves the browser.
(() => {
  'use strict';

  const form = document.querySelector('form[data-certificate]');
  if (!form) return;
  const text = form.querySelector('[name="Form.Certificate"]'), file = form.querySelector('input[type=file]');
  const camera = form.querySelector('[data-camera]'), view = form.querySelector('[data-view]'), said = form.querySelector('[data-said]');
  const say = words => { said.textContent = words; said.hidden = !words; };
  const ours = code => /^HC1:/.test(code);
  const send = code => {
    text.value = code;
    file.value = '';
    form.requestSubmit();
  };

  file.addEventListener('change', async () => {
    const chosen = file.files[0];
    if (!chosen || !chosen.type.startsWith('image/')) return;
    say('');
    try {
      const code = (await squares.inPicture(chosen)).find(ours);
      if (code) return send(code);
    } catch { /* not a picture: said below */ }
    file.value = '';
    say(form.dataset.noCode);
  });

  if (!squares.camera) return;
  camera.hidden = false;
  camera.querySelector('button').addEventListener('click', async () => {
    say('');
    camera.hidden = true;
    try {
      send(await squares.before(view, ours));
    } catch {
      camera.hidden = false;
      say(form.dataset.noCamera);
    }
  });
})();
