// What visits leave in this browser: nothing of another stays readable, and what was not sent is not forgotten.
import { type Visit, forgetVisits, keepVisit, unsent, visits } from "./answers";
import { filesOf, forgetFiles } from "./files";
import { keepOnlyOf } from "./pages";

/** On every page: pages that another has opened go. What waits of the one who is here is shown, with the way to it. */
export async function startVisits(): Promise<void> {
  const who = document.body.dataset.liveWho ?? "";
  await keepOnlyOf(who).catch(() => undefined);
  if (!who) return;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches("[data-leave]")) void leave(form, who, event);
  });
  await show(who).catch(() => undefined);
}

async function waitingOf(who: string): Promise<{ pages: Map<string, string>; gone: [string, Visit][]; count: number }> {
  const pages = new Map<string, string>();
  const gone: [string, Visit][] = [];
  let count = 0;
  for (const [address, visit] of visits(who)) {
    if (!unsent(visit).length) continue;
    count += unsent(visit).length;
    if (visit.gone) gone.push([address, visit]);
    else pages.set(visit.page, visit.title);
  }
  for (const [, file] of await filesOf(who).catch(() => [])) {
    count++;
    if (!pages.has(file.page)) pages.set(file.page, file.name);
  }
  return { pages, gone, count };
}

async function show(who: string): Promise<void> {
  const made = document.querySelector<HTMLTemplateElement>("template[data-visits-wait]");
  const { pages, gone } = await waitingOf(who);
  pages.delete(location.pathname);
  if (!made || !(pages.size || gone.length)) return;
  const box = (made.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>("[data-box]")!;
  const list = box.querySelector("ul")!;
  for (const [page, title] of pages) {
    const link = Object.assign(document.createElement("a"), { href: page, textContent: title });
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  for (const [address, visit] of gone) list.append(lost(who, address, visit, box.dataset.discard ?? ""));
  made.before(box);
}

// What the server will not take any more is there to be read and told to whoever visits now.
function lost(who: string, address: string, visit: Visit, word: string): HTMLElement {
  const row = document.createElement("li");
  const said = unsent(visit).map((one) => `${one.asked} ${one.word} ${one.note}`.trim());
  row.append(`${visit.title}: ${visit.gone ?? ""} ${said.join("; ")} `);
  const discard = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: word });
  discard.addEventListener("click", () => {
    keepVisit(who, address, { ...visit, answers: [] });
    row.remove();
  });
  row.append(discard);
  return row;
}

/** Signing out takes everything of this person from the browser, after a question where something was not sent. */
async function leave(form: HTMLFormElement, who: string, event: Event): Promise<void> {
  event.preventDefault();
  const { count } = await waitingOf(who);
  if (count && !confirm(`${form.dataset.leave ?? ""} ${count}`.trim())) return;
  forgetVisits(who);
  await Promise.all([forgetFiles(who), keepOnlyOf("")]).catch(() => undefined);
  form.submit();
}
