// Keeps the page behind a link readable without a connection: newest from the network, else the last one seen.
export {};

const CACHE = "fenghuo-orders-1";
const worker = self as unknown as {
  addEventListener(name: string, then: (event: any) => void): void; // eslint-disable-line
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const request: Request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || !(path.startsWith("/o/") || path.startsWith("/static/"))) return;
  event.respondWith(newest(request));
});

async function newest(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) {
      await cache.delete(request, { ignoreVary: true });
      await cache.put(request, response.clone());
    } else if (response.status === 404 || response.status === 410) {
      // What was withdrawn must not be shown again from the cache.
      await cache.delete(request, { ignoreVary: true });
    }
    return response;
  } catch (error) {
    // Whatever it varies with, there is one reader here; the page itself may have put it in (order.ts).
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
