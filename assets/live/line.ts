// The line to the server: a stream of events, or, where no stream gets through, a question now and then.
export interface Entry {
  verb: string;
  at: string;
  kinds: string[];
  records: number[];
}

// polling: no stream, but asked now and then; off: the server cannot be reached; out: nobody is signed in.
export type State = "on" | "polling" | "off" | "out";
export type Word =
  | { is: "entry"; id: string; entry: Entry }
  | { is: "reload"; id: string } // fetch everything anew: what happened in between is not told
  | { is: "beat"; id: string }
  | { is: "state"; state: State };

const SIGN = 8000; // ms in which a new stream must say something: a proxy that keeps it back is as good as none
const SILENCE = 40_000; // ms without a beat (one every 15 s): the line is dead, though nobody said so
const TRIES = 2; // streams that failed, after which it asks
const ASK = 15_000; // ms between questions; the words on the page name it
const LONGEST = 30_000; // ms between tries while nothing answers
const STREAM_AGAIN = 120_000; // ms until a stream is tried again where questions work and streams did not

// Nobody comes back at the same moment as everybody else.
const about = (ms: number) => ms * (0.75 + Math.random() / 2);

export class Line {
  last: string;
  state: State | undefined;
  private stream: EventSource | undefined;
  private failed = 0;
  private unanswered = 0;
  private heard = 0;
  private timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly watch: ReturnType<typeof setInterval>;
  private readonly lost = () => this.fail();
  private readonly back = () => this.open();

  constructor(after: string, private readonly tell: (word: Word) => void) {
    this.last = after;
    this.watch = setInterval(() => this.stream && Date.now() - this.heard > SILENCE && this.fail(), 5000);
    // The browser may hold on to a stream through which nothing comes any more.
    self.addEventListener("offline", this.lost);
    self.addEventListener("online", this.back);
    this.open();
  }

  close(): void {
    this.hangUp();
    clearInterval(this.watch);
    this.timers.forEach(clearTimeout);
    this.timers.clear();
    self.removeEventListener("offline", this.lost);
    self.removeEventListener("online", this.back);
  }

  private open(): void {
    this.hangUp();
    this.cancel("open");
    this.heard = Date.now();
    const stream = new EventSource(`/live/?sign=1&after=${this.last}`);
    this.stream = stream;
    this.later("sign", SIGN, () => this.fail());
    stream.addEventListener("beat", (event) => this.hear({ is: "beat", id: event.lastEventId }));
    stream.addEventListener("reload", (event) => this.hear({ is: "reload", id: event.lastEventId }));
    stream.addEventListener("entry", (event) =>
      this.hear({ is: "entry", id: event.lastEventId, entry: JSON.parse(event.data) as Entry }));
    stream.onerror = () => stream === this.stream && this.fail();
  }

  private hear(word: Exclude<Word, { is: "state" }>): void {
    this.heard = Date.now();
    this.failed = this.unanswered = 0;
    this.cancel("sign");
    this.cancel("ask");
    this.become("on");
    this.pass(word);
  }

  private pass(word: Exclude<Word, { is: "state" }>): void {
    if (word.id) this.last = word.id;
    this.tell(word);
  }

  // The stream is given up, and tried again by ourselves: the browser would not tell us how it goes.
  private fail(): void {
    this.hangUp();
    this.failed += 1;
    if (this.state === "on" || this.state === undefined) this.become("off");
    if (this.failed >= TRIES && !this.timers.has("ask")) this.later("ask", 0, () => void this.ask());
    const wait = this.state === "polling" ? STREAM_AGAIN : Math.min(LONGEST, 1000 * 2 ** this.failed);
    this.later("open", about(wait), () => this.open());
  }

  private async ask(): Promise<void> {
    const answer = await fetch(`/live/poll/?after=${this.last}`, { cache: "no-store" }).catch(() => undefined);
    if (!this.timers.has("ask")) return; // a stream came first, or nobody wants to know any more
    if (answer?.status === 401) this.become("out");
    else if (!answer?.ok) this.become("off");
    else {
      // Whoever answers again may have a stream again too.
      if (this.state !== "polling" && this.unanswered > 0) this.later("open", about(500), () => this.open());
      this.become("polling");
      this.unanswered = 0;
      await this.take(answer).catch(() => undefined);
    }
    if (!answer?.ok) this.unanswered += 1;
    const wait = answer?.ok ? ASK : Math.min(LONGEST, 1000 * 2 ** this.unanswered);
    if (this.timers.has("ask")) this.later("ask", about(wait), () => void this.ask());
  }

  private async take(answer: Response): Promise<void> {
    const id = answer.headers.get("Last-Event-ID") ?? this.last;
    if (answer.status === 204) return this.pass({ is: "beat", id });
    const told = (await answer.json()) as { reload: boolean; entries: Entry[] };
    if (told.reload) this.pass({ is: "reload", id });
    for (const entry of told.entries) this.pass({ is: "entry", id, entry });
  }

  private become(state: State): void {
    if (state === this.state) return;
    this.state = state;
    this.tell({ is: "state", state });
  }

  private hangUp(): void {
    this.stream?.close();
    this.stream = undefined;
    this.cancel("sign");
  }

  private later(name: string, ms: number, work: () => void): void {
    this.cancel(name);
    this.timers.set(name, setTimeout(work, ms));
  }

  private cancel(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}
