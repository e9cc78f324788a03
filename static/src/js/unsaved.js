// Asks before a form with unsaved typing is left. Opt in: <form data-module="app-unsaved">.
export function guardTypedWords(scope) {
  for (const form of scope.querySelectorAll("form[data-module='app-unsaved']")) {
    let changed = false;
    const ask = (event) => { if (changed) event.preventDefault(); };
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", ask);
  }
}
