// Files go up in parts (tus 1.0) and go on from where they were: after a lost line, a reload, from another device.
// The form works without this too, for small files and a line that holds.
import { sha256 } from "./sha256";
import { token } from "./token";
import { dropFile, filesOf, keepFile } from "./visits/files";

const LEAST = 256 * 1024, MOST = 4 * 1024 * 1024, FIRST = 1024 * 1024;
const PART_S = 8; // a part should take about so long, so that little is lost when the line breaks
const PAUSES_S = [1, 2, 4, 8, 15, 30];
const SAMPLES = 16, SAMPLE = 16 * 1024;
const AGAIN = [0, 408, 423, 429, 500, 502, 503, 504];

export function startUploads(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.upload) return;
    event.preventDefault();
    const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
    const said = new FormData(form);
    const files = [...(input.files ?? [])].map((file) => new Sending(form, file, said));
    input.value = "";
    void kept(files).then(inTurn);
  });
  document.querySelectorAll<HTMLFormElement>("[data-keep-files] form[data-upload]").forEach((form) => void goOn(form));
  addEventListener("beforeunload", (event) => {
    if (Sending.under_way > 0) event.preventDefault();
  });
}

async function inTurn(files: Sending[]): Promise<void> {
  for (const one of files) await one.run();
}

/** Where a page wants it, what was chosen waits in the browser, also when the page is closed. */
async function kept(files: Sending[]): Promise<Sending[]> {
  for (const one of files) await one.keep().catch(() => undefined); // without room for it the page has to stay open
  return files;
}

async function goOn(form: HTMLFormElement): Promise<void> {
  const who = keeperOf(form)!.dataset.keepFiles!;
  const files: Sending[] = [];
  for (const [key, file] of await filesOf(who).catch(() => [])) {
    if (file.record !== form.dataset.record) continue;
    const said = new FormData();
    said.set("note", file.note);
    if (file.position) said.set("keep_position", "on");
    files.push(new Sending(form, new File([file.content], file.name, { type: file.type }), said, key));
  }
  if (files.length) form.closest("details")?.setAttribute("open", "");
  await inTurn(files);
}

const keeperOf = (form: HTMLFormElement) => form.closest<HTMLElement>("[data-keep-files]");

class Refused extends Error {}
class Away extends Error {}

class Sending {
  static under_way = 0;
  private readonly row: HTMLElement;
  private at = 0;
  private size = FIRST;
  private address = "";
  private paused = false;
  private gone = false;
  private wake: () => void = () => {};
  private stop = new AbortController();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly file: File,
    private readonly said: FormData,
    private kept: number | undefined = undefined, // under which it waits in the browser
  ) {
    const made = form.querySelector("template")!.content.cloneNode(true) as DocumentFragment;
    this.row = made.querySelector<HTMLElement>(".sending")!;
    this.row.querySelector("[data-name]")!.textContent = file.name;
    form.querySelector("[data-sending]")!.append(made);
    this.button("[data-pause]").addEventListener("click", () => this.pause());
    this.button("[data-discard]").addEventListener("click", () => void this.discard());
    addEventListener("online", () => this.wake());
  }

  async keep(): Promise<void> {
    const who = keeperOf(this.form)?.dataset.keepFiles;
    if (!who) return;
    this.kept = await keepFile({
      who,
      record: this.form.dataset.record!,
      page: location.pathname,
      name: this.file.name,
      type: this.file.type,
      note: String(this.said.get("note") ?? ""),
      position: this.said.has("keep_position"),
      content: await new Response(this.file).arrayBuffer(),
    });
  }

  private async drop(): Promise<void> {
    if (this.kept !== undefined) await dropFile(this.kept).catch(() => undefined);
    this.kept = undefined;
  }

  async run(): Promise<void> {
    const alone = this.kept === undefined ? 1 : 0;
    Sending.under_way += alone;
    try {
      this.tell("reading");
      const mark = await this.mark();
      await this.insist(() => this.begin(mark));
      while (!this.gone && this.at < this.file.size) await this.insist(() => this.part());
      if (!this.gone) await this.insist(() => this.finish());
    } catch (error) {
      if (!this.gone) this.fail(error instanceof Refused ? error.message : String(error));
    } finally {
      Sending.under_way -= alone;
    }
  }

  /** Try, and try again as long as only the line or the server's load is in the way. */
  private async insist(step: () => Promise<void>): Promise<void> {
    for (let tries = 0; !this.gone; tries++) {
      while (this.paused && !this.gone) {
        this.tell("paused");
        await this.rest(3600);
      }
      if (this.gone) return;
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        if (this.paused || this.gone) continue;
        this.tell("away");
        await this.rest(PAUSES_S[Math.min(tries, PAUSES_S.length - 1)]!);
        await this.look().catch(() => {});
      }
    }
  }

  private async begin(mark: string): Promise<void> {
    const said = { filename: this.file.name, record: this.form.dataset.record!, mark };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`);
    const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata.join(",") };
    const answer = await this.ask(this.form.dataset.upload!, { method: "POST", headers });
    this.address = answer.headers.get("Location")!;
    this.at = Number(answer.headers.get("Upload-Offset") ?? 0);
    this.show();
  }

  private async part(): Promise<void> {
    this.tell("sending");
    const body = await this.bytes(this.at, this.at + this.size);
    const headers = {
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(this.at),
      "Upload-Checksum": `sha256 ${base64(await sha256(body))}`,
    };
    const began = performance.now();
    try {
      const answer = await this.ask(this.address, { method: "PATCH", headers, body });
      this.at = Number(answer.headers.get("Upload-Offset"));
      const factor = Math.min(2, Math.max(0.5, (PART_S * 1000) / Math.max(1, performance.now() - began)));
      this.size = Math.round(Math.min(MOST, Math.max(LEAST, this.size * factor)));
    } catch (error) {
      this.size = Math.max(LEAST, this.size / 2);
      throw error;
    }
    this.show();
  }

  private async finish(): Promise<void> {
    this.tell("checking");
    const answer = await this.ask(`${this.address}finish/`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: this.said.has("keep_position") ? fields(this.said, "note", "keep_position") : fields(this.said, "note"),
    });
    const html = await answer.text();
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-files-now]");
    const place = this.form.closest("[data-files]")?.querySelector("[data-files-now]");
    if (made && place) {
      place.replaceWith(made);
      (globalThis.htmx as { process(node: Element): void }).process(made);
    }
    await this.drop();
    this.tell("done");
    this.row.classList.add("done");
    document.dispatchEvent(new CustomEvent("fenghuo:brought"));
  }

  /** How far the server has come: it alone knows after a broken line. */
  private async look(): Promise<void> {
    if (!this.address) return;
    const answer = await this.ask(this.address, { method: "HEAD" });
    this.at = Number(answer.headers.get("Upload-Offset"));
    this.show();
  }

  private async ask(address: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    this.stop = new AbortController();
    let answer: Response;
    try {
      const headers = { ...init.headers, "Tus-Resumable": "1.0.0", "X-CSRFToken": token(this.form) };
      answer = await fetch(address, { ...init, headers, signal: this.stop.signal });
    } catch {
      throw new Away();
    }
    if (answer.ok) return answer;
    if (AGAIN.includes(answer.status) || answer.status === 460) throw new Away();
    if (answer.status === 409 && init.method === "PATCH") throw new Away();
    const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
    throw new Refused(plain ? await answer.text() : `${answer.status}`);
  }

  /** SHA-256 over the size and samples from all over the file: the same file is known again wherever it comes from. */
  private async mark(): Promise<string> {
    const parts = [new TextEncoder().encode(`${this.file.size}\n`)];
    const step = Math.max(0, this.file.size - SAMPLE) / (SAMPLES - 1);
    for (let n = 0; n < SAMPLES; n++) parts.push(await this.bytes(Math.floor(n * step), Math.floor(n * step) + SAMPLE));
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return [...(await sha256(all))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  private async bytes(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Response(this.file.slice(from, to)).arrayBuffer());
  }

  private pause(): void {
    this.paused = !this.paused;
    const button = this.button("[data-pause]");
    const other = button.dataset.continue!;
    button.dataset.continue = button.textContent!;
    button.textContent = other;
    if (this.paused) this.stop.abort();
    else this.wake();
  }

  private async discard(): Promise<void> {
    this.gone = true;
    this.stop.abort();
    this.wake();
    this.row.remove();
    await this.drop();
    if (this.address) await this.ask(this.address, { method: "DELETE" }).catch(() => {});
  }

  private rest(seconds: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  private tell(state: string): void {
    const key = `said${state[0]!.toUpperCase()}${state.slice(1)}`;
    const place = this.row.querySelector("[data-state]")!;
    if (place.textContent !== this.row.dataset[key]) place.textContent = this.row.dataset[key] ?? state;
    this.row.dataset.now = state;
  }

  private fail(why: string): void {
    this.tell("failed");
    this.row.classList.add("fault");
    this.row.setAttribute("role", "alert");
    this.row.querySelector("[data-amount]")!.textContent = why;
    this.row.querySelector("progress")!.hidden = true;
    this.button("[data-pause]").hidden = true;
    this.button("[data-discard]").hidden = this.kept === undefined;
  }

  private show(): void {
    this.row.querySelector("progress")!.value = Math.round((this.at * 1000) / Math.max(1, this.file.size));
    const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
    this.row.querySelector("[data-amount]")!.textContent = `${mb(this.at)} / ${mb(this.file.size)} MB`;
  }

  private button(which: string): HTMLButtonElement {
    return this.row.querySelector<HTMLButtonElement>(which)!;
  }
}

function fields(from: FormData, ...names: string[]): URLSearchParams {
  return new URLSearchParams(names.map((name) => [name, String(from.get(name) ?? "")]));
}

function base64(bytes: Uint8Array): string {
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}
