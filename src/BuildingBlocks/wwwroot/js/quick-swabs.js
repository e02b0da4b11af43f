// The desk of quick swabs: minutes that run down, the camera for squares, and tests without a network.
(() => {
  'use strict';

  // data-readable-at: an instant; data-now: the server's clock as the page was made.
  const ahead = stamp => Date.now() - new Date(stamp);
  const clocks = [...document.querySelectorAll('[data-readable-at]')].map(place => ({ place, at: new Date(place.dataset.readableAt), skew: ahead(place.dataset.now) }));
  const tick = () => {
    for (const { place, at, skew } of clocks) {
      const left = Math.ceil((at - (Date.now() - skew)) / 1000);
      const form = place.dataset.opens && document.querySelector(place.dataset.opens);
      const text = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : place.dataset.ready;
      if (place.textContent !== text) place.textContent = text;
      if (form) form.querySelector('button').disabled = left > 0;
    }
  };
  if (clocks.length) { tick(); setInterval(tick, 1000); }

  const camera = document.querySelector('[data-qr-camera]'), open = document.querySelector('[data-qr-open]');
  if (camera && open && squares.camera) {
    open.hidden = false;
    open.addEventListener('click', async () => {
      open.hidden = true;
      const field = document.querySelector(camera.dataset.qrCamera);
      try {
        field.value = await squares.before(camera, code => code.length > 0);
        field.form.requestSubmit();
      } catch {
        open.hidden = false;
        camera.nextElementSibling.textContent = camera.dataset.noCamera;
      }
    });
  }

  const desk = document.querySelector('[data-offline-desk]');
  if (!desk) return;
  const $ = name => desk.querySelector(`[data-${name}]`), says = desk.dataset, path = '/quick-swabs/offline';
  if (!window.crypto?.subtle || !navigator.serviceWorker || !window.indexedDB) { $('impossible').hidden = false; return; }
  $('unlock').hidden = false;

  // The page and what it is made of, put aside for when there is no network.
  const putAside = async () => {
    await navigator.serviceWorker.register('/quick-swabs/worker.js', { scope: '/quick-swabs' + '/' });
    const page = await fetch(path, { cache: 'no-store' });
    if (!page.ok || page.redirected) return;
    const cache = await caches.open('quick-swabs');
    const parts = [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')].map(e => e.href ?? e.src).concat([...document.querySelectorAll('svg use')].map(u => u.getAttribute('href')?.split('#')[0]).filter(Boolean));
    await cache.put(path, page);
    await Promise.all([...new Set(parts)].map(part => cache.add(part).catch(() => {})));
    desk.dataset.aside = 'true';
  };
  putAside().catch(() => {});

  // What is on the device is sealed with a key made of a phrase that only the operator knows: neither phrase nor key is kept.
  const rows = (mode, work) => new Promise((done, failed) => {
    const asked = indexedDB.open('quick-swabs', 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore('entries'); asked.result.createObjectStore('meta'); };
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const doing = asked.result.transaction(['entries', 'meta'], mode), answer = work(doing);
      doing.oncomplete = () => { asked.result.close(); done(answer?.result); };
      doing.onabort = doing.onerror = () => { asked.result.close(); failed(doing.error); };
    };
  });
  const letters = new TextEncoder(), reader = new TextDecoder();
  let key, entries = [];
  const seal = async value => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, letters.encode(JSON.stringify(value))) };
  };
  const unseal = async ({ iv, sealed }) => JSON.parse(reader.decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed)));
  const keyOf = async (phrase, salt) => crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600000 }, await crypto.subtle.importKey('raw', letters.encode(phrase), 'PBKDF2', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const keep = async entry => { const row = await seal(entry); await rows('readwrite', t => t.objectStore('entries').put(row, entry.id)); };
  const drop = id => rows('readwrite', t => t.objectStore('entries').delete(id));

  $('unlock').addEventListener('submit', async e => {
    e.preventDefault();
    const phrase = $('phrase').value, wrong = $('wrong');
    wrong.textContent = '';
    if (phrase.length < 8) { wrong.textContent = says.short; return; }
    try {
      let salt = await rows('readonly', t => t.objectStore('meta').get('salt'));
      const check = await rows('readonly', t => t.objectStore('meta').get('check'));
      if (!salt) {
        salt = crypto.getRandomValues(new Uint8Array(16));
        await rows('readwrite', t => t.objectStore('meta').put(salt, 'salt'));
      }
      key = await keyOf(phrase, salt);
      if (check) await unseal(check);
      else { const made = await seal('quick-swabs'); await rows('readwrite', t => t.objectStore('meta').put(made, 'check')); }
      entries = await Promise.all((await rows('readonly', t => t.objectStore('entries').getAll())).map(unseal));
    } catch { key = null; wrong.textContent = says.wrong; return; }
    $('phrase').value = '';
    $('unlock').hidden = true;
    $('inside').hidden = false;
    draw();
    send();
  });

  const form = $('test');
  form.addEventListener('submit', async e => {
    e.preventDefault();
    const field = name => form.elements[`Form.${name}`], missing = ['FiscalCode', 'DeviceJrc', 'Lot', 'KitExpiry'].map(field).find(f => !f.value.trim());
    $('missing').textContent = missing ? says.missing : '';
    if (missing) { missing.focus(); return; }
    const device = field('DeviceJrc').selectedOptions[0];
    const entry = { id: crypto.randomUUID(), CollectedAt: new Date().toISOString(), minutes: Number(device.dataset.minutes) || Number(device.text.match(/(\d+) min/)?.[1]) || 15, device: device.text, PointCode: field('PointCode').value };
    for (const name of ['FiscalCode', 'FamilyName', 'GivenName', 'BirthDate', 'Residence', 'DeviceJrc', 'Lot', 'KitExpiry', 'SymptomsSince']) entry[name] = field(name).value.trim();
    for (const name of ['Symptoms', 'Link']) entry[name] = form.querySelector(`input[type=checkbox][name="Form.${name}"]`).checked;
    await keep(entry);
    entries.push(entry);
    for (const name of ['FiscalCode', 'FamilyName', 'GivenName', 'BirthDate', 'Residence', 'SymptomsSince']) field(name).value = '';
    for (const name of ['Symptoms', 'Link']) form.querySelector(`input[type=checkbox][name="Form.${name}"]`).checked = false;
    field('FiscalCode').focus();
    draw();
  });

  const part = (tag, text, kind) => { const e = document.createElement(tag); e.textContent = text; if (kind) e.className = kind; return e; };
  const readableAt = entry => new Date(entry.CollectedAt).getTime() + entry.minutes * 60000;
  function draw() {
    $('waiting').textContent = says.waiting.replace('{0}', entries.length);
    $('list').replaceChildren(...entries.map(entry => {
      const item = part('li', '', 'tile');
      item.append(part('h3', `${entry.FamilyName} ${entry.GivenName}`.trim() || entry.FiscalCode), part('p', entry.device));
      if (entry.Result) item.append(part('p', says[entry.Result.toLowerCase()] + ' – ' + (entry.problem ?? says.ready)));
      if (entry.Result && !entry.problem) return item;
      if (entry.problem) {
        const away = part('form', '');
        away.dataset.away = entry.id;
        away.dataset.confirm = says.sure;
        away.append(part('button', says.remove, 'btn btn-outline-danger btn-sm'));
        item.append(away);
        return item;
      }
      const left = Math.ceil((readableAt(entry) - Date.now()) / 60000);
      if (left > 0) { item.append(part('p', says.minutes.replace('{0}', left))); return item; }
      for (const result of ['Negative', 'Positive', 'Invalid']) {
        const button = part('button', says[result.toLowerCase()], 'btn btn-outline-primary btn-sm me-2');
        button.type = 'button';
        button.addEventListener('click', async () => {
          [entry.Result, entry.ResultAt] = [result, new Date().toISOString()];
          await keep(entry);
          draw();
          send();
        });
        item.append(button);
      }
      return item;
    }));
  }

  // After site.js has asked: what is removed here was recorded nowhere else.
  document.addEventListener('submit', async e => {
    const id = e.target.dataset.away;
    if (!id || e.defaultPrevented) return;
    e.preventDefault();
    await drop(id);
    entries = entries.filter(x => x.id !== id);
    draw();
  });

  let busy = false;
  async function send() {
    if (busy || !key) return;
    busy = true;
    try {
      const done = entries.filter(x => x.Result && !x.problem);
      if (!done.length) return;
      const page = await fetch(path, { cache: 'no-store' });
      if (!page.ok || page.redirected) { $('says').textContent = says.signIn; return; }
      const token = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('input[name=__RequestVerificationToken]').value;
      for (const entry of done) {
        const data = new FormData();
        data.append('__RequestVerificationToken', token);
        data.append('Form.Id', entry.id);
        for (const [name, value] of Object.entries(entry)) if (/^[A-Z]/.test(name) && value !== '' && value != null) data.append(`Form.${name}`, value);
        const answer = await fetch(path + '?handler=Send', { method: 'POST', body: data, redirect: 'error' });
        const said = await answer.json();
        if (said.recorded) {
          await drop(entry.id);
          entries = entries.filter(x => x !== entry);
        } else {
          entry.problem = said.says;
          await keep(entry);
        }
        $('says').textContent = '';
        draw();
      }
    } catch { $('says').textContent = says.later; } finally { busy = false; }
  }
  window.addEventListener('online', send);
  setInterval(() => { if (key) { draw(); send(); } }, 15000);
})();
