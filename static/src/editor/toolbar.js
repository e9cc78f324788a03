// The toolbar: one stop for Tab, arrows within, Alt+F10 to reach it and Escape to go back to the words.
import { redo, undo } from "prosemirror-history";

import * as commands from "./commands.js";
import { h, hidden, unique } from "./dom.js";
import { topBlockAt } from "./places.js";
import { schema } from "./schema.js";

const mac = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);
export const keyName = (keys) => keys.replace("Mod", mac ? "⌘" : "Ctrl").replace("Alt", mac ? "⌥" : "Alt");
const aria = (keys) => keys.replace("Mod", mac ? "Meta" : "Control");

function icon(...paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 20 20",
    width: 20,
    height: 20,
    "aria-hidden": "true",
    focusable: "false",
    class: "ed-icon",
  }))
    svg.setAttribute(name, value);
  for (const d of paths) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
const face = (words, css = "") => h("span", { "aria-hidden": "true", class: `ed-face ${css}` }, words);
const ICONS = {
  undo: () => icon("M8 4 4 8l4 4", "M4 8h7a5 5 0 0 1 0 10H8"),
  redo: () => icon("m12 4 4 4-4 4", "M16 8H9a5 5 0 0 0 0 10h3"),
  bullet: () => icon("M4 5h.01M4 10h.01M4 15h.01", "M8 5h9M8 10h9M8 15h9"),
  link: () =>
    icon("M8 12a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1", "M12 8a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"),
  comment: () => icon("M3 4h14v10h-7l-4 3v-3H3z"),
  lock: () => icon("M5 9h10v8H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"),
  deeper: () => icon("M3 5h14M9 10h8M9 15h8", "m3 9 3 2.5L3 14"),
  shallower: () => icon("M3 5h14M9 10h8M9 15h8", "m6 9-3 2.5L6 14"),
};

const STYLES = [
  ["Numbered paragraph", "para", { level: 1, numbered: true }],
  ["Second level", "para", { level: 2, numbered: true }],
  ["Third level", "para", { level: 3, numbered: true }],
  ["Paragraph without a number", "para", { numbered: false }],
  ["Sub-heading", "subheading"],
  ["Recommendation", "recommendation"],
  ["Source document", "sourceDocument"],
];

export function styleName(state) {
  const block = topBlockAt(state);
  const name = block?.node.type.name;
  if (name === "para")
    return block.node.attrs.numbered
      ? ["Numbered paragraph", "Second level", "Third level"][block.node.attrs.level - 1]
      : "Paragraph without a number";
  return (
    {
      heading: "Section title",
      subheading: "Sub-heading",
      recommendation: "Recommendation",
      bulletList: "Bullet list",
      orderedList: "Lettered list",
      tableFigure: "Table",
      figure: "Figure",
      quote: "Quote",
      sourceDocument: "Source document",
      contactOfficer: "Contact officer",
      chart: "Chart",
      guidance: "Guidance",
      recommendationEcho: "Recommendations again",
    }[name] ?? "Paragraph"
  );
}

export function toolbar({ run, actions }) {
  const bar = h("div", {
    class: "ed-toolbar",
    role: "toolbar",
    "aria-label": "Writing tools",
    "aria-controls": "paper-words",
  });
  const items = [];
  let state = null;

  const add = (group, label, shown, command, { keys, pressed } = {}) => {
    const element = h(
      "button",
      {
        type: "button",
        class: "ed-tool",
        tabindex: "-1",
        title: keys ? `${label} (${keyName(keys)})` : label,
        "aria-keyshortcuts": keys && aria(keys),
        "aria-pressed": pressed && "false",
      },
      shown,
      hidden(label),
    );
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", () => {
      actions.settle();
      if (element.getAttribute("aria-disabled") !== "true") run(command);
    });
    items.push({ element, command, pressed });
    group.append(element);
  };

  const menu = (group, label, entries, { shows } = {}) => {
    const id = unique("menu");
    const words = h("span", { class: "ed-menu-words" }, label);
    const opener = h(
      "button",
      {
        type: "button",
        class: "ed-tool ed-tool--menu",
        tabindex: "-1",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-controls": id,
      },
      shows && hidden(`${label}: `),
      words,
      face("▾"),
    );
    const list = h("div", { class: "ed-menu", role: "menu", id, "aria-label": label, hidden: true });
    const close = (back) => {
      list.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      if (back) opener.focus();
    };
    const open = () => {
      actions.settle();
      list.replaceChildren(
        ...entries.map(([name, command, hint]) => {
          const usable = command.length === 0 || command(state) !== false;
          return h(
            "button",
            {
              type: "button",
              role: "menuitem",
              tabindex: "-1",
              class: "ed-menu__item",
              "aria-disabled": usable ? null : "true",
              onmousedown: (event) => event.preventDefault(),
              onclick: () => {
                if (usable) {
                  close();
                  run(command);
                }
              },
            },
            name,
            hint && h("kbd", { class: "ed-kbd" }, keyName(hint)),
          );
        }),
      );
      list.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      const box = opener.getBoundingClientRect(),
        outer = bar.getBoundingClientRect();
      list.classList.toggle("ed-menu--right", box.left - outer.left > outer.width / 2);
      list.firstChild.focus();
    };
    opener.addEventListener("mousedown", (event) => event.preventDefault());
    opener.addEventListener("click", () => (list.hidden ? open() : close(true)));
    opener.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        event.stopPropagation();
        open();
      }
    });
    list.addEventListener("keydown", (event) => {
      const all = [...list.children],
        at = all.indexOf(document.activeElement);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
      if (next !== undefined) all[next % all.length].focus();
      else if (event.key === "Escape") close(true);
      else if (event.key === "Tab") return close(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    list.addEventListener("focusout", (event) => {
      if (!list.contains(event.relatedTarget)) close();
    });
    items.push({
      element: opener,
      shows:
        shows &&
        ((now) => {
          words.textContent = shows(now);
        }),
    });
    group.append(h("div", { class: "ed-menu-holder" }, opener, list));
  };

  const group = (label) => {
    const made = h("div", { class: "ed-group", role: "group", "aria-label": label });
    bar.append(made);
    return made;
  };
  const has = (name) => (now) => {
    const { from, to, empty, $from } = now.selection;
    const type = schema.marks[name];
    return empty ? Boolean(type.isInSet(now.storedMarks ?? $from.marks())) : now.doc.rangeHasMark(from, to, type);
  };

  let made = group("Undo");
  add(made, "Undo", ICONS.undo(), undo, { keys: "Mod+Z" });
  add(made, "Redo", ICONS.redo(), redo, { keys: "Mod+Y" });
  made = group("Kind of paragraph");
  menu(
    made,
    "Kind of paragraph",
    [
      ...STYLES.map(([label, name, attrs], index) => [
        label,
        commands.turnInto(name, attrs),
        ["Mod+Alt+1", "Mod+Alt+2", "Mod+Alt+3", "Mod+Alt+0", "Mod+Alt+4"][index],
      ]),
      ["Quote", actions.quote],
    ],
    { shows: styleName },
  );
  made = group("Words");
  add(made, "Bold", face("B", "ed-face--bold"), commands.mark("strong"), { keys: "Mod+B", pressed: has("strong") });
  add(made, "Italic", face("I", "ed-face--italic"), commands.mark("em"), { keys: "Mod+I", pressed: has("em") });
  add(
    made,
    "Superscript",
    h("span", { class: "ed-face", "aria-hidden": "true" }, "x", h("sup", {}, "2")),
    commands.mark("sup"),
    { pressed: has("sup") },
  );
  add(
    made,
    "Subscript",
    h("span", { class: "ed-face", "aria-hidden": "true" }, "x", h("sub", {}, "2")),
    commands.mark("sub"),
    { pressed: has("sub") },
  );
  add(made, "Defined term", face("“Aa”"), commands.mark("definition"), { pressed: has("definition") });
  add(made, "Link", ICONS.link(), actions.link, { keys: "Mod+K" });
  made = group("Lists and levels");
  add(made, "Bullet list", ICONS.bullet(), commands.toggleList("bullet"), { keys: "Mod+Shift+8" });
  add(made, "List with letters", face("(a)"), commands.toggleList("alpha"), { keys: "Mod+Shift+9" });
  add(made, "List with roman numbers", face("(i)"), commands.toggleList("roman"));
  add(made, "List with numbers", face("1."), commands.toggleList("decimal"), { keys: "Mod+Shift+7" });
  add(made, "One level up", ICONS.shallower(), commands.shift(-1), { keys: "Mod+[" });
  add(made, "One level down", ICONS.deeper(), commands.shift(1), { keys: "Mod+]" });
  made = group("Insert");
  menu(made, "Insert", [
    ["Section", commands.newSection(), "Mod+Enter"],
    ["Appendix", commands.newSection("appendix")],
    ["Recommendation", actions.recommendation],
    ["Recommendations again", actions.echo],
    ["Cross-reference…", actions.reference, "Mod+Shift+X"],
    ["Footnote", actions.footnote, "Mod+Alt+F"],
    ["Table", actions.table, "Mod+Alt+T"],
    ["Note under the table", actions.tableNote],
    ["Picture…", actions.picture],
    ["Source document", actions.source],
    ["Contact officer", actions.contact],
  ]);
  made = group("Public, comments and help");
  add(made, "Keep from the public", ICONS.lock(), actions.restriction, { keys: "Mod+Alt+R" });
  add(made, "Comment", ICONS.comment(), actions.comment, { keys: "Mod+Alt+M" });
  add(made, "Keys", face("?"), actions.help, { keys: "Mod+/" });

  items[0].element.tabIndex = 0;
  const go = (index) => {
    items.forEach(({ element }, each) => {
      element.tabIndex = each === index ? 0 : -1;
    });
    items[index].element.focus();
  };
  bar.addEventListener("keydown", (event) => {
    const at = items.findIndex(({ element }) => element === document.activeElement);
    if (at < 0) return;
    const next = {
      ArrowRight: (at + 1) % items.length,
      ArrowLeft: (at + items.length - 1) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      go(next);
    } else if (event.key === "Escape") {
      event.preventDefault();
      actions.back();
    }
  });
  bar.addEventListener("focusin", (event) => {
    const at = items.findIndex(({ element }) => element === event.target);
    if (at >= 0)
      items.forEach(({ element }, each) => {
        element.tabIndex = each === at ? 0 : -1;
      });
  });

  return {
    element: bar,
    focus: () => items.find(({ element }) => element.tabIndex === 0).element.focus(),
    update(now) {
      state = now;
      for (const { element, command, pressed, shows } of items) {
        if (command) element.setAttribute("aria-disabled", String(command.length > 0 && command(now) === false));
        if (pressed) element.setAttribute("aria-pressed", String(pressed(now)));
        shows?.(now);
      }
    },
  };
}
