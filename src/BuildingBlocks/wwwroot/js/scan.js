// Pages where barcodes are read one after another, a tube a second: a page that loads meanwhile would swallow letters.
// <form data-scan="#list"> posts each scan behind the last one, without leaving the page; the answer (a list item) comes on top
// of the list. Without this script the form is sent as any other.
(() => {
  'use strict';

  let speaker;
  const beep = good => {
    try {
      speaker ??= new AudioContext();
      const tone = speaker.createOscillator(), volume = speaker.createGain();
      tone.frequency.value = good ? 1200 : 300;
      volume.gain.value = 0.08;
      tone.connect(volume).connect(speaker.destination);
      tone.start();
      tone.stop(speaker.currentTime + (good ? 0.08 : 0.4));
    } catch { /* no sound: the colour and the words remain */ }
  };

  const item = (text, kind) => {
    const li = document.createElement('li');
    li.className = kind;
    li.textContent = text;
    return li;
  };

  for (const form of document.querySelectorAll('form[data-scan]')) {
    const field = form.querySelector('input[data-autofocus]');
    const list = document.querySelector(form.dataset.scan);
    const queue = [];
    let busy = false;

    const work = async () => {
      if (busy) return;
      busy = true;
      while (queue.length) {
        const scan = queue[0];
        try {
          const answer = await fetch(form.dataset.scanTo, { method: 'POST', body: scan.data, headers: { 'X-Scan': '1' } });
          const text = await answer.text();
          const line = new DOMParser().parseFromString(text, 'text/html').querySelector('li[data-scan-answer]');
          if (!line) throw new Error('not an answer to a scan');
          scan.line.replaceWith(line);
          beep(answer.ok);
          const sum = document.querySelector('[data-scan-sum]');
          if (sum && line.dataset.sum) sum.textContent = line.dataset.sum;
          queue.shift();
        } catch {
          // No connection, or signed out: nothing is lost, it is tried again; leaving the page asks first.
          scan.line.className = 'scan-failed';
          scan.line.textContent = `${scan.text}: ${form.dataset.scanFailed}`;
          beep(false);
          await new Promise(r => setTimeout(r, 3000));
        }
      }
      busy = false;
    };

    form.addEventListener('submit', e => {
      e.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      const data = new FormData(form);
      field.value = '';
      field.focus();
      const line = item(`${text}…`, 'scan-waiting');
      list.prepend(line);
      while (list.children.length > 200) list.lastElementChild.remove();
      queue.push({ text, data, line });
      work();
    });
    window.addEventListener('beforeunload', e => { if (queue.length) e.preventDefault(); });
    form.dataset.scanReady = '';
  }

  // <form data-tick="#boxes">: a scan ticks the box of that value; the first one unticks the others, since only what is read goes.
  for (const form of document.querySelectorAll('form[data-tick]')) {
    const field = form.querySelector('input[data-autofocus]');
    const list = document.querySelector(form.dataset.scan ?? form.dataset.tickSays);
    const boxes = [...document.querySelectorAll(`${form.dataset.tick} input[data-number]`)];
    let begun = false;
    form.addEventListener('submit', e => {
      e.preventDefault();
      const text = field.value.replace(/[\s-]/g, '').toUpperCase();
      if (!text) return;
      field.value = '';
      if (!begun) boxes.forEach(b => { b.checked = false; });
      begun = true;
      const box = boxes.find(b => b.dataset.number === text);
      if (box) box.checked = true;
      const said = box ? form.dataset.tickDone : form.dataset.tickUnknown;
      list.prepend(item(`${text}: ${said} (${boxes.filter(b => b.checked).length}/${boxes.length})`, box ? 'scan-done' : 'scan-refused'));
      beep(!!box);
    });
    form.dataset.scanReady = '';
  }
})();
