// Makes elements without markup in strings, so that nothing a person typed is ever read as HTML.
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const hidden = (words) => h("span", { class: "govuk-visually-hidden" }, words);

export function button(label, press, { kind = "secondary", hint = "", ...rest } = {}) {
  const css =
    kind === "link"
      ? "app-button-link"
      : `govuk-button govuk-button--small${kind === "secondary" ? " govuk-button--secondary" : ""}`;
  return h("button", { type: "button", class: css, onclick: press, ...rest }, label, hint && hidden(` ${hint}`));
}

let count = 0;
export const unique = (stem) => `editor-${stem}-${++count}`;

/** A labelled control in the manner of the design system; `control` gets the id. */
export function field(label, control, { hint = "", error = "" } = {}) {
  control.id ||= unique("field");
  const described = [];
  const parts = [h("label", { class: "govuk-label", for: control.id }, label)];
  if (hint)
    parts.push(h("div", { class: "govuk-hint", id: `${control.id}-hint` }, hint)) &&
      described.push(`${control.id}-hint`);
  if (error)
    parts.push(h("p", { class: "govuk-error-message", id: `${control.id}-error` }, hidden("Error: "), error)) &&
      described.push(`${control.id}-error`);
  if (described.length) control.setAttribute("aria-describedby", described.join(" "));
  return h("div", { class: `govuk-form-group${error ? " govuk-form-group--error" : ""}` }, ...parts, control);
}

export const input = (value, rest = {}) =>
  h("input", { class: "govuk-input", type: "text", value: value ?? "", ...rest });
export const select = (options, value, rest = {}) =>
  h(
    "select",
    { class: "govuk-select", ...rest },
    options.map(([key, words]) => h("option", { value: key, selected: String(key) === String(value) }, words)),
  );

export const clock = (date = new Date()) => date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
