// Guidance of a template stands where the words will be. It gives way to the first of them, and can never be published.
import { Plugin, NodeSelection, TextSelection } from "prosemirror-state";

import { schema } from "./schema.js";

const N = schema.nodes;

/** The kind of block that a section of this role is written in. */
export function usual(section) {
  if (section.attrs.role === "recommendation") return N.recommendation.create();
  if (section.attrs.role === "bibliography") return N.sourceDocument.create();
  return N.para.create();
}

const isEmpty = (node) => node?.isTextblock && node.type !== N.guidance && node.content.size === 0;

/** Puts the cursor where the words go that guidance asks for, making an empty block when there is none. */
export function begin(view, pos, text = "") {
  const { state } = view;
  const guidance = state.doc.nodeAt(pos);
  if (guidance?.type !== N.guidance) return false;
  const after = pos + guidance.nodeSize;
  const next = state.doc.nodeAt(after);
  const tr = state.tr;
  if (!isEmpty(next)) tr.insert(after, usual(state.doc.resolve(pos).parent));
  tr.setSelection(TextSelection.create(tr.doc, after + 1));
  if (text) tr.insertText(text);
  view.dispatch(tr.scrollIntoView());
  view.focus();
  return true;
}

const selected = (state) => state.selection instanceof NodeSelection && state.selection.node.type === N.guidance;

export const guidance = () =>
  new Plugin({
    props: {
      handleTextInput: (view, from, to, text) => selected(view.state) && begin(view, view.state.selection.from, text),
      handleKeyDown: (view, event) =>
        event.key === "Enter" && selected(view.state) && begin(view, view.state.selection.from),
      handlePaste: (view) => {
        if (selected(view.state)) begin(view, view.state.selection.from);
        return false;
      },
      handleClickOn: (view, _, node, pos) => node.type === N.guidance && begin(view, pos),
      nodeViews: {
        guidance(node) {
          const dom = document.createElement("div");
          const strong = document.createElement("strong");
          dom.className = "guidance";
          dom.contentEditable = "false";
          strong.textContent = "Guidance: ";
          dom.append(strong, node.textContent);
          return { dom, ignoreMutation: () => true, update: (next) => next.eq(node) };
        },
      },
    },
    appendTransaction(transactions, before, state) {
      if (
        !transactions.some((tr) => tr.docChanged) ||
        transactions.some((tr) => tr.getMeta("remote") || tr.getMeta("machine"))
      )
        return null;
      const gone = [];
      state.doc.forEach((section, at, index) => {
        let waiting = [],
          written = false;
        section.forEach((block, offset) => {
          if (block.type === N.guidance) waiting.push(at + 1 + offset);
          else if (offset > 0 && block.isTextblock && block.textContent.trim()) written = true;
        });
        if (!waiting.length || !written) return;
        const old = index < before.doc.childCount ? before.doc.child(index) : null;
        if (old !== section) gone.push(...waiting);
      });
      if (!gone.length) return null;
      const tr = state.tr.setMeta("machine", true);
      for (const pos of gone.reverse()) tr.delete(pos, pos + tr.doc.nodeAt(pos).nodeSize);
      return tr;
    },
  });
