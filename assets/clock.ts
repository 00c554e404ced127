// The clock in the bar shows the county's time, whatever the machine's own zone is.
export function startClock(): void {
  const shown = document.querySelector<HTMLElement>("[data-now]");
  if (!shown) return;
  const format = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
  setInterval(() => (shown.textContent = format.format(new Date())), 5000);
}
