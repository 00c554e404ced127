// The page behind a link: an answer that cannot be sent now is kept on this telephone and sent later, once.
export {};

interface Kept {
  address: string;
  fields: [string, string][];
}

const STORE = "fenghuo-order-answers";
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

// The server counts an answer once for its key, so that sending it twice does no harm.
async function send(): Promise<void> {
  let done = false;
  for (const one of waiting()) {
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
    keep(waiting().filter((other) => JSON.stringify(other) !== JSON.stringify(one)));
    if (one.address === location.pathname) {
      done = true;
      if (!response.ok) {
        // Refused for good: the page says why.
        document.open();
        document.write(await response.text());
        document.close();
        return;
      }
    }
  }
  if (done) location.replace(location.pathname);
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
