// Where pasted blocks go: whole sections after this one (or in place of an empty one), words into the line there is.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin, Selection } from "prosemirror-state";

import { settlePasted } from "./ids.js";
import { cleanPasted } from "./paste.js";
import { sectionAt } from "./places.js";
import { schema } from "./schema.js";

const N = schema.nodes;

function asLines(fragment) {
  const lines = [];
  fragment.forEach((block) => {
    if (block.isTextblock) lines.push(N.plain.create(null, block.content));
    else if (block.isText || block.isInline) lines.push(block);
    else block.descendants((node) => { if (node.isTextblock) lines.push(N.plain.create(null, node.content)); return !node.isTextblock; });
  });
  return Fragment.fromArray(lines);
}

function hasSection(slice) {
  let found = false;
  slice.content.forEach((node) => { if (node.type === N.section) found = true; });
  return found;
}

export const pasting = ({ onFiles, said }) =>
  new Plugin({
    props: {
      transformPastedHTML: cleanPasted,
      transformPastedText: (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ""),
      clipboardTextParser: (text, $context) => {
        const lines = text.replace(/\r\n?/g, "\n").split(/\n+/).filter((line) => line.trim());
        const type = $context.parent.type === N.plain ? N.plain : N.para;
        return new Slice(Fragment.fromArray(lines.map((line) => type.create(null, schema.text(line)))), lines.length ? 1 : 0, lines.length ? 1 : 0);
      },
      transformPasted(slice, view) {
        const { parent } = view.state.selection.$from;
        if (parent.type === N.plain && !hasSection(slice)) {
          let blocks = false;
          slice.content.forEach((node) => { if (node.isBlock && ![N.listItem, N.bulletList, N.orderedList, N.table, N.tableRow, N.tableCell, N.tableHeader].includes(node.type)) blocks = true; });
          if (blocks) { const lines = asLines(slice.content); slice = new Slice(lines, lines.firstChild?.isTextblock ? 1 : 0, lines.lastChild?.isTextblock ? 1 : 0); }
        }
        return settlePasted(slice, view, Slice, Fragment);
      },
      handlePaste(view, event, slice) {
        const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
        if (files.length && !event.clipboardData.getData("text/html")) { onFiles(files); return true; }
        if (!hasSection(slice)) return false;
        const here = sectionAt(view.state);
        if (!here) return false;
        const loose = [], whole = [];
        const full = (node) => (node.type === N.section ? N.section.createAndFill(node.attrs, node.content) : node);
        slice.content.forEach((node) => (node.type === N.section ? whole : whole.length ? [] : loose).push(full(node)));
        const empty = here.node.childCount <= 2 && !here.node.textContent.trim();
        const tr = view.state.tr;
        let at = here.pos + here.node.nodeSize;
        if (loose.length) {
          const blocks = loose.filter((node) => N.section.contentMatch.matchType(N.heading).matchType(node.type));
          tr.insert(at - 1, blocks);
          at = tr.mapping.map(at);
        }
        if (empty && !loose.length) tr.replaceWith(here.pos, at, whole);
        else tr.insert(at, whole);
        const end = (empty && !loose.length ? here.pos : at) + whole.reduce((sum, node) => sum + node.nodeSize, 0);
        tr.setSelection(Selection.near(tr.doc.resolve(end - 1), -1));
        view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
        said(`${whole.length === 1 ? "One section was" : `${whole.length} sections were`} put in.`);
        return true;
      },
    },
  });
