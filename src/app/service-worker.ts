// Keeps the whole app in the browser, so that it opens without a network after the first visit. The build fills
// in the list of files and a version that changes with any of them (vite.config.ts).

// Makes this file a module for the type checker, so that its `self` is its own; nothing of it is left when built.
export {};

declare const __FILES__: readonly string[];
declare const __VERSION__: string;

// The few parts of the service worker's world used here; TypeScript's own library for it excludes the page's.
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
declare const self: {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
};

const prefix = 'relearn-';
const cacheName = prefix + __VERSION__;

self.addEventListener('install', (event) => {
  // All or nothing: a version that is not here as a whole is not installed. 'reload' passes by stale HTTP caches.
  const requests = __FILES__.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  const clean = async (): Promise<void> => {
    const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith(answer(request, url));
});

/**
 * Files under assets/ carry a hash of their content in their name, so a kept one is as good as a fresh one.
 * Everything else comes from the network while there is one: a new version shows at once, not a visit late.
 */
async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(cacheName);
  const file = url.origin + url.pathname + (url.pathname.endsWith('/') ? 'index.html' : '');
  const kept = (): Promise<Response | undefined> => cache.match(file, { ignoreVary: true });
  if (url.pathname.includes('/assets/')) return (await kept()) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}
