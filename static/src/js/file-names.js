// Names the chosen files and their sizes beneath a file upload that takes several.
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

export function showFileNames(scope) {
  for (const input of scope.querySelectorAll("input[type='file'][multiple]")) {
    const list = document.createElement("ul");
    list.className = "govuk-list app-file-names";
    list.setAttribute("aria-live", "polite");
    input.closest(".govuk-form-group")?.append(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${size(file.size)})`;
        return item;
      }));
    });
  }
}
