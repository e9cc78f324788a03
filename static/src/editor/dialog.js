// Dialogs: the browser's own, so that the keyboard stays inside and Escape closes. Focus goes back to the words afterwards.
import { button, h, unique } from "./dom.js";

export function dialog(title, body, { done = () => {}, wide = false } = {}) {
  const id = unique("dialog");
  const box = h("dialog", { class: `ed-dialog${wide ? " ed-dialog--wide" : ""}`, "aria-labelledby": id });
  let finished = false;
  // at once and not with the event, which comes a moment later: keys pressed meanwhile belong to the words
  const finish = () => {
    if (finished) return;
    finished = true;
    box.remove();
    done();
  };
  const close = () => {
    box.close();
    finish();
  };
  box.append(
    h(
      "div",
      { class: "ed-dialog__head" },
      h("h2", { class: "govuk-heading-m", id, tabindex: "-1" }, title),
      button("Close", close, { kind: "link", hint: title }),
    ),
    ...body(close),
  );
  box.addEventListener("close", finish);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  document.querySelector("#paper-editor").append(box);
  box.showModal();
  (
    box.querySelector("[data-first]") ??
    box.querySelector("input, select, textarea") ??
    box.querySelector("h2")
  ).focus();
  return box;
}

/** A form in a dialog; `take` gets called on its submission and answers a sentence when something is wrong. */
export function ask(title, fields, label, take, { done, extra = [] } = {}) {
  return dialog(
    title,
    (close) => {
      const wrong = h("p", { class: "govuk-error-message", role: "alert" });
      return [
        h(
          "form",
          {
            novalidate: true,
            onsubmit: async (event) => {
              event.preventDefault();
              const sentence = await take();
              if (sentence) wrong.textContent = sentence;
              else close();
            },
          },
          ...fields,
          wrong,
          h(
            "div",
            { class: "govuk-button-group" },
            h("button", { class: "govuk-button", type: "submit" }, label),
            ...extra.map((make) => make(close)),
            button("Cancel", close, { kind: "link" }),
          ),
        ),
      ];
    },
    { done },
  );
}
