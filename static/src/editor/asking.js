// The questions a writer is asked: which address, which table, which picture, what to refer to. And the list of keys.
import * as commands from "./commands.js";
import { ask, dialog } from "./dialog.js";
import { button, field, h, input, select } from "./dom.js";
import { number } from "./numbering.js";
import { isAddress, schema } from "./schema.js";
import { keyName } from "./toolbar.js";

const N = schema.nodes;

export function askLink(view) {
  const { state } = view;
  const { from, to, empty, $from } = state.selection;
  const type = schema.marks.link;
  const held = type.isInSet($from.marks()) ?? (empty ? null : type.isInSet(state.doc.nodeAt(from)?.marks ?? []));
  let start = from,
    end = to;
  if (empty && held) {
    $from.parent.forEach((node, offset) => {
      const at = $from.start() + offset;
      if (at <= from && at + node.nodeSize >= from && held.isInSet(node.marks)) {
        start = at;
        end = at + node.nodeSize;
      }
    });
  }
  const address = input(held?.attrs.href, {
    type: "url",
    placeholder: "https://",
    inputmode: "url",
    spellcheck: "false",
  });
  const words = input(start < end ? state.doc.textBetween(start, end, " ") : "");
  const fields = [field("Address", address, { hint: "Starts with https:// or mailto:" })];
  if (start === end) fields.push(field("Words that carry the link", words));
  ask(
    held ? "Change the link" : "Link",
    fields,
    held ? "Change" : "Add the link",
    () => {
      let href = address.value.trim();
      if (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(href)) href = `https://${href}`;
      if (!isAddress(href))
        return "Write an address that starts with https://, http:// or mailto:. File shares cannot be opened by the board.";
      const tr = view.state.tr;
      if (start === end) {
        tr.insertText(words.value.trim() || href, start);
        end = start + (words.value.trim() || href).length;
      }
      view.dispatch(tr.removeMark(start, end, type).addMark(start, end, type.create({ href })).removeStoredMark(type));
    },
    {
      done: () => view.focus(),
      extra: held
        ? [
            (close) =>
              button("Remove the link", () => {
                view.dispatch(view.state.tr.removeMark(start, end, type));
                close();
              }),
          ]
        : [],
    },
  );
}

export function askTable(view, run) {
  const columns = input("3", { inputmode: "numeric", class: "govuk-input govuk-input--width-2" }),
    rows = input("3", { inputmode: "numeric", class: "govuk-input govuk-input--width-2" });
  ask(
    "Table",
    [field("Columns", columns), field("Rows, with the header row", rows)],
    "Put the table in",
    () => {
      const [wide, high] = [+columns.value, +rows.value];
      if (!(Number.isInteger(wide) && wide >= 1 && wide <= 20 && Number.isInteger(high) && high >= 1 && high <= 100))
        return "A table has 1 to 20 columns and 1 to 100 rows.";
      run(commands.inserted(() => commands.tableFigure(high, wide)));
    },
    { done: () => view.focus() },
  );
}

export function askPicture(view, upload, { file = null, replace = null } = {}) {
  const chosen = h("input", {
    type: "file",
    class: "govuk-file-upload",
    accept: "image/png,image/jpeg,image/webp,image/gif",
  });
  const alt = h("textarea", { class: "govuk-textarea", rows: "3" });
  const caption = input("");
  alt.value = replace?.node.attrs.alt ?? "";
  const fields = file
    ? [h("p", { class: "govuk-body" }, `The picture ${file.name || "from the clipboard"}`)]
    : [field("Picture", chosen, { hint: "JPEG, PNG, WebP or GIF, at most 10 MB." })];
  if (!replace) fields.push(field("Caption", caption));
  fields.push(
    field("Alternative text", alt, { hint: "What somebody who cannot see the picture needs to know. It is required." }),
  );
  ask(
    replace ? "Replace the picture" : "Picture",
    fields,
    replace ? "Replace" : "Put the picture in",
    async () => {
      const picture = file ?? chosen.files[0];
      if (!picture) return "Choose a picture.";
      if (!alt.value.trim()) return "Write the alternative text: a paper cannot be submitted without it.";
      const answer = await upload(picture);
      if (answer.error) return answer.error;
      if (replace)
        commands.setAttrs(replace.pos, { src: answer.src, alt: alt.value.trim() })(view.state, view.dispatch);
      else
        commands.inserted(() =>
          N.figure.create(null, [
            N.caption.create(null, caption.value.trim() ? schema.text(caption.value.trim()) : null),
            N.image.create({ src: answer.src, alt: alt.value.trim() }),
          ]),
        )(view.state, view.dispatch);
    },
    { done: () => view.focus() },
  );
}

/** The picker of cross-references: blocks of this paper at once, items, annexes and registers as the server finds them. */
export function askReference(view, { search, titles }, { replace = null } = {}) {
  dialog(
    replace ? "Change the cross-reference" : "Cross-reference",
    (close) => {
      const sought = input("", {
        type: "text",
        role: "combobox",
        "aria-expanded": "true",
        "aria-controls": "ed-targets",
        "aria-autocomplete": "list",
        autocomplete: "off",
        "data-first": true,
      });
      const page = h("input", {
        type: "checkbox",
        class: "govuk-checkboxes__input",
        id: "ed-ref-page",
        checked: replace?.node.attrs.page ?? false,
      });
      const own = input(replace?.node.attrs.text ?? "");
      const list = h("ul", {
        class: "ed-targets",
        role: "listbox",
        id: "ed-targets",
        "aria-label": "What to refer to",
      });
      const said = h("p", { class: "govuk-body-s", role: "status" });
      let shown = [],
        at = 0,
        turn = 0;
      const mark = () => {
        [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
        if (shown.length) {
          sought.setAttribute("aria-activedescendant", `ed-target-${at}`);
          list.children[at]?.scrollIntoView({ block: "nearest" });
        } else sought.removeAttribute("aria-activedescendant");
      };
      const choose = (each) => {
        titles.set(each.target, each.label);
        const attrs = { target: each.target, page: page.checked, text: own.value.trim() || null };
        close();
        if (replace) commands.setAttrs(replace.pos, attrs)(view.state, view.dispatch);
        else if (!commands.insertInline(N.xref.create(attrs))(view.state, view.dispatch))
          said.textContent = "Put the cursor in a paragraph first.";
      };
      const show = (found) => {
        const seen = new Set();
        shown = found.filter((each) => !seen.has(each.target) && seen.add(each.target));
        at = 0;
        list.replaceChildren(
          ...shown.map((each, index) =>
            h(
              "li",
              { role: "option", id: `ed-target-${index}`, class: "ed-target", onclick: () => choose(each) },
              h("strong", {}, each.label),
              each.title ? ` ${each.title}` : "",
            ),
          ),
        );
        said.textContent = shown.length ? `${shown.length} found` : "Nothing found. Try fewer words.";
        mark();
      };
      const look = async () => {
        const mine = ++turn,
          typed = sought.value.trim().toLowerCase();
        const words = (node) =>
          node.type.name === "section"
            ? node.firstChild.textContent
            : node.type.name === "tableFigure"
              ? node.firstChild.textContent
              : node.textContent || node.attrs.caption || "";
        const local = number(view.state.doc)
          .map(({ label, node }) => ({
            target: `block:${node.attrs.id}`,
            label,
            title: words(node).slice(0, 100),
            held: `${label} ${words(node)}`.toLowerCase(),
          }))
          .filter(({ held }) => held.includes(typed))
          .sort((one, two) => two.label.toLowerCase().endsWith(typed) - one.label.toLowerCase().endsWith(typed));
        show(local.slice(0, 60));
        const answer = await search(typed);
        if (mine === turn && answer)
          show([...local, ...answer.filter(({ target }) => !target.startsWith("block:"))].slice(0, 80));
      };
      sought.addEventListener("input", () => look());
      sought.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          at = shown.length ? (at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length : 0;
          mark();
        } else if (event.key === "Enter") {
          event.preventDefault();
          if (shown[at]) choose(shown[at]);
        }
      });
      look();
      return [
        field("Find", sought, {
          hint: "A number, a few words, a risk such as SR3.1, an item or an annex. Arrow keys choose, Enter puts it in.",
        }),
        said,
        list,
        field("Words to show instead (optional)", own, {
          hint: "Without words the number is shown, and follows when it changes.",
        }),
        h(
          "div",
          { class: "govuk-checkboxes govuk-checkboxes--small" },
          h(
            "div",
            { class: "govuk-checkboxes__item" },
            page,
            h(
              "label",
              { class: "govuk-label govuk-checkboxes__label", for: "ed-ref-page" },
              "Show the page in the pack",
            ),
          ),
        ),
      ];
    },
    { done: () => view.focus() },
  );
}

const KEYS = [
  [
    "Getting about",
    [
      ["Alt+F10", "To the writing tools"],
      ["Alt+F9", "To the settings of the block"],
      ["Escape", "Back to the words"],
      ["Tab", "Out of the words; in a table the next cell, in a list one level down"],
      ["Escape, then Tab", "Out of a table or a list"],
      ["Mod+S", "Save now"],
      ["Mod+/", "These keys"],
    ],
  ],
  [
    "Words",
    [
      ["Mod+B", "Bold"],
      ["Mod+I", "Italic"],
      ["Mod+K", "Link"],
      ["Mod+Z", "Undo"],
      ["Mod+Y", "Redo"],
      ["Shift+Enter", "New line in the paragraph"],
    ],
  ],
  [
    "Blocks",
    [
      ["Mod+Enter", "New section"],
      ["Mod+Alt+1, 2 or 3", "Paragraph of that level"],
      ["Mod+Alt+0", "Paragraph without a number"],
      ["Mod+Alt+4", "Sub-heading"],
      ["Mod+]", "One level down"],
      ["Mod+[", "One level up"],
      ["Mod+Shift+8", "Bullet list"],
      ["Mod+Shift+9", "List with letters"],
      ["Mod+Shift+7", "List with numbers"],
      ["Alt+↑ or ↓", "Move the block"],
    ],
  ],
  [
    "Insert",
    [
      ["Mod+Shift+X", "Cross-reference"],
      ["Mod+Alt+F", "Footnote"],
      ["Mod+Alt+T", "Table"],
      ["Mod+Alt+M", "Comment"],
      ["Mod+Alt+R", "Keep from the public"],
    ],
  ],
];

export function showKeys(done) {
  dialog(
    "Keys",
    () => [
      h(
        "div",
        { class: "ed-keys", tabindex: "0", role: "region", "aria-label": "List of keys" },
        ...KEYS.map(([title, keys]) =>
          h(
            "section",
            {},
            h("h3", { class: "govuk-heading-s" }, title),
            h(
              "dl",
              {},
              ...keys.map(([key, words]) =>
                h("div", {}, h("dt", {}, h("kbd", { class: "ed-kbd" }, keyName(key))), h("dd", {}, words)),
              ),
            ),
          ),
        ),
      ),
    ],
    { done, wide: true },
  );
}

export { select };
