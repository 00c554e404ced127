// One line for all tabs of a browser: it opens six connections to a host at most, and seven streams would stop it.
import { Line, type Word } from "../live/line";

export interface Join {
  after: string;
  who: string;
}

const KEPT = 500; // words that a tab which comes a little later is told at once

const ports = new Set<MessagePort>();
let line: Line | undefined;
let who = "";
let since = 0; // the position after which everything is kept
let kept: Word[] = [];

function spread(word: Word): void {
  if (word.is === "entry") kept.push(word);
  if (word.is === "reload") restart(Number(word.id));
  if (kept.length > KEPT) since = position(kept.shift()!);
  ports.forEach((port) => port.postMessage(word));
}

const position = (word: Word) => ("id" in word ? Number(word.id) : 0);

function restart(at: number): void {
  since = at;
  kept = [];
}

function join(port: MessagePort, wanted: Join): void {
  ports.add(port);
  if (!line || who !== wanted.who) {
    line?.close();
    who = wanted.who;
    restart(Number(wanted.after));
    line = new Line(wanted.after, spread);
    return;
  }
  const after = Number(wanted.after);
  if (after < since) port.postMessage({ is: "reload", id: line.last } satisfies Word);
  else kept.filter((word) => position(word) > after).forEach((word) => port.postMessage(word));
  if (line.state) port.postMessage({ is: "state", state: line.state } satisfies Word);
}

function leave(port: MessagePort): void {
  ports.delete(port);
  if (ports.size) return;
  line?.close();
  line = undefined;
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0]!;
  port.onmessage = ({ data }: MessageEvent<Join | "leave">) => (data === "leave" ? leave(port) : join(port, data));
};
