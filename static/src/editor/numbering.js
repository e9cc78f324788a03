// The numbers of a paper, derived from position. The server counts them in boards/document/numbering.py; both are held to
// tests/boards/document/numbering_vectors.json.
const ROMAN = [
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** 1 is a, 26 is z, 27 is aa. */
export function letters(count) {
  let answer = "";
  while (count > 0) {
    answer = String.fromCharCode(97 + ((count - 1) % 26)) + answer;
    count = Math.floor((count - 1) / 26);
  }
  return answer;
}

export function roman(count) {
  let answer = "";
  for (const [value, numeral] of ROMAN)
    while (count >= value) {
      answer += numeral;
      count -= value;
    }
  return answer;
}

/** The mark of a list item: (a), (i) or 1. */
export function ordinal(kind, count) {
  return kind === "decimal" ? String(count) : `(${kind === "roman" ? roman(count) : letters(count)})`;
}

/** [{pos, node, number, label}] of every numbered block of a ProseMirror document, in order. */
export function number(doc) {
  const entries = [];
  let sections = 0,
    appendices = 0,
    tables = 0,
    figures = 0;
  const put = (pos, node, number, label) => entries.push({ pos, node, number, label });

  const list = (node, pos, above) => {
    const kind = node.type.name === "orderedList" ? node.attrs.kind : null;
    node.forEach((item, offset, index) => {
      const at = pos + 1 + offset;
      let label = above;
      if (kind) {
        const mark = ordinal(kind, index + 1);
        if (kind === "decimal") label = above ? `${above}, item ${mark}` : `item ${mark}`;
        else label = above ? `${above}${mark}` : `item ${mark}`;
        put(at, item, mark, label);
      }
      item.forEach((nested, inner, place) => {
        if (place > 0) list(nested, at + 1 + inner, label);
      });
    });
  };

  const block = (node, pos, prefix, counts, above) => {
    const name = node.type.name,
      attrs = node.attrs;
    if (name === "para" || name === "recommendation") {
      if (attrs.numbered === false || prefix === null) return above;
      const level = Math.min(name === "para" ? attrs.level : 1, counts.length + 1);
      counts.length = Math.min(counts.length, level);
      if (counts.length < level) counts.push(0);
      counts[level - 1] += 1;
      const made = [prefix, ...counts].join(".");
      const label = `${name === "para" ? "paragraph" : "recommendation"} ${made}`;
      put(pos, node, made, label);
      return label;
    }
    if (name === "tableFigure" || name === "figure" || name === "chart") {
      if (attrs.numbered) {
        const made = name === "tableFigure" ? `Table ${++tables}` : `Figure ${++figures}`;
        put(pos, node, made, made);
      }
    } else if (name === "bulletList" || name === "orderedList") list(node, pos, above);
    return above;
  };

  doc.forEach((section, offset) => {
    let prefix = null;
    if (section.attrs.numbered) {
      if (section.attrs.role === "appendix") {
        prefix = letters(++appendices).toUpperCase();
        put(offset, section, `Appendix ${prefix}`, `Appendix ${prefix}`);
      } else {
        prefix = String(++sections);
        put(offset, section, prefix, `section ${prefix}`);
      }
    }
    const counts = [];
    let above = null;
    section.forEach((node, inner, index) => {
      if (index > 0) above = block(node, offset + 1 + inner, prefix, counts, above);
    });
  });
  return entries;
}
