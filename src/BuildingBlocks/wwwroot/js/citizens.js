// Improves the citizens' booking pages, which work without it: the queue looks by itself, minutes count down, the nearest place is found.
(() => {
  'use strict';

  const queue = document.querySelector('[data-queue]');
  if (queue) {
    const number = Number(queue.dataset.number) || null, ahead = queue.querySelector('[data-ahead]'), time = queue.querySelector('[data-time]');
    const look = async () => {
      try {
        const room = await (await fetch(queue.dataset.queue, { headers: { accept: 'application/json' } })).json();
        // Drawn, stopped, gone or let in: the page itself says what that means.
        if (room.state !== queue.dataset.state || (number && room.serving >= number)) { location.reload(); return; }
        if (number) {
          const before = Math.max(0, number - room.serving);
          const shown = before.toLocaleString(document.documentElement.lang);
          if (ahead.textContent !== shown) ahead.textContent = shown;
          const minutes = Math.ceil(before / room.rate / 60);
          const said = !(room.rate > 0) ? time.dataset.unknown : minutes <= 1 ? time.dataset.minute : time.dataset.minutes.replace('{0}', minutes);
          if (time.textContent !== said) time.textContent = said;
        }
      } catch { /* The line is down: the next look tries again, the place is kept. */ }
      next();
    };
    // Not all in the same moment.
    const next = () => setTimeout(look, (document.hidden ? 15000 : 5000) + Math.random() * 3000);
    next();
  }

  // data-seconds-left, when the page was made: the element says how many minutes are left. The clock on the wall is not asked, it may be wrong.
  for (const clock of document.querySelectorAll('[data-seconds-left]')) {
    const until = performance.now() + clock.dataset.secondsLeft * 1000;
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 60000));
      if (clock.textContent !== String(left)) clock.textContent = left;
      if (left > 0) setTimeout(tick, 5000);
    };
    tick();
  }

  // data-choices: a day or a centre was chosen; what goes with it (the hours of the day, the second dose) comes by itself, and the focus stays.
  for (const form of document.querySelectorAll('form[data-choices]')) {
    form.querySelectorAll('[data-choices-button]').forEach(button => { button.hidden = true; });
    let last = 0;
    form.addEventListener('change', async e => {
      if (!e.target.matches('select')) return;
      const turn = ++last;
      try {
        const answer = await fetch(form.dataset.choices, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('form[data-choices]');
        if (turn !== last) return;
        if (!answer.ok || !fresh || fresh.elements.length !== form.elements.length) throw new Error();
        [...fresh.elements].forEach((field, i) => {
          const old = form.elements[i];
          if (old.name !== field.name) throw new Error();
          if (field.matches('select') && old !== e.target) { const chosen = field.value; old.replaceChildren(...field.options); old.value = chosen; }
          if (field.type === 'hidden') old.value = field.value;
        });
      } catch { form.querySelector('[data-choices-button]').click(); }
    });
  }

  // data-proof: the defence against scripts. The browser looks for a number that makes the digest of nonce, what was typed and itself begin
  // with enough noughts, and then sends the form; the question for who has no script is not needed.
  const proof = document.querySelector('[data-proof]');
  if (proof) {
    const form = proof.closest('form'), work = proof.querySelector('[data-work]');
    proof.querySelector('[data-without-script]').remove();
    const sha = firstWordOfSha256();
    let done = false;
    form.addEventListener('submit', e => {
      if (done) { done = false; return; }
      e.preventDefault();
      const typed = proof.dataset.fields.split(' ').map(name => form.elements[name].value.trim().toUpperCase()).join('|');
      const begin = proof.dataset.proof.split('.')[0] + '|' + typed + '|', button = e.submitter;
      proof.querySelector('[data-working]').hidden = false;
      if (button) button.disabled = true;
      let tries = 0;
      // In short pieces, so that the page still answers.
      const piece = () => {
        for (const until = performance.now() + 25; performance.now() < until;) {
          for (let i = 0; i < 200; i++, tries++) {
            if (Math.clz32(sha(begin + tries)) < Number(proof.dataset.bits)) continue;
            work.value = tries;
            done = true;
            if (button) button.disabled = false;
            form.requestSubmit(button);
            return;
          }
        }
        setTimeout(piece, 0);
      };
      piece();
    });
  }

  // SHA-256 (FIPS 180-4), of whose digest the first 32 bits are enough here. The browser's own is not there on plain HTTP, and answers one at a time.
  function firstWordOfSha256() {
    const fraction = root => (root % 1) * 4294967296 | 0, primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
    const K = primes.map(p => fraction(Math.cbrt(p))), start = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)));
    const turn = (x, by) => x >>> by | x << 32 - by, w = new Int32Array(64), letters = new TextEncoder();
    return text => {
      const bytes = letters.encode(text), blocks = (bytes.length + 8 >> 6) + 1, padded = new Uint8Array(blocks * 64), view = new DataView(padded.buffer);
      padded.set(bytes);
      padded[bytes.length] = 128;
      view.setUint32(padded.length - 4, bytes.length * 8);
      const state = [...start];
      for (let block = 0; block < blocks; block++) {
        for (let i = 0; i < 16; i++) w[i] = view.getInt32(block * 64 + i * 4);
        for (let i = 16; i < 64; i++) {
          const x = w[i - 15], y = w[i - 2];
          w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let i = 0; i < 64; i++) {
          const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
          const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
          h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
        }
        [a, b, c, d, e, f, g, h].forEach((v, i) => { state[i] = state[i] + v | 0; });
      }
      return state[0] >>> 0;
    };
  }

  const near = document.querySelector('button[data-near]');
  if (near && navigator.geolocation) {
    near.hidden = false;
    near.addEventListener('click', () => navigator.geolocation.getCurrentPosition(at => {
      const form = near.form;
      // To a hundredth of a degree, a kilometre: enough to say what is near.
      form.elements.Latitude.value = at.coords.latitude.toFixed(2);
      form.elements.Longitude.value = at.coords.longitude.toFixed(2);
      form.elements.Where.value = '';
      form.requestSubmit();
    }));
  }
})();
