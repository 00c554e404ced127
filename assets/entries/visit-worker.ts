// Opens the pages of visits again without a connection: the newest from the network, else the last one seen.
// Its address names the version of the static files; with a new one the pages it has are fetched anew.
import { CACHES } from "../visits/pages";

const VERSION = new URL(self.location.href).searchParams.get("v") ?? "";
const PATIENCE = 4000; // ms: a line that hardly holds is worse than none
const HASHED = /\.[0-9a-f]{12}\./;
const STATIC = /["'(](\/static\/[^"'()\s#?]+)/g;
const worker = self as unknown as {
  addEventListener(name: string, then: (event: any) => void): void; // eslint-disable-line
  registration: { scope: string };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};
const scope = new URL(worker.registration.scope).pathname;
const isPage = (path: string) => path.startsWith(scope) && /^[^/]+\/$/.test(path.slice(scope.length));

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(renew().then(() => worker.clients.claim())));
worker.addEventListener("message", (event) => {
  const { take } = event.data as { take?: string };
  if (!take || !isPage(take)) return;
  const done = fetchPage(take).then(() => true, () => false);
  event.waitUntil(done.then((kept) => event.ports[0]?.postMessage(kept)));
});
worker.addEventListener("fetch", (event) => {
  const request: Request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isPage(address.pathname)) event.respondWith(page(request, address.pathname));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request, address.pathname));
});

const mine = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(CACHES));

async function found(path: string): Promise<Response | undefined> {
  for (const name of await mine()) {
    const kept = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

async function page(request: Request, path: string): Promise<Response> {
  const kept = await found(path);
  const fresh = fetch(request).then((response) => noted(path, response));
  if (!kept) return fresh;
  fresh.catch(() => undefined);
  const late = new Promise<Response>((done) => setTimeout(() => done(kept.clone()), PATIENCE));
  return Promise.race([fresh, late]).catch(() => kept);
}

// What came is kept; who is signed out, or may not see it any more, keeps nothing.
async function noted(path: string, response: Response): Promise<Response> {
  if (response.type === "opaqueredirect" || response.redirected) await Promise.all((await mine()).map((name) => caches.delete(name)));
  else if (response.ok) await keep(path, response.clone());
  else if (response.status < 500) for (const name of await mine()) await (await caches.open(name)).delete(path);
  return response;
}

async function fetchPage(path: string): Promise<void> {
  const response = await noted(path, await fetch(path, { credentials: "same-origin", redirect: "manual" }));
  if (!response.ok) throw new Error(String(response.status));
}

async function keep(path: string, response: Response): Promise<void> {
  const text = await response.text();
  const who = /data-live-who="(\d+)"/.exec(text)?.[1];
  if (!who) return;
  const name = `${CACHES}${VERSION}|${who}`;
  const cache = await caches.open(name);
  const parts = new Set([...text.matchAll(STATIC)].map((one) => one[1]!));
  for (const one of parts) if (!HASHED.test(one) || !(await cache.match(one))) await cache.add(one);
  // Its copy says that it is one.
  const copy = text.replace(" data-visit ", " data-visit data-copy ");
  await cache.put(path, new Response(copy, { headers: { "Content-Type": "text/html; charset=utf-8", ...policy(response) } }));
  for (const other of await mine()) if (!other.endsWith(`|${who}`)) await caches.delete(other);
}

function policy(response: Response): Record<string, string> {
  const said = response.headers.get("Content-Security-Policy");
  return said ? { "Content-Security-Policy": said } : {};
}

async function part(request: Request, path: string): Promise<Response> {
  const kept = await found(path);
  if (kept && HASHED.test(path)) return kept;
  return fetch(request).catch((error: unknown) => {
    if (kept) return kept;
    throw error;
  });
}

// The pages taken along go with the new files; what cannot be fetched now stays as it was.
async function renew(): Promise<void> {
  for (const name of await mine()) {
    if (name.split("|")[1] === VERSION) continue;
    const old = await caches.open(name);
    let left = 0;
    for (const { url } of await old.keys()) {
      const path = new URL(url).pathname;
      if (isPage(path)) await fetchPage(path).then(() => old.delete(path), () => left++);
    }
    if (!left) await caches.delete(name);
  }
}
