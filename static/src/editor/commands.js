// What a writer can do to blocks. Each is a ProseMirror command: (state, dispatch) => whether it applies.
import { setBlockType, splitBlockAs, toggleMark } from "prosemirror-commands";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, Selection, TextSelection } from "prosemirror-state";
import { Fragment } from "prosemirror-model";

import { usual } from "./guidance.js";
import { around, sectionAt, topBlockAt } from "./places.js";
import { schema } from "./schema.js";

const N = schema.nodes;
export const mark = (name, attrs) => toggleMark(schema.marks[name], attrs);

/** Turns the paragraph, sub-heading or recommendation at the cursor into another kind of block, keeping its words and its id. */
export const turnInto =
  (name, attrs = {}) =>
  (state, dispatch) => {
    const block = topBlockAt(state);
    const type = N[name];
    if (
      !block ||
      !block.node.isTextblock ||
      !block.node.inlineContent ||
      block.node.type === N.guidance ||
      block.node.type === N.heading
    )
      return false;
    if (block.node.type === type && Object.entries(attrs).every(([key, value]) => block.node.attrs[key] === value))
      return false;
    if (dispatch) dispatch(state.tr.setNodeMarkup(block.pos, type, { ...common(block.node, type), ...attrs }));
    return true;
  };

function common(node, type) {
  const kept = {};
  for (const [key, value] of Object.entries(node.attrs))
    if (key in (type.spec.attrs ?? {}) && (["id", "anchor", "gen", "restricted"].includes(key) || node.type === type))
      kept[key] = value;
  return kept;
}

export const setAttrs = (pos, attrs) => (state, dispatch) => {
  const node = state.doc.nodeAt(pos);
  if (!node) return false;
  if (dispatch) {
    const tr = state.tr;
    for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(pos, name, value);
    if (state.selection instanceof NodeSelection && state.selection.from === pos)
      tr.setSelection(NodeSelection.create(tr.doc, pos));
    dispatch(tr);
  }
  return true;
};

/** Deeper or shallower: a list item, or a numbered paragraph by one level. */
export const shift = (by) => (state, dispatch) => {
  if (around(state, "listItem")) return (by > 0 ? sinkListItem : liftListItem)(N.listItem)(state, dispatch);
  const block = topBlockAt(state);
  if (block?.node.type !== N.para || !block.node.attrs.numbered) return false;
  const level = block.node.attrs.level + by;
  if (level < 1 || level > 3) return false;
  return setAttrs(block.pos, { level })(state, dispatch);
};

/** Makes a list of the paragraph, changes the kind of the list there is, or takes the items out of it again. */
export const toggleList = (kind) => (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type !== N.bulletList && node.type !== N.orderedList) continue;
    const same =
      kind === "bullet" ? node.type === N.bulletList : node.type === N.orderedList && node.attrs.kind === kind;
    if (same) return unlist(state, dispatch, $from.before(depth), node, depth);
    if (dispatch)
      dispatch(
        state.tr.setNodeMarkup(
          $from.before(depth),
          kind === "bullet" ? N.bulletList : N.orderedList,
          kind === "bullet" ? common(node, N.bulletList) : { ...common(node, N.orderedList), kind },
        ),
      );
    return true;
  }
  const block = topBlockAt(state);
  if (!block?.node.isTextblock || block.node.type === N.heading || block.node.type === N.guidance) return false;
  if (dispatch) {
    const first = N.listItem.create(
      { id: block.node.type === N.para ? block.node.attrs.id : null, restricted: block.node.attrs.restricted ?? null },
      N.plain.create(null, block.node.content),
    );
    const list = kind === "bullet" ? N.bulletList.create(null, first) : N.orderedList.create({ kind }, first);
    const offset = state.selection.$from.parentOffset;
    const tr = state.tr.replaceWith(block.pos, block.pos + block.node.nodeSize, list);
    tr.setSelection(TextSelection.create(tr.doc, block.pos + 3 + offset));
    dispatch(tr);
  }
  return true;
};

function unlist(state, dispatch, pos, list, depth) {
  if (depth !== 2) return liftListItem(N.listItem)(state, dispatch);
  if (dispatch) {
    const blocks = [];
    list.forEach((item) => blocks.push(...outOf(item, list)));
    const at = state.selection.$from.index(depth);
    const offset = state.selection.$from.parentOffset;
    const tr = state.tr.replaceWith(pos, pos + list.nodeSize, blocks);
    let place = pos,
      seen = 0;
    for (const block of blocks) {
      if (block.type === N.para && seen++ === at) break;
      place += block.nodeSize;
    }
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(place + 1 + offset, tr.doc.content.size))));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

/** A block that leaves what is kept from the public stays kept. */
const under = (node, code) =>
  code && "restricted" in node.attrs && !node.attrs.restricted
    ? node.type.create({ ...node.attrs, restricted: code }, node.content)
    : node;

/** The paragraph that an item makes outside its list, and the lists within it. */
function outOf(item, list) {
  const restricted = item.attrs.restricted ?? list.attrs.restricted;
  const blocks = [N.para.create({ id: item.attrs.id, restricted }, item.firstChild.content)];
  item.forEach((nested, _, index) => {
    if (index) blocks.push(under(nested, restricted));
  });
  return blocks;
}

/** Takes the one item at the cursor out of its list; the items after it stay a list of their own. */
export const leaveList = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth !== 4 || $from.node(3).type !== N.listItem) return false;
  if (dispatch) {
    const list = $from.node(2);
    const item = $from.node(3);
    const at = $from.index(2);
    const start = $from.before(2);
    const items = [];
    list.forEach((each) => items.push(each));
    const blocks = outOf(item, list);
    if (at > 0) blocks.unshift(list.type.create(list.attrs, items.slice(0, at)));
    if (at + 1 < items.length) {
      const own = at > 0 ? { ...list.attrs, id: null, anchor: null, gen: null } : list.attrs;
      blocks.push(list.type.create(own, items.slice(at + 1)));
    }
    const tr = state.tr.replaceWith(start, start + list.nodeSize, blocks);
    const place = start + (at > 0 ? blocks[0].nodeSize : 0) + 1 + $from.parentOffset;
    dispatch(tr.setSelection(TextSelection.create(tr.doc, place)).scrollIntoView());
  }
  return true;
};

export const inserted =
  (make, { select = null } = {}) =>
  (state, dispatch) => {
    const section = sectionAt(state);
    if (!section) return false;
    const block = topBlockAt(state);
    const node = make();
    const empty = block?.node.type === N.para && block.node.content.size === 0;
    const after = block ? block.pos + block.node.nodeSize : section.pos + section.node.nodeSize - 1;
    if (dispatch) {
      const tr = state.tr;
      const at = empty ? block.pos : after;
      if (empty) tr.replaceWith(block.pos, block.pos + block.node.nodeSize, node);
      else tr.insert(at, node);
      if (!node.isLeaf || select === "after")
        tr.setSelection(
          select === "after"
            ? Selection.near(tr.doc.resolve(at + node.nodeSize))
            : Selection.near(tr.doc.resolve(at + 1)),
        );
      else tr.setSelection(NodeSelection.create(tr.doc, at));
      dispatch(tr.scrollIntoView());
    }
    return true;
  };

export const newSection =
  (role = null) =>
  (state, dispatch) => {
    const section = sectionAt(state);
    const at = section ? section.pos + section.node.nodeSize : state.doc.content.size;
    if (dispatch) {
      const tr = state.tr.insert(at, N.section.create({ role }, [N.heading.create(), N.para.create()]));
      dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView());
    }
    return true;
  };

export function tableFigure(rows, columns, header = true) {
  const cell = (type) => type.create(null, N.plain.create());
  const made = Array.from({ length: rows }, (_, row) =>
    N.tableRow.create(
      null,
      Array.from({ length: columns }, () => cell(header && row === 0 ? N.tableHeader : N.tableCell)),
    ),
  );
  return N.tableFigure.create(null, [N.caption.create(), N.table.create(null, made)]);
}

/** Alt and an arrow moves the block past its neighbour; from a heading, the whole section. */
export const move = (by) => (state, dispatch) => {
  const block =
    state.selection.$from.depth === 2 && state.selection.$from.parent.type === N.heading
      ? sectionAt(state)
      : (topBlockAt(state) ?? sectionAt(state));
  if (!block) return false;
  const $pos = state.doc.resolve(block.pos);
  const index = $pos.index(),
    parent = $pos.parent;
  const other = index + by;
  if (other < (parent.type === N.section ? 1 : 0) || other >= parent.childCount) return false;
  if (parent.type === N.section && index === 0) return false;
  if (dispatch) {
    const neighbour = parent.child(other);
    const tr = state.tr;
    const from = by < 0 ? block.pos - neighbour.nodeSize : block.pos;
    const to = from + block.node.nodeSize + neighbour.nodeSize;
    tr.replaceWith(from, to, Fragment.from(by < 0 ? [block.node, neighbour] : [neighbour, block.node]));
    const shiftBy = by < 0 ? -neighbour.nodeSize : neighbour.nodeSize;
    const { selection } = state;
    tr.setSelection(
      selection instanceof NodeSelection
        ? NodeSelection.create(tr.doc, selection.from + shiftBy)
        : TextSelection.create(tr.doc, selection.anchor + shiftBy, selection.head + shiftBy),
    );
    dispatch(tr.scrollIntoView());
  }
  return true;
};

export const removeBlock = (found) => (state, dispatch) => {
  if (!found || (found.node.type === N.section && state.doc.childCount === 1)) return false;
  if (dispatch) {
    const tr = state.tr.delete(found.pos, found.pos + found.node.nodeSize);
    dispatch(
      tr.setSelection(Selection.near(tr.doc.resolve(Math.min(found.pos, tr.doc.content.size)), -1)).scrollIntoView(),
    );
  }
  return true;
};

/** Enter at the end of a heading or caption goes on to what follows it. */
export const enterFromTitle = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || ![N.heading, N.caption, N.tableNote].includes(parent.type)) return false;
  if (parent.type === N.heading) {
    const section = $from.node(1),
      next = section.maybeChild(1);
    if (dispatch) {
      const at = $from.after(),
        tr = state.tr;
      if ($from.parentOffset < parent.content.size) {
        // the rest of the title starts the first paragraph
        const rest = parent.content.cut($from.parentOffset);
        tr.delete($from.pos, $from.end()).insert(tr.mapping.map(at), N.para.create(null, rest));
        tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(at, -1) + 1));
      } else if (next?.isTextblock && next.content.size === 0) tr.setSelection(TextSelection.create(tr.doc, at + 1));
      else {
        const guidance = next?.type === N.guidance ? next.nodeSize : 0;
        const following = section.maybeChild(guidance ? 2 : 1);
        if (!(guidance && following?.isTextblock && following.content.size === 0))
          tr.insert(at + guidance, guidance ? usual(section) : N.para.create());
        tr.setSelection(TextSelection.create(tr.doc, at + guidance + 1));
      }
      dispatch(tr.scrollIntoView());
    }
    return true;
  }
  if (dispatch) {
    const at = parent.type === N.caption ? $from.after() + 1 : $from.after(2);
    dispatch(
      state.tr.setSelection(Selection.near(state.doc.resolve(Math.min(at, state.doc.content.size)))).scrollIntoView(),
    );
  }
  return true;
};

/** Enter in an empty last line of a quote leaves it; after a sub-heading comes a paragraph. */
export const enterFromBlock = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty) return false;
  if (
    $from.parent.type === N.plain &&
    $from.node(-1)?.type === N.quote &&
    $from.parent.content.size === 0 &&
    $from.node(-1).childCount > 1
  ) {
    if (dispatch) {
      const after = $from.after(-1);
      const tr = state.tr.insert(after, N.para.create()).delete($from.before(), $from.after());
      dispatch(tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(after, -1) + 1))).scrollIntoView());
    }
    return true;
  }
  if (
    $from.depth === 2 &&
    $from.parent.content.size === 0 &&
    $from.parent.type === N.para &&
    $from.parent.attrs.level > 1
  )
    return shift(-1)(state, dispatch);
  if (
    $from.depth === 2 &&
    $from.parent.content.size === 0 &&
    [N.recommendation, N.sourceDocument].includes($from.parent.type)
  ) {
    // the second of two Enters: no more of them, and words again
    const before = $from.index(1) > 0 ? $from.node(1).child($from.index(1) - 1) : null;
    return before?.type === $from.parent.type && turnInto("para")(state, dispatch);
  }
  if ([N.subheading].includes($from.parent.type) && $from.parentOffset === $from.parent.content.size) {
    if (dispatch) {
      const tr = state.tr.insert($from.after(), N.para.create());
      dispatch(tr.setSelection(TextSelection.create(tr.doc, $from.after() + 1)).scrollIntoView());
    }
    return true;
  }
  return false;
};

/** Enter at the end goes on in kind: a paragraph on its level, another recommendation or source; what is kept from the public stays so. */
export const enterOn = splitBlockAs((node, atEnd) => {
  if (!atEnd || ![N.para, N.recommendation, N.sourceDocument].includes(node.type)) return null;
  const attrs = {};
  for (const name of ["level", "numbered", "restricted", "verb", "to"])
    if (name in node.attrs) attrs[name] = node.attrs[name];
  return { type: node.type, attrs };
});

/** Makes a quote of the paragraph at the cursor. */
export const toQuote = (state, dispatch) => {
  const found = topBlockAt(state);
  if (!found?.node.isTextblock || [N.heading, N.guidance].includes(found.node.type)) return false;
  if (dispatch) {
    const { node, pos } = found;
    const { id, restricted } = node.attrs;
    const quote = N.quote.create({ id, restricted }, N.plain.create(null, node.content));
    const tr = state.tr.replaceWith(pos, pos + node.nodeSize, quote);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 2 + state.selection.$from.parentOffset)));
  }
  return true;
};

/** A line of small print under the table at the cursor. */
export const tableNote = (state, dispatch) => {
  const found = around(state, "tableFigure");
  if (!found || found.node.childCount > 2) return false;
  if (dispatch) {
    const at = found.pos + found.node.nodeSize - 1;
    const tr = state.tr.insert(at, N.tableNote.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  }
  return true;
};

/** A section becomes the end of the one before it; its title stays as a sub-heading. */
function joinSection(section, state, dispatch) {
  const before = state.doc.resolve(section.pos).nodeBefore;
  if (!before || !dispatch) return true;
  const title = section.node.firstChild;
  const { restricted } = section.node.attrs;
  const blocks = title.content.size ? [N.subheading.create({ restricted }, title.content)] : [];
  section.node.forEach((block, _, index) => {
    if (index) blocks.push(under(block, restricted));
  });
  const tr = state.tr.delete(section.pos, section.pos + section.node.nodeSize);
  tr.insert(section.pos - 1, blocks);
  dispatch(tr.setSelection(Selection.near(tr.doc.resolve(section.pos - 1))).scrollIntoView());
  return true;
}

/** Backspace at the start: out a level, then out of the list; an empty section goes. */
export const backspaceAtStart = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === N.heading) {
    const section = sectionAt(state);
    const bare =
      section.node.content.size === section.node.firstChild.nodeSize ||
      (section.node.childCount === 2 && section.node.child(1).content.size === 0 && section.node.child(1).isTextblock);
    if ($from.parent.content.size === 0 && bare) return removeBlock(section)(state, dispatch);
    return joinSection(section, state, dispatch);
  }
  if ($from.depth === 4 && $from.index(2) === 0 && leaveList(state, dispatch)) return true;
  if ($from.parent.type === N.para && $from.parent.attrs.numbered && $from.parent.attrs.level > 1)
    return shift(-1)(state, dispatch);
  return false;
};

export const lineBreak = (state, dispatch) => {
  if (!state.selection.$from.parent.type.contentMatch.matchType(N.hardBreak)) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(N.hardBreak.create()).scrollIntoView());
  return true;
};

export const insertInline = (node) => (state, dispatch) => {
  const { $from } = state.selection;
  if (!$from.parent.inlineContent || !$from.parent.type.contentMatch.matchType(node.type)) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(node, false).scrollIntoView());
  return true;
};

export { setBlockType, wrapInList };
