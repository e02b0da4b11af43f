// Reads QR codes in pictures and before the camera. The browser's own reader where it has one, else the one that comes with the platform, fetched when it is
// first needed; nothing of a picture leaves the browser.
window.squares = (() => {
  'use strict';

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
    return (await load())(canvas);
  };

  return {
    camera: !!navigator.mediaDevices?.getUserMedia,

    // The texts in a picture.
    async inPicture(file) {
      const picture = await createImageBitmap(file);
      return read(picture, picture.width, picture.height);
    },

    // Shows what the camera sees until it sees a text that is wanted; fails where there is no camera, or it is refused.
    async before(video, wanted) {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      try {
        video.srcObject = stream;
        video.hidden = false;
        await video.play();
        for (;;) {
          const found = video.videoWidth ? (await read(video, video.videoWidth, video.videoHeight)).find(wanted) : null;
          if (found) return found;
          await new Promise(next => setTimeout(next, 150));
        }
      } finally {
        stream.getTracks().forEach(track => track.stop());
        video.hidden = true;
      }
    },
  };
})();
