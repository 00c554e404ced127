// The pages of visits that open again without a connection, each in a cache that names whose it is.
export const CACHES = "fenghuo-visits|"; // then the version of the static files, then the post
export const SCOPE = "/plans/checks/units/";

/** Nothing that another has opened stays readable here; `who` "": nobody's does. */
export async function keepOnlyOf(who: string): Promise<void> {
  if (!("caches" in window)) return;
  const all = (await caches.keys()).filter((name) => name.startsWith(CACHES));
  const others = all.filter((name) => !who || name.split("|").pop() !== who);
  await Promise.all(others.map((name) => caches.delete(name)));
  if (!who) await dismiss();
}

async function dismiss(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  for (const one of await navigator.serviceWorker.getRegistrations())
    if (new URL(one.scope).pathname === SCOPE) await one.unregister();
}

/** This page is taken along. Whether it will open again without a connection. */
export async function takeAlong(worker: string): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register(worker, { scope: SCOPE });
    const { active } = await navigator.serviceWorker.ready;
    const path = location.pathname;
    const line = new MessageChannel();
    const kept = new Promise<boolean>((done) => (line.port1.onmessage = ({ data }) => done(data === true)));
    active?.postMessage({ take: path }, [line.port2]);
    return await kept;
  } catch {
    return false;
  }
}
