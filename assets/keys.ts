// "/" goes to the search; a link with data-key is followed by its key, outside of fields.
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target as HTMLElement;
    if (at.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("#search");
      if (search) {
        event.preventDefault();
        search.focus();
      }
      return;
    }
    if (!/^[a-z]$/.test(event.key)) return;
    document.querySelector<HTMLElement>(`[data-key="${event.key}"]`)?.click();
  });
}
