// Permanent ids: kept by the words they belong to, made for what is new, never used twice.
import { Plugin } from "prosemirror-state";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function newId() {
  return "b" + Array.from(crypto.getRandomValues(new Uint32Array(10)), (value) => LETTERS[value % 36]).join("");
}

export const isId = (value) => /^b[a-z0-9]{10}$/.test(value ?? "");

/** Node attributes that belong to one block alone: a copy of the block has none of them. */
const OWN = ["anchor", "gen", "printed"];

/** After every change each block has an id of its own. The half of a split that holds the words keeps the old one. */
export const ids = () =>
  new Plugin({
    appendTransaction(transactions, _, state) {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      const seen = new Map();
      const fresh = []; // [place, whether it is a copy]
      state.doc.descendants((node, pos) => {
        if (!("id" in node.attrs)) return !node.isTextblock;
        const { id } = node.attrs;
        if (!isId(id)) fresh.push([pos, false]);
        else if (seen.has(id)) {
          const first = seen.get(id);
          if (first.node.content.size === 0 && node.content.size > 0) {
            fresh.push([first.pos, true]);
            seen.set(id, { node, pos });
          } else fresh.push([pos, true]);
        } else seen.set(id, { node, pos });
        return !node.isTextblock;
      });
      if (!fresh.length) return null;
      const tr = state.tr.setMeta("machine", true);
      for (const [pos, copy] of fresh) {
        const attrs = { ...tr.doc.nodeAt(pos).attrs, id: newId() };
        if (copy) for (const name of OWN) if (name in attrs) attrs[name] = null;
        tr.setNodeMarkup(pos, null, attrs);
      }
      // setNodeMarkup of a textblock replaces around its content, which leaves a selection in it where it was
      return tr;
    },
  });

/** What is pasted: a block that is still in the paper is copied, one that was cut comes back as itself. */
export function settlePasted(slice, view, Slice, Fragment) {
  const held = new Set();
  if (!view.dragging?.move)
    view.state.doc.descendants((node) => {
      if (node.attrs.id) held.add(node.attrs.id);
      return !node.isTextblock;
    });
  const visit = (fragment) => {
    const nodes = [];
    fragment.forEach((node) => {
      if (node.isText) return nodes.push(node);
      let attrs = node.attrs;
      if ("id" in attrs && attrs.id && (!isId(attrs.id) || held.has(attrs.id))) {
        attrs = { ...attrs, id: null };
        for (const name of OWN) if (name in attrs) attrs[name] = null;
      }
      nodes.push(node.type.create(attrs, visit(node.content), node.marks));
    });
    return Fragment.fromArray(nodes);
  };
  return new Slice(visit(slice.content), slice.openStart, slice.openEnd);
}
