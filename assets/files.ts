// Bringing files: a copied picture is pasted into the form, and what is too large is said before it is sent.
const MOST = 50 * 1024 * 1024;

export function startFiles(): void {
  document.addEventListener("paste", (event) => {
    const input = document.querySelector<HTMLInputElement>("form[data-paste] input[type=file]");
    const brought = event.clipboardData?.files;
    if (!input || !brought?.length) return;
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...(input.files ?? []), ...brought]) all.items.add(file);
    input.closest("details")?.setAttribute("open", "");
    input.files = all.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.scrollIntoView({ block: "nearest" });
    input.form?.querySelector<HTMLElement>("[name=note]")?.focus();
  });
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    const most = Number(input.form?.dataset.most) || MOST; // of each file where they come in parts, else of all
    const sizes = [...(input.files ?? [])].map((file) => file.size);
    const size = input.form?.dataset.upload ? Math.max(0, ...sizes) : sizes.reduce((sum, one) => sum + one, 0);
    input.setCustomValidity(size > most ? (input.dataset.tooLarge ?? "") : "");
    input.reportValidity();
  });
}
