// Lets the desk page of quick swabs open without a network. What the page needs is put aside by the page itself (js/quick-swabs.js); nobody's data pass here.
'use strict';
const store = 'quick-swabs', desk = '/quick-swabs/offline';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', e => e.waitUntil(self.clients.claim()));
self.addEventListener('fetch', e => {
  const { request } = e;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const aside = async path => (await (await caches.open(store)).match(path ?? request)) ?? Response.error();
  if (request.mode === 'navigate') e.respondWith(fetch(request).catch(() => aside(desk)));
  else if (['style', 'script', 'font', 'image'].includes(request.destination)) e.respondWith(fetch(request).catch(() => aside()));
});
