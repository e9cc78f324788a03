// Where things are in a paper: the block and the section of a position, and positions by permanent id.

/** {node, pos} of the innermost block with an id, at or around a position. */
export function blockAt(state, pos = state.selection.from) {
  const { selection } = state;
  if (selection.node && pos === selection.from && selection.node.attrs.id)
    return { node: selection.node, pos: selection.from };
  const $pos = state.doc.resolve(pos);
  for (let depth = $pos.depth; depth > 0; depth--)
    if ($pos.node(depth).attrs.id) return { node: $pos.node(depth), pos: $pos.before(depth) };
  return null;
}

/** The block that stands directly in a section: what can be moved, taken over and commented on. */
export function topBlockAt(state, pos = state.selection.from) {
  const { selection } = state;
  const $pos = state.doc.resolve(pos);
  if ($pos.depth >= 2) return { node: $pos.node(2), pos: $pos.before(2) };
  if (selection.node && pos === selection.from && $pos.depth === 1) return { node: selection.node, pos };
  return null;
}

export function sectionAt(state, pos = state.selection.from) {
  const $pos = state.doc.resolve(pos);
  if ($pos.depth >= 1) return { node: $pos.node(1), pos: $pos.before(1) };
  if (state.selection.node?.type.name === "section") return { node: state.selection.node, pos: state.selection.from };
  return null;
}

export function around(state, name) {
  const { $from, node } = state.selection;
  if (node?.type.name === name) return { node, pos: state.selection.from };
  for (let depth = $from.depth; depth > 0; depth--)
    if ($from.node(depth).type.name === name) return { node: $from.node(depth), pos: $from.before(depth) };
  return null;
}

export function find(doc, id) {
  let found = null;
  doc.descendants((node, pos) => {
    if (found) return false;
    if (node.attrs.id === id) found = { node, pos };
    return !node.isTextblock;
  });
  return found;
}
