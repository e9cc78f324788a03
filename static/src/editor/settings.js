// The settings of the block that the cursor is in: a row of controls between the tools and the words, drawn anew when the block changes.
import { keymap } from "prosemirror-keymap";
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { StepMap } from "prosemirror-transform";
import * as tables from "prosemirror-tables";

import * as commands from "./commands.js";
import { h, hidden, input, select } from "./dom.js";
import { closedAt } from "./readonly.js";
import { around, find, sectionAt, topBlockAt } from "./places.js";
import { titleOf } from "./restricting.js";
import { allowed, rule, schema } from "./schema.js";
import { styleName } from "./toolbar.js";

const N = schema.nodes;
const ROLES = [
  ["", "Other"],
  ["purpose", "Purpose"],
  ["recommendation", "Recommendation"],
  ["background", "Background"],
  ["body", "Main considerations"],
  ["conclusion", "Conclusion"],
  ["summary", "Summary"],
  ["bibliography", "Bibliography"],
  ["appendix", "Appendix"],
];
const VERBS = rule("recommendation", "verb").enum.map((verb) => [verb, verb]);

export function settings({ view: getView, run, actions, grounds }) {
  const element = h("div", { class: "ed-settings", role: "group", "aria-label": "Settings of this block" });
  let shown = null,
    footnoteView = null;

  /** A button; where it stands in a group, `shown` is the short name that is drawn, and `label` says all. */
  const small = (label, command, shown = label) => {
    const usable = command.length === 0 || command(getView().state) !== false;
    const [before, after] = shown === label ? ["", ""] : label.split(shown);
    return h(
      "button",
      {
        type: "button",
        class: "ed-setting",
        "aria-disabled": usable ? null : "true",
        onclick: (event) => {
          if (event.currentTarget.getAttribute("aria-disabled") !== "true") run(command);
        },
      },
      before && hidden(before),
      shown,
      after && hidden(after),
    );
  };
  const put = (id, name, value) => {
    const found = find(getView().state.doc, id);
    if (found) run(commands.setAttrs(found.pos, { [name]: value }), false);
  };
  const check = (label, checked, change) => {
    const box = h("input", { type: "checkbox", checked, onchange: () => change(box.checked) });
    return h("label", { class: "ed-check" }, box, ` ${label}`);
  };
  const group = (name, buttons) =>
    h(
      "span",
      { class: "ed-together", role: "group", "aria-label": name },
      h("span", { class: "ed-together__name" }, name),
      ...buttons,
    );
  const line = (label, control, css = "") => h("label", { class: `ed-line ${css}` }, h("span", {}, label), control);
  const typed = (control, change) => {
    control.addEventListener("change", () => {
      const wrong = change(control.value.trim());
      control.setCustomValidity(wrong || "");
      if (wrong) {
        control.reportValidity();
      }
    });
    return control;
  };

  /** Whether the public may read this, with the ground when not. */
  const kept = ({ attrs: { restricted } }) => [
    restricted && h("span", { class: "ed-settings__note" }, titleOf(grounds, restricted)),
    small(restricted ? "Kept from the public" : "Keep from the public", actions.restriction),
  ];

  function tableControls(state, block) {
    const align = (value) => (now, dispatch) => tables.setCellAttr("align", value)(now, dispatch);
    const widths = typed(
      input((block.node.attrs.widths ?? []).join(" "), {
        class: "govuk-input ed-short",
        placeholder: "such as 20 60 20",
      }),
      (value) => {
        if (!value) return void put(block.node.attrs.id, "widths", null);
        const list = value
          .split(/[\s,%]+/)
          .filter(Boolean)
          .map(Number);
        const wide = tables.TableMap.get(block.node.child(1)).width;
        if (list.length !== wide || !allowed(rule("tableFigure", "widths"), list))
          return `Give ${wide} whole percentages that add up to 100.`;
        put(block.node.attrs.id, "widths", list);
      },
    );
    const header = (kind) => tables.toggleHeader(kind, { useDeprecatedLogic: false });
    return [
      group("Row", [
        small("Row above", tables.addRowBefore, "above"),
        small("Row below", tables.addRowAfter, "below"),
        small("Remove row", tables.deleteRow, "Remove"),
      ]),
      group("Column", [
        small("Column before", tables.addColumnBefore, "before"),
        small("Column after", tables.addColumnAfter, "after"),
        small("Remove column", tables.deleteColumn, "Remove"),
      ]),
      group("Cells", [
        small("Merge cells", tables.mergeCells, "Merge"),
        small("Split cell", tables.splitCell, "Split"),
      ]),
      group("Header", [
        small("Header row", header("row"), "row"),
        small("Header column", header("column"), "column"),
        small("Header cell", tables.toggleHeaderCell, "cell"),
      ]),
      group("Align", [
        small("Align left", align(null), "left"),
        small("Align centre", align("centre"), "centre"),
        small("Align right (numbers)", align("right"), "right"),
      ]),
      line("Column widths, %", widths),
      check("Numbered", block.node.attrs.numbered, (value) => put(block.node.attrs.id, "numbered", value)),
      small(block.node.attrs.restricted ? "Kept from the public" : "Keep from the public", actions.restriction),
    ];
  }

  function footnoteControls(state, found) {
    const holder = h("div", { class: "ed-footnote" });
    const view = getView();
    // the cursor goes behind the footnote: on it, the next letter would take its place
    const leave = () => {
      const { doc, tr, selection } = view.state;
      const at = around(view.state, "footnote");
      const after = at ? at.pos + at.node.nodeSize : selection.to;
      view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(after))));
      view.focus();
      return true;
    };
    footnoteView?.destroy();
    footnoteView = new EditorView(holder, {
      state: EditorState.create({
        doc: found.node,
        plugins: [
          keymap({
            "Mod-z": () => true,
            "Mod-b": toggleMark(schema.marks.strong),
            "Mod-i": toggleMark(schema.marks.em),
            Enter: leave,
            Escape: leave,
          }),
          keymap(baseKeymap),
        ],
      }),
      attributes: {
        role: "textbox",
        "aria-label": "Words of the footnote",
        tabindex: "0",
        class: "govuk-input ed-footnote__words",
        spellcheck: "true",
      },
      dispatchTransaction(tr) {
        const { state: inner, transactions } = this.state.applyTransaction(tr);
        this.updateState(inner);
        if (tr.getMeta("outside")) return;
        const at = around(view.state, "footnote")?.pos;
        if (at === undefined) return;
        const outer = view.state.tr,
          offset = StepMap.offset(at + 1);
        for (const each of transactions) for (const step of each.steps) outer.step(step.map(offset));
        if (outer.docChanged) view.dispatch(outer.setMeta("footnote", true));
      },
    });
    return [h("span", { class: "ed-settings__name" }, "Words of the footnote"), holder];
  }

  function controls(state) {
    const inline = state.selection.node;
    const closed = closedAt(state, state.selection.from);
    if (closed && closed.why !== "locked")
      return [
        "closed",
        [
          h("span", { class: "ed-settings__note" }, "From the register: it follows the facts until you take it over."),
          small("Take it over", () => actions.takeOver(closed.node.attrs.id)),
        ],
      ];
    if (closed)
      return [
        "locked",
        [
          h("span", { class: "ed-settings__note" }, `${closed.who} is editing this section.`),
          small("Edit it anyway", () => actions.override(closed.node.attrs.id)),
        ],
      ];
    if (inline?.type === N.xref)
      return [
        "xref",
        [
          small("Change what it refers to", () =>
            actions.reference({ replace: { node: inline, pos: state.selection.from } }),
          ),
          check("Show the page in the pack", inline.attrs.page, (value) =>
            run(commands.setAttrs(getView().state.selection.from, { page: value }), false),
          ),
        ],
      ];
    if (inline?.type === N.bound)
      return [
        "bound",
        [
          h(
            "span",
            { class: "ed-settings__note" },
            `Live figure from the register of ${inline.attrs.register}. It is frozen when the pack is sealed.`,
          ),
        ],
      ];
    const footnote = around(state, "footnote");
    if (footnote) return ["footnote", footnoteControls(state, footnote)];
    const block = topBlockAt(state);
    const section = sectionAt(state);
    if (!block && !section) return ["none", []];
    if (!block || block.node.type === N.heading) {
      const { id, role, orientation, numbered } = section.node.attrs;
      const choice = select(ROLES, role ?? "");
      choice.addEventListener("change", () => put(id, "role", choice.value || null));
      return [
        "section",
        [
          line("Part of the paper", choice),
          check("Landscape", orientation === "landscape", (value) =>
            put(id, "orientation", value ? "landscape" : "portrait"),
          ),
          check("Numbered", numbered, (value) => put(id, "numbered", value)),
          small("Move section up", commands.move(-1)),
          small("Move section down", commands.move(1)),
          small("Remove section", () => actions.removeSection(id)),
          ...kept(section.node),
        ],
      ];
    }
    const { node } = block,
      id = node.attrs.id;
    const general = [
      small("Move up", commands.move(-1)),
      small("Move down", commands.move(1)),
      small("Remove", commands.removeBlock(block)),
      ...kept(node),
    ];
    if (node.type === N.recommendation) {
      const to = select(
          [
            ["board", "The Board"],
            ["commissioner", "The Commissioner"],
          ],
          node.attrs.to,
        ),
        verb = select(VERBS, node.attrs.verb);
      to.addEventListener("change", () => put(id, "to", to.value));
      verb.addEventListener("change", () => put(id, "verb", verb.value));
      return ["recommendation", [line("Who is asked", to), line("to", verb), ...general]];
    }
    if (node.type === N.tableFigure) {
      const inTable = tables.isInTable(state);
      return [
        `table-${inTable}`,
        inTable
          ? tableControls(state, block)
          : [check("Numbered", node.attrs.numbered, (value) => put(id, "numbered", value)), ...general],
      ];
    }
    if (node.type === N.figure) {
      const image = { node: node.child(1), pos: block.pos + 1 + node.firstChild.nodeSize };
      const putImage = (attrs) => {
        const held = find(getView().state.doc, id);
        if (held) run(commands.setAttrs(held.pos + 1 + held.node.firstChild.nodeSize, attrs), false);
      };
      const alt = typed(h("textarea", { class: "govuk-textarea", rows: "2" }), (value) => putImage({ alt: value }));
      alt.value = image.node.attrs.alt;
      const wide = select(
        [["", "As it is"], ...[25, 33, 50, 66, 75, 100].map((each) => [each, `${each}%`])],
        image.node.attrs.width ?? "",
      );
      wide.addEventListener("change", () => putImage({ width: wide.value ? +wide.value : null }));
      return [
        "figure",
        [
          line("Alternative text", alt, "ed-line--wide"),
          line("Width", wide),
          small("Replace the picture", () => actions.picture({ replace: image })),
          check("Numbered", node.attrs.numbered, (value) => put(id, "numbered", value)),
          ...general,
        ],
      ];
    }
    if (node.type === N.sourceDocument) {
      const address = typed(
        input(node.attrs.href ?? "", { type: "url", class: "govuk-input", placeholder: "https://" }),
        (value) => {
          if (value && !allowed(rule("sourceDocument", "href"), value))
            return "Write an address that starts with https://, http:// or mailto:.";
          put(id, "href", value || null);
        },
      );
      return ["source", [line("Address", address, "ed-line--wide"), ...general]];
    }
    if (node.type === N.contactOfficer) {
      const mailbox = typed(input(node.attrs.mailbox, { type: "email", class: "govuk-input" }), (value) => {
        if (!allowed(rule("contactOfficer", "mailbox"), value)) return "Write an e-mail address.";
        put(id, "mailbox", value);
      });
      return [
        "contact",
        [
          line(
            "Post",
            typed(input(node.attrs.role), (value) => void put(id, "role", value)),
          ),
          line("Mailbox of the post", mailbox),
          ...general,
        ],
      ];
    }
    if (node.type === N.guidance) return ["guidance", [small("Write here", () => actions.begin(block.pos))]];
    return ["plain", general];
  }

  /** Which buttons may be pressed, as words to compare. */
  const usable = (drawn) =>
    drawn
      .filter(Boolean)
      .flatMap((each) => [each, ...each.querySelectorAll("button")])
      .map((each) => each.getAttribute("aria-disabled"))
      .join();

  return {
    element,
    focus: () =>
      (
        element.querySelector("button:not([aria-disabled]), input, select, textarea, [contenteditable]") ?? element
      ).focus(),
    update(state, force = false) {
      if (element.contains(document.activeElement) && !force) {
        // while somebody uses the controls they stay; after a button of a table they are drawn anew below
        if (document.activeElement.matches("input, select, textarea, [contenteditable]")) return;
      }
      const block = topBlockAt(state) ?? sectionAt(state);
      const footnote = around(state, "footnote");
      if (footnote && shown === `footnote ${footnote.pos}` && footnoteView?.dom.isConnected) return;
      const made = controls(state);
      const key =
        made[0] === "footnote"
          ? `footnote ${footnote.pos}`
          : `${made[0]}|${block?.node.attrs.id ?? ""}|${JSON.stringify({ ...block?.node.attrs, data: null })}|${usable(made[1])}|${styleName(state)}|${state.selection.node ? state.selection.from : ""}`;
      if (key === shown) return;
      shown = key;
      const held = element.contains(document.activeElement)
        ? [...element.querySelectorAll("button")].findIndex((each) => each === document.activeElement)
        : -1;
      element.replaceChildren(
        h("span", { class: "ed-settings__name" }, made[0] === "footnote" ? "Footnote" : styleName(state)),
        ...made[1].filter(Boolean),
      );
      if (held >= 0) element.querySelectorAll("button")[held]?.focus();
    },
    focusFootnote() {
      footnoteView?.focus();
    },
  };
}
