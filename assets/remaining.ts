// Minutes until somebody is expected, in the words of the map: data-minutes, and data-over once that has passed.
export function remaining(until: string, map: HTMLElement): string {
  const minutes = Math.ceil((new Date(until).getTime() - Date.now()) / 60_000);
  const words = minutes > 0 ? map.dataset.minutes : map.dataset.over;
  return (words ?? "{n}").replace("{n}", String(minutes > 0 ? minutes : Math.max(1, -minutes)));
}
