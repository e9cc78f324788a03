// Brings another version of the paper into the one being typed in, as small steps: the cursor, the undo history and words typed since stay.
import { Transform } from "prosemirror-transform";

const keyOf = (node, index) => node.attrs.id ?? `${node.type.name}-${index}`;

/** The longest run of children that both have in the same order, as a set of keys. */
function shared(a, b) {
  const width = b.length + 1,
    table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
  const kept = new Set();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      kept.add(a[i]);
      i++;
      j++;
    } else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
    else j++;
  }
  return kept;
}

const children = (node, start) => {
  const list = [];
  node.forEach((child, offset, index) => list.push({ child, pos: start + offset, key: keyOf(child, index) }));
  return list;
};

/** Steps that make `after` of `before`, from the end backwards so that places stay true. */
export function difference(before, after) {
  const tr = new Transform(before);
  const within = (one, two, start) => {
    if (one.eq(two)) return;
    if (one.isTextblock || one.type.name === "table" || !one.childCount || !two.childCount)
      return words(one, two, start);
    const old = children(one, start),
      fresh = children(two, 0);
    const kept = shared(
      old.map(({ key }) => key),
      fresh.map(({ key }) => key),
    );
    if (!kept.size) return void tr.replaceWith(start, start + one.content.size, two.content);
    let i = old.length - 1,
      end = start + one.content.size;
    for (let j = fresh.length - 1; j >= -1; j--) {
      const stays = j >= 0 && kept.has(fresh[j].key);
      if (j >= 0 && !stays) continue;
      const gone = [];
      while (i >= 0 && !(stays && old[i].key === fresh[j].key)) gone.push(old[i--]);
      const from = gone.length ? gone.at(-1).pos : stays ? old[i].pos + old[i].child.nodeSize : end;
      const to = gone.length ? gone[0].pos + gone[0].child.nodeSize : from;
      const made = [];
      for (let k = j + 1; k < fresh.length && !kept.has(fresh[k].key); k++) made.push(fresh[k].child);
      if (gone.length || made.length) tr.replaceWith(from, to, made);
      if (stays) {
        node(old[i].child, fresh[j].child, old[i].pos);
        end = old[i].pos;
        i--;
      }
    }
  };
  const node = (one, two, pos) => {
    if (one.eq(two)) return;
    if (one.type !== two.type || one.isLeaf) return void tr.replaceWith(pos, pos + one.nodeSize, two);
    within(one, two, pos + 1);
    if (!one.sameMarkup(two))
      for (const [name, value] of Object.entries(two.attrs))
        if (JSON.stringify(one.attrs[name]) !== JSON.stringify(value)) tr.setNodeAttribute(pos, name, value);
  };
  const words = (one, two, start) => {
    const from = one.content.findDiffStart(two.content);
    if (from === null) return;
    let { a, b } = one.content.findDiffEnd(two.content);
    const overlap = from - Math.min(a, b);
    if (overlap > 0) {
      a += overlap;
      b += overlap;
    }
    tr.replace(start + from, start + a, two.slice(from, b));
  };
  within(before, after, 0);
  return tr;
}

/** Puts what `after` changed since `before` into the view, past `since`: the mapping of everything typed after `before`. */
export function fold(view, before, after, since) {
  const steps = difference(before, after).steps;
  if (!steps.length) return true;
  const tr = view.state.tr;
  // each step is written for the paper after the steps before it: undo those, pass what was typed, do them again
  const mapping = since.slice();
  let whole = true;
  const earlier = [];
  steps.forEach((step) => {
    const back = earlier.length ? earlier.reduceRight((maps, map) => (maps.push(map.invert()), maps), []) : [];
    const path = mapping.slice();
    const all = path; // positions: back through ours, forward through the typing, forward through ours as applied
    const map = {
      map: (pos, assoc = 1) => forward(all, tr, backward(back, pos, assoc), assoc),
      mapResult: (pos, assoc = 1) => {
        const at = backward(back, pos, assoc);
        const result = all.mapResult(at, assoc);
        return {
          pos: tr.mapping.map(result.pos, assoc),
          deleted: result.deleted,
          deletedAcross: result.deletedAcross,
          deletedBefore: result.deletedBefore,
          deletedAfter: result.deletedAfter,
        };
      },
    };
    const moved = step.map(map);
    const result = moved ? tr.maybeStep(moved) : null;
    if (!result || result.failed) whole = false;
    earlier.push(step.getMap());
  });
  view.dispatch(tr.setMeta("remote", true).setMeta("addToHistory", false));
  return whole;
}

const backward = (maps, pos, assoc) => maps.reduce((at, map) => map.map(at, assoc), pos);
const forward = (mapping, tr, pos, assoc) => tr.mapping.map(mapping.map(pos, assoc), assoc);
