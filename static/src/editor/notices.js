// The line that says whether the words are saved, and what to do when they are not.
import { button, h } from "./dom.js";

export function notices({ mount, signInUrl, onConflict }) {
  const status = h("p", { class: "ed-status", role: "status" });
  const said = h("p", { class: "ed-said", role: "status" });
  const notice = h("div", { class: "ed-notice" });
  let timer = null;

  const box = (attributes, ...parts) => h("div", { class: "app-notice", ...attributes }, ...parts);
  const signIn = () =>
    h("a", { class: "govuk-link", href: signInUrl, target: "_blank", rel: "noopener" }, "Sign in (opens in a new tab)");
  const drawn = {
    "signed-out": () =>
      box(
        { role: "alert" },
        h(
          "p",
          {},
          "You were signed out. Everything you typed is kept in this browser. ",
          signIn(),
          ", then come back: it is sent by itself.",
        ),
      ),
    conflict: () =>
      box(
        {},
        h("p", {}, "Somebody else changed the same part. Nothing of yours is lost."),
        button("Choose which words to keep", onConflict),
      ),
    refused: (text) => box({ role: "alert" }, h("p", {}, `${text} What you typed is kept in this browser.`)),
    wrong: (text) => box({ role: "alert" }, h("p", {}, `${text} What you typed is kept in this browser.`)),
  };

  return {
    status,
    said,
    notice,
    /** The state of saving, by its name and in words. */
    show(name, text) {
      if (status.textContent !== text) status.textContent = text;
      mount.dataset.state = name;
      notice.replaceChildren(...(drawn[name] ? [drawn[name](text)] : []));
    },
    /** A sentence that goes by itself after a while. */
    tell(words) {
      said.textContent = words;
      clearTimeout(timer);
      timer = setTimeout(() => {
        said.textContent = "";
      }, 8000);
    },
  };
}
