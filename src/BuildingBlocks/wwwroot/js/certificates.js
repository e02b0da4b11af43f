// The page that verifies certificates: the camera and pictures are read here, and nothing but the code's text leaves the browser.
(() => {
  'use strict';

  const form = document.querySelector('form[data-certificate]');
  if (!form) return;
  const text = form.querySelector('[name="Form.Certificate"]'), file = form.querySelector('input[type=file]');
  const camera = form.querySelector('[data-camera]'), view = form.querySelector('[data-view]'), said = form.querySelector('[data-said]');
  const say = words => { said.textContent = words; said.hidden = !words; };
  const ours = code => /^HC1:/.test(code);

  // The browser's own reader where it has one, else the one that comes with the platform, fetched when it is first needed.
  let reader;
  const load = () => reader ??= 'BarcodeDetector' in window
    ? Promise.resolve().then(() => {
      const detector = new BarcodeDetector({ formats: ['qr_code'] });
      return async canvas => (await detector.detect(canvas)).map(c => c.rawValue);
    })
    : new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = '/lib/jsqr/jsQR.js';
      script.onload = () => done(async canvas => {
        const pixels = canvas.getContext('2d', { willReadFrequently: true }).getImageData(0, 0, canvas.width, canvas.height);
        const code = window.jsQR(pixels.data, pixels.width, pixels.height);
        return code ? [code.data] : [];
      });
      script.onerror = failed;
      document.head.append(script);
    });

  const canvas = document.createElement('canvas');
  const read = async (source, width, height) => {
    // Larger pictures cost seconds and show no more.
    const scale = Math.min(1, 1600 / Math.max(width, height));
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
    return (await (await load())(canvas)).find(ours);
  };

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
      const picture = await createImageBitmap(chosen);
      const code = await read(picture, picture.width, picture.height);
      if (code) return send(code);
    } catch { /* not a picture: said below */ }
    file.value = '';
    say(form.dataset.noCode);
  });

  if (!navigator.mediaDevices?.getUserMedia) return;
  camera.hidden = false;
  camera.querySelector('button').addEventListener('click', async () => {
    say('');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      view.srcObject = stream;
      view.hidden = false;
      camera.hidden = true;
      await view.play();
      for (;;) {
        const code = view.videoWidth ? await read(view, view.videoWidth, view.videoHeight) : null;
        if (code) {
          stream.getTracks().forEach(track => track.stop());
          return send(code);
        }
        await new Promise(next => setTimeout(next, 150));
      }
    } catch {
      view.hidden = true;
      camera.hidden = false;
      say(form.dataset.noCamera);
    }
  });
})();
