// Words, lists, rows, blocks and sections that the public may not read, each with its ground. They carry its name while they are written.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Mapping } from "prosemirror-transform";
import { Decoration, DecorationSet } from "prosemirror-view";

import { ask } from "./dialog.js";
import { field, h, select, unique } from "./dom.js";
import { movesNothing } from "./numbers.js";
import { around, sectionAt, topBlockAt } from "./places.js";
import { schema } from "./schema.js";

const key = new PluginKey("restricting");
const type = schema.marks.restricted;
const NAMES = {
  para: "paragraph",
  subheading: "sub-heading",
  bulletList: "list",
  orderedList: "list",
  tableFigure: "table",
  figure: "figure",
  chart: "chart",
  quote: "quote",
  recommendation: "recommendation",
  sourceDocument: "source document",
  contactOfficer: "contact officer",
};

export const titleOf = (grounds, code) => grounds.find(([each]) => each === code)?.[1] ?? code;

function drawn(doc, grounds) {
  const list = [];
  doc.descendants((node, pos) => {
    const code = node.attrs.restricted;
    if (code) {
      const title = `Kept from the public: ${titleOf(grounds, code)}`;
      list.push(Decoration.node(pos, pos + node.nodeSize, { class: "is-restricted" }));
      // a label cannot stand in a table between its rows: there it is read before the words of the first cell
      const inside = { section: 1, listItem: 1, tableRow: 2 }[node.type.name] ?? 0;
      const label = () => h("span", { class: "ed-restricted", contenteditable: "false" }, title);
      const options = { side: -1, key: `${node.attrs.id}-${code}`, ignoreSelection: true };
      list.push(Decoration.widget(pos + inside, label, options));
    }
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, list);
}

/** [{from, to, code}] of the words that stand in something restricted. */
function kept(doc) {
  const list = [];
  const visit = (node, start, above) =>
    node.forEach((child, offset) => {
      const from = start + offset + 1;
      const code = child.attrs.restricted ?? above;
      if (!child.isTextblock) return visit(child, from, code);
      if (code && child.content.size) list.push({ from, to: from + child.content.size, code });
    });
  visit(doc, 0, null);
  return list;
}

/** The innermost part around a place for which `holds`: {node, pos}. */
function within(doc, pos, holds) {
  const $pos = doc.resolve(pos);
  for (let depth = $pos.depth; depth > 0; depth--) {
    if (holds($pos.node(depth))) return { node: $pos.node(depth), pos: $pos.before(depth) };
  }
  return null;
}

/** The same content with a mark on all its words. */
function marked(fragment, mark) {
  const nodes = [];
  fragment.forEach((node) => {
    nodes.push(node.isInline ? node.mark(mark.addToSet(node.marks)) : node.copy(marked(node.content, mark)));
  });
  return Fragment.fromArray(nodes);
}

/** Words that were joined to others, or lost what was restricted around them, stay restricted as words. */
function stillKept(transactions, before, state) {
  const meant = ["remote", "history$", key];
  if (transactions.some((tr) => meant.some((name) => tr.getMeta(name)))) return null;
  if (transactions.every((tr) => !tr.docChanged || movesNothing(tr))) return null;
  const mapping = new Mapping();
  for (const tr of transactions) mapping.appendMapping(tr.mapping);
  const { doc, tr } = state;
  for (const { from, to, code } of kept(before.doc)) {
    const start = mapping.map(from, 1);
    const end = mapping.map(to, -1);
    if (start >= end) continue;
    doc.nodesBetween(start, end, (node, pos) => {
      if (!node.isTextblock) return true;
      const a = Math.max(start, pos + 1);
      const b = Math.min(end, pos + 1 + node.content.size);
      if (a >= b || within(doc, a, (each) => each.attrs.restricted)) return false;
      const holder = within(doc, a, (each) => "restricted" in each.attrs);
      if (node.type.allowsMarkType(type)) tr.addMark(a, b, type.create({ ground: code }));
      else if (holder) tr.setNodeAttribute(holder.pos, "restricted", code); // titles and captions carry no marks
      return false;
    });
  }
  return tr.docChanged ? tr.setMeta("machine", true) : null;
}

export const restricting = (grounds) =>
  new Plugin({
    key,
    appendTransaction: stillKept,
    state: {
      init: (_, state) => drawn(state.doc, grounds),
      apply(tr, set) {
        if (!tr.docChanged) return set;
        return movesNothing(tr) ? set.map(tr.mapping, tr.doc) : drawn(tr.doc, grounds);
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      /** Words copied or dragged out of a restricted block are restricted words wherever they are put. */
      transformCopied(slice, { state }) {
        const { $from, $to } = state.selection;
        const around = $from.sameParent($to) && within(state.doc, $from.pos, (each) => each.attrs.restricted);
        if (!around) return slice;
        const mark = type.create({ ground: around.node.attrs.restricted });
        return new Slice(marked(slice.content, mark), slice.openStart, slice.openEnd);
      },
    },
  });

/** What at the cursor can be kept from the public, the narrowest first: [{words, code, put(tr, code)}]. */
function choices(state) {
  const { from, to, empty, $from, $to } = state.selection;
  const list = [];
  if (!empty && $from.sameParent($to) && $from.parent.type.allowsMarkType(type)) {
    let held = null;
    state.doc.nodesBetween(from, to, (node) => {
      held ??= type.isInSet(node.marks)?.attrs.ground ?? null;
    });
    const put = (tr, code) => {
      tr.removeMark(from, to, type);
      if (code) tr.addMark(from, to, type.create({ ground: code }));
    };
    list.push({ words: "The selected words", code: held, put });
  }
  const add = (words, found) => {
    const put = (tr, code) => tr.setNodeAttribute(found.pos, "restricted", code);
    if (found) list.push({ words, code: found.node.attrs.restricted, put });
  };
  add("This item of the list", around(state, "listItem"));
  add("This row of the table", around(state, "tableRow"));
  const block = topBlockAt(state);
  if (NAMES[block?.node.type.name]) add(`The whole ${NAMES[block.node.type.name]}`, block);
  const section = sectionAt(state);
  if (section) add(`The section “${section.node.firstChild.textContent}”`, section);
  return list;
}

/** Asks what to keep from the public and why; "open" takes a restriction away again. */
export function askRestriction(view, grounds, tell) {
  const found = choices(view.state);
  if (!found.length) return tell("Put the cursor in the paragraph that the public may not read.");
  const name = unique("what");
  // what is restricted already is meant first
  let chosen = found.find(({ code }) => code) ?? found[0];
  const ground = select([["", "None: anybody may read it"], ...grounds], chosen.code ?? "");
  const radio = (each, index) => {
    const id = `${name}-${index}`;
    const pick = () => {
      chosen = each;
      ground.value = each.code ?? "";
    };
    const attributes = { class: "govuk-radios__input", type: "radio", name, id, checked: each === chosen };
    return h(
      "div",
      { class: "govuk-radios__item" },
      h("input", { ...attributes, onchange: pick, "data-first": each === chosen }),
      h("label", { class: "govuk-label govuk-radios__label", for: id }, each.words),
    );
  };
  const what = h(
    "fieldset",
    { class: "govuk-fieldset govuk-form-group" },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, "What the public may not read"),
    h("div", { class: "govuk-radios govuk-radios--small" }, ...found.map(radio)),
  );
  const why = field("Ground", ground, {
    hint: "The public copy shows the ground in the place of the words, and nothing else of them.",
  });
  ask(
    "Keep from the public",
    [what, why],
    "Save",
    () => {
      if (ground.value === (chosen.code ?? "")) return chosen.code ? undefined : "Choose a ground.";
      const tr = view.state.tr.setMeta(key, true);
      chosen.put(tr, ground.value || null);
      view.dispatch(tr);
      tell(ground.value ? "Kept from the public." : "Open again.");
    },
    { done: () => view.focus() },
  );
}
