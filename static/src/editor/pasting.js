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
    else
      block.descendants((node) => {
        if (node.isTextblock) lines.push(N.plain.create(null, node.content));
        return !node.isTextblock;
      });
  });
  return Fragment.fromArray(lines);
}

/** The words of a heading alone, or blocks out of one section, are no section: only one that brings its title along is. */
const isWhole = (node) => node.type === N.section && node.firstChild?.type === N.heading && node.childCount > 1;

function hasSection(slice) {
  let found = false;
  slice.content.forEach((node) => {
    if (isWhole(node)) found = true;
  });
  return found;
}

/** What can stand in a section, and whole sections after it. */
function sorted(slice) {
  const loose = [];
  const whole = [];
  slice.content.forEach((node) => {
    if (isWhole(node)) whole.push(N.section.createAndFill(node.attrs, node.content));
    else if (node.type === N.section) node.forEach((block) => loose.push(block));
    else if (!whole.length && blockType(node.type)) loose.push(node);
  });
  return { loose, whole };
}
const blockType = (type) => N.section.contentMatch.matchType(N.heading).matchType(type);

const titleOf = (section) => section.firstChild.textContent.trim().toLowerCase();

/** Whether nobody has written in a section yet: guidance and empty blocks at most. */
function isUnwritten(section) {
  let written = false;
  section.forEach((block, _, index) => {
    if (index && block.type !== N.guidance && (block.textContent.trim() || !block.isTextblock)) written = true;
  });
  return !written;
}

/** Sections of the template that wait for words and carry the title of a pasted one: the pasted one takes their place. */
function awaited(doc, whole) {
  const places = [];
  const taken = whole.map((section) => {
    let match = null;
    doc.forEach((waiting, pos) => {
      const same = titleOf(waiting) && titleOf(waiting) === titleOf(section);
      if (!match && same && isUnwritten(waiting) && !places.some((each) => each.pos === pos)) match = { waiting, pos };
    });
    if (!match) return section;
    places.push({ pos: match.pos, end: match.pos + match.waiting.nodeSize });
    const { id, role } = match.waiting.attrs;
    return section.type.create({ ...section.attrs, id, role }, section.content);
  });
  return { taken, places };
}

/** Puts whole sections in after the section of the cursor, or in its place when it is empty. */
function putSections(view, slice) {
  const here = sectionAt(view.state);
  if (!here) return 0;
  const { loose, whole } = sorted(slice);
  const { taken, places } = awaited(view.state.doc, whole);
  const tr = view.state.tr;
  const end = here.pos + here.node.nodeSize;
  if (loose.length) tr.insert(end - 1, loose);
  const empty = !loose.length && !titleOf(here.node) && isUnwritten(here.node);
  if (empty) places.push({ pos: here.pos, end });
  const before = tr.doc.content.size;
  const at = tr.mapping.map(end);
  tr.insert(at, taken);
  const last = at + (tr.doc.content.size - before) - 1;
  const done = tr.steps.length;
  places.sort((one, two) => two.pos - one.pos);
  for (const { pos, end: until } of places) tr.delete(tr.mapping.map(pos), tr.mapping.map(until, -1));
  tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.slice(done).map(last)), -1));
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  return whole.length;
}

/** A line of a cell, of a quote or of a list item holds words only: blocks become lines. */
function forLine(slice) {
  const fits = [N.listItem, N.bulletList, N.orderedList, N.table, N.tableRow, N.tableCell, N.tableHeader];
  let blocks = false;
  slice.content.forEach((node) => {
    if (node.isBlock && !fits.includes(node.type)) blocks = true;
  });
  if (!blocks) return slice;
  const lines = asLines(slice.content);
  return new Slice(lines, lines.firstChild?.isTextblock ? 1 : 0, lines.lastChild?.isTextblock ? 1 : 0);
}

function plainText(text, $context) {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .split(/\n+/)
    .filter((line) => line.trim());
  const type = $context.parent.type === N.plain ? N.plain : N.para;
  const open = lines.length ? 1 : 0;
  return new Slice(Fragment.fromArray(lines.map((line) => type.create(null, schema.text(line)))), open, open);
}

export const pasting = ({ onFiles, said }) =>
  new Plugin({
    props: {
      transformPastedHTML: cleanPasted,
      transformPastedText: (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ""),
      clipboardTextParser: plainText,
      transformPasted(slice, view) {
        const inLine = view.state.selection.$from.parent.type === N.plain && !hasSection(slice);
        return settlePasted(inLine ? forLine(slice) : slice, view, Slice, Fragment);
      },
      handlePaste(view, event, slice) {
        const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
        if (files.length && !event.clipboardData.getData("text/html")) {
          onFiles(files);
          return true;
        }
        const count = hasSection(slice) ? putSections(view, slice) : 0;
        if (count) said(`${count === 1 ? "One section was" : `${count} sections were`} put in.`);
        return count > 0;
      },
    },
  });
