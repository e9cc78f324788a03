// Blocks with a finding or an open comment carry a mark beside them.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

const key = new PluginKey("margin");

function drawn(doc, classes) {
  const list = [];
  doc.descendants((node, pos) => {
    const css = classes.get(node.attrs.id);
    if (css) list.push(Decoration.node(pos, pos + node.nodeSize, { class: css }));
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, list);
}

export const margin = () =>
  new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set, _, state) {
        const classes = tr.getMeta(key);
        if (classes) return drawn(state.doc, classes);
        return tr.docChanged ? set.map(tr.mapping, tr.doc) : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });

/** Marks the blocks of these findings and threads, and no others. */
export function markMargin(view, findings, threads) {
  const classes = new Map();
  for (const { block_id: id, severity } of findings) if (id) classes.set(id, `has-finding has-finding--${severity}`);
  for (const { block_id: id, resolved } of threads) {
    if (!resolved) classes.set(id, `${classes.get(id) ?? ""} has-comment`.trim());
  }
  view.dispatch(view.state.tr.setMeta(key, classes).setMeta("addToHistory", false));
}
