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

  // data-minutes-until: an instant; the element says how many minutes are left, and the page is asked again when they are over.
  for (const clock of document.querySelectorAll('[data-minutes-until]')) {
    const tick = () => {
      const left = Math.max(0, Math.ceil((new Date(clock.dataset.minutesUntil) - Date.now()) / 60000));
      if (clock.textContent !== String(left)) clock.textContent = left;
      if (left > 0) setTimeout(tick, 5000);
    };
    tick();
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
