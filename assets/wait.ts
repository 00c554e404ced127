// A form that takes long says so, and is not sent twice.
export function startWaiting(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-wait]")) return;
    const said = form.querySelector<HTMLElement>("[data-waiting]");
    if (form.dataset.wait === "sent") return event.preventDefault();
    form.dataset.wait = "sent";
    form.setAttribute("aria-busy", "true");
    if (said) said.textContent = said.dataset.said ?? "";
  });
  // Shown again from the browser's memory: it may be sent anew.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("form[data-wait]").forEach((form) => {
      form.dataset.wait = "";
      form.removeAttribute("aria-busy");
    });
  });
}
