// Live numbers: drawn beside the words, never part of them, counted anew when a change moves one.
import { Plugin, PluginKey } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from "prosemirror-transform";
import { Decoration, DecorationSet } from "prosemirror-view";

import { number } from "./numbering.js";

export const key = new PluginKey("numbers");

function count(doc) {
  const entries = number(doc);
  const labels = new Map();
  const decorations = [];
  let signature = "";
  for (const { pos, node, number: shown, label } of entries) {
    if (node.attrs.id) labels.set(node.attrs.id, label);
    signature += `${node.attrs.id}=${shown};`;
    const name = node.type.name;
    if (name === "chart" || name === "listItem")
      decorations.push(Decoration.node(pos, pos + node.nodeSize, { "data-num": shown }, { number: shown }));
    else if (name === "section" || name === "tableFigure" || name === "figure")
      decorations.push(Decoration.node(pos + 1, pos + 1 + node.firstChild.nodeSize, { "data-num": shown }));
    else {
      const level = shown.split(".").length - 1;
      decorations.push(
        Decoration.node(
          pos,
          pos + node.nodeSize,
          { "data-num": shown, class: level > 1 ? `level-${level}` : "has-number" },
          { number: shown },
        ),
      );
    }
  }
  return { labels, signature, set: DecorationSet.create(doc, decorations) };
}

/** Only typing and formatting within one piece of text surely leave every number as it was. */
export function movesNothing(tr) {
  return tr.steps.every((step, index) => {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return true;
    if (!(step instanceof ReplaceStep) || step.slice.openStart || step.slice.openEnd) return false;
    const $from = tr.docs[index].resolve(step.from);
    if (!$from.parent.isTextblock || step.to > $from.end()) return false;
    let plain = true;
    step.slice.content.forEach((node) => {
      if (!node.isText) plain = false;
    });
    return plain;
  });
}

export const numbers = () =>
  new Plugin({
    key,
    state: {
      init: (_, state) => count(state.doc),
      apply(tr, old) {
        if (!tr.docChanged) return old;
        if (movesNothing(tr)) return { ...old, set: old.set.map(tr.mapping, tr.doc) };
        return count(tr.doc);
      },
    },
    props: { decorations: (state) => key.getState(state).set },
  });

/** "paragraph 3.4" of a permanent id, or undefined for what carries no number. */
export const labelOf = (state, id) => key.getState(state).labels.get(id);
