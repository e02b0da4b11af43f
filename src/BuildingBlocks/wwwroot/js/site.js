// Improves pages that already work without it: nothing here is needed to read, fill in or send a form.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);

  const ready = root => {
    // What went wrong comes first, for eyes and screen readers alike; else the field that a scanner writes into.
    const focus = $('[data-focus]', root) ?? $('[data-autofocus]', root);
    if (focus && !location.hash) {
      focus.focus();
      // What a scanner has already typed while the page was loading stays.
      if (focus.matches('input[data-autofocus]') && focus.value === focus.defaultValue) focus.select();
    }
  };
  ready(document);
  document.addEventListener('htmx:afterSwap', e => ready(e.detail.target));

  // A barcode scanner types wherever the focus is; if it is on nothing that takes keys (a refusal just read out, the page), they go to
  // the field that waits for them.
  document.addEventListener('keydown', e => {
    const field = $('input[data-autofocus]');
    if (field && !document.activeElement.closest('input, textarea, select, button, a, summary, dialog') && e.key.length === 1 && e.key !== ' ' && !e.ctrlKey && !e.metaKey && !e.altKey) field.focus();
  });

  // data-walk: arrows go up and down among its data-step elements, the first one when nothing has the focus; Enter and the space bar
  // do what they do on each.
  document.addEventListener('keydown', e => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key], at = e.target.closest?.('[data-step]');
    if (by === 1 && e.target === document.body) {
      const first = $('[data-walk] [data-step]');
      if (first) { e.preventDefault(); first.focus(); }
    }
    if (!by || !at || e.altKey || e.ctrlKey || e.metaKey || at.matches('select')) return;
    const steps = [...at.closest('[data-walk]').querySelectorAll('[data-step]')];
    const next = steps[steps.indexOf(at) + by];
    if (next) { e.preventDefault(); next.focus(); }
  });

  document.addEventListener('click', e => {
    const menu = e.target.closest('[data-menu]');
    if (menu) menu.setAttribute('aria-expanded', String(menu.getAttribute('aria-expanded') !== 'true'));
    if (e.target.closest('[data-print]')) window.print();
    for (const open of document.querySelectorAll('details.drop[open]'))
      if (!open.contains(e.target)) open.open = false;
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    const open = $('details.drop[open]');
    if (open) { open.open = false; $('summary', open).focus(); return; }
    const menu = $('[data-menu][aria-expanded="true"]');
    if (menu) { menu.setAttribute('aria-expanded', 'false'); menu.focus(); }
  });

  // A skip link or an error in the summary takes the focus along.
  document.addEventListener('click', e => {
    const link = e.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href').slice(1));
    if (target) setTimeout(() => target.focus(), 0);
  });

  // data-confirm="question" on a form or on its button.
  const confirmed = new WeakSet();
  document.addEventListener('submit', e => {
    const form = e.target, button = e.submitter;
    const question = button?.dataset.confirm ?? form.dataset.confirm;
    // What is not filled in is said first; asking about it would be idle.
    if (question && form.checkValidity() && !confirmed.delete(form)) {
      e.preventDefault();
      const dialog = $('#confirm-dialog').content.cloneNode(true).firstElementChild;
      $('p', dialog).textContent = question;
      document.body.append(dialog);
      dialog.addEventListener('close', () => {
        const yes = dialog.returnValue === 'yes';
        dialog.remove();
        if (!yes) { button?.focus(); return; }
        confirmed.add(form);
        form.requestSubmit(button);
      });
      dialog.showModal();
      return;
    }
    // data-submit-once: after this event, so that the button's own name and value are still sent.
    if (form.hasAttribute('data-submit-once') && !e.defaultPrevented)
      setTimeout(() => form.querySelectorAll('button, input[type=submit]').forEach(b => { b.disabled = true; b.dataset.once = ''; }), 0);
  });
  // Back from the history, the page must be usable again.
  window.addEventListener('pageshow', () => document.querySelectorAll('[data-once]').forEach(b => { b.disabled = false; delete b.dataset.once; }));

  // data-look: shows what is typed in the password beside it, until it is sent.
  for (const look of document.querySelectorAll('[data-look]')) {
    const field = document.getElementById(look.getAttribute('aria-controls'));
    look.hidden = false;
    const show = shown => { field.type = shown ? 'text' : 'password'; look.setAttribute('aria-pressed', String(shown)); };
    look.addEventListener('click', () => { show(field.type === 'password'); field.focus(); });
    field.form?.addEventListener('submit', () => show(false));
  }
  // data-strength: a rough word on a new password, as it is typed. What runs (1234, abc) or repeats counts once; what is known to everybody only the server tells.
  for (const strength of document.querySelectorAll('[data-strength]')) {
    const field = document.getElementById(strength.dataset.strength), words = strength.dataset.words.split('|');
    const degree = text => {
      if (text.length < 12) return 1;
      let bits = 0;
      for (let i = 0; i < text.length; i++) {
        const step = i > 0 ? text.charCodeAt(i) - text.charCodeAt(i - 1) : 99;
        const before = i > 1 ? text.charCodeAt(i - 1) - text.charCodeAt(i - 2) : 99;
        bits += Math.abs(step) <= 1 && step === before ? 0 : /[a-z ]/.test(text[i]) ? 2.5 : 4;
      }
      bits *= Math.min(1, new Set(text).size / 8);
      return bits < 36 ? 2 : bits < 50 ? 3 : 4;
    };
    let last = '';
    field.addEventListener('input', () => {
      const of = field.value ? degree(field.value) : 0;
      strength.hidden = of === 0;
      $('meter', strength).value = of;
      if (words[of - 1] !== last) $('output', strength).textContent = last = words[of - 1] ?? '';
    });
  }

  const top = $('[data-to-top]');
  if (top && 'IntersectionObserver' in window)
    new IntersectionObserver(([seen]) => top.classList.toggle('shown', !seen.isIntersecting)).observe($('body > header'));

  window.VIDEOJS_NO_DYNAMIC_STYLE = true; // the bundle, where a page asks for it, must not write styles of its own
})();
