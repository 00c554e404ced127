// The button of a paper opens the browser's own printing; without scripts the browser's menu does.
const button = document.querySelector<HTMLButtonElement>("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
