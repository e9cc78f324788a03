// Shows the print buttons, which can do nothing without JavaScript and are hidden in the page as served.
export function printButtons(scope) {
  for (const button of scope.querySelectorAll("button[data-module='app-print']")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
