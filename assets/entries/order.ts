// The page behind a link: an answer that cannot be sent now is kept on this telephone and sent later, once.
export {};

interface Kept {
  address: string;
  fields: [string, string][];
}

const STORE = "fenghuo-order-answers";
const CACHE = "fenghuo-orders-1"; // order-worker's
const AGAIN = 15_000; // ms between tries
const line = document.querySelector<HTMLElement>("#kept");

function waiting(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]") as Kept[];
  } catch {
    return [];
  }
}

function keep(all: Kept[]): void {
  localStorage.setItem(STORE, JSON.stringify(all));
}

function say(word: string | undefined): void {
  if (!line) return;
  line.hidden = !word;
  line.textContent = word ?? "";
}

let sending = false;

async function send(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    await sendAll();
  } finally {
    sending = false;
  }
}

// The server counts an answer once for its key, so that sending it twice does no harm.
async function sendAll(): Promise<void> {
  let done = false;
  for (const one of waiting()) {
    const here = one.address === location.pathname;
    // The page asks for the telephone's last digits now: the answer goes when they were given.
    if (here && !line?.isConnected) continue;
    const body = new URLSearchParams(one.fields);
    let response: Response;
    try {
      response = await fetch(one.address, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
    } catch {
      say(line?.dataset.kept);
      return;
    }
    if (response.status >= 500) {
      say(line?.dataset.kept);
      return;
    }
    if (response.status !== 403) keep(waiting().filter((other) => JSON.stringify(other) !== JSON.stringify(one)));
    if (response.ok) await remember(one.address, response.clone());
    if (here) {
      done = true;
      if (!response.ok) {
        // Refused, or to be proved first: the page says which.
        document.open();
        document.write(await response.text());
        document.close();
        return;
      }
    }
  }
  if (done) location.replace(location.pathname);
}

// The connection may be gone again before the page is fetched anew: what the server answered is then the last one seen.
async function remember(address: string, page: Response): Promise<void> {
  if (!("caches" in window)) return;
  try {
    const cache = await caches.open(CACHE);
    await cache.delete(address, { ignoreVary: true });
    // Made anew, since a browser takes no answer that was redirected for a page.
    await cache.put(address, new Response(await page.text(), { headers: page.headers }));
  } catch {
    // Without room for it the page is fetched as always.
  }
}

// One answer at a time: another may be given when this one has arrived.
function still(): void {
  document.querySelectorAll<HTMLButtonElement>(".answers button").forEach((button) => (button.disabled = true));
}

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches("[data-order]")) return;
  event.preventDefault();
  const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.push([name, value]);
  if (pressed?.name) fields.push([pressed.name, pressed.value]);
  fields.push(["at", new Date().toISOString()]);
  keep([...waiting(), { address: location.pathname, fields }]);
  still();
  say(line?.dataset.sending);
  void send();
});

window.addEventListener("online", () => void send());
setInterval(() => waiting().length && void send(), AGAIN);
if (waiting().some((one) => one.address === location.pathname)) still();
if (waiting().length) void send();

const worker = document.body.dataset.worker;
if (worker && "serviceWorker" in navigator) void navigator.serviceWorker.register(worker, { scope: "/o/" }).catch(() => undefined);
