// The one schema of papers, boards/document/schema.json, with how each node is drawn while it is edited and read back when it is pasted.
import { Schema } from "prosemirror-model";

import specification from "../../../boards/document/schema.json";

const TAGS = {
  section: "section",
  heading: "h2",
  para: "p",
  subheading: "h3",
  bulletList: "ul",
  orderedList: "ol",
  listItem: "li",
  plain: "p",
  tableFigure: "div",
  caption: "p",
  table: "table",
  tableRow: "tr",
  tableCell: "td",
  tableHeader: "th",
  tableNote: "p",
  figure: "figure",
  image: "img",
  chart: "figure",
  quote: "blockquote",
  recommendation: "p",
  recommendationEcho: "div",
  sourceDocument: "p",
  contactOfficer: "p",
  guidance: "p",
  xref: "span",
  bound: "span",
  tag: "span",
  footnote: "span",
};
const CSS = {
  tableFigure: "table-figure",
  caption: "caption",
  tableNote: "table-note",
  sourceDocument: "source",
  recommendationEcho: "echo",
  contactOfficer: "contact",
};

/** Whether a value is allowed by the rule of schema.json for an attribute. The server asks again. */
export function allowed(rule, value) {
  if (!rule) return false;
  if (rule.pattern) return typeof value === "string" && new RegExp(rule.pattern).test(value);
  if (rule.enum) return rule.enum.includes(value);
  if (rule.boolean) return typeof value === "boolean";
  if (rule.integer) return Number.isInteger(value) && value >= rule.integer[0] && value <= rule.integer[1];
  if (rule.text) return typeof value === "string" && value.length <= rule.text;
  if (rule.widths)
    return (
      Array.isArray(value) &&
      value.every((each) => Number.isInteger(each) && each > 0) &&
      Math.abs(value.reduce((a, b) => a + b, 0) - 100) <= 2 // thirds are written 33 33 33
    );
  return value !== undefined;
}

export const rule = (node, name) => specification.nodes[node]?.attrs?.[name]?.rule;

function changed(node) {
  const kept = {};
  for (const [name, value] of Object.entries(node.attrs))
    if (value !== specification.nodes[node.type.name].attrs[name].default) kept[name] = value;
  return Object.keys(kept).length ? JSON.stringify(kept) : null;
}

function read(name, text) {
  const kept = {};
  let given = {};
  try {
    given = JSON.parse(text || "{}");
  } catch {
    /* not ours */
  }
  for (const [key, { rule: one, default: standard }] of Object.entries(specification.nodes[name].attrs ?? {})) {
    if (key in given && (given[key] === standard || allowed(one, given[key]))) kept[key] = given[key];
  }
  return kept;
}

function css(node) {
  const { name } = node.type,
    a = node.attrs,
    list = [CSS[name] ?? name];
  if (name === "para") list.push(a.numbered ? "numbered" : "");
  if (name === "section") list.push(a.orientation === "landscape" ? "landscape" : "", a.role ? `role-${a.role}` : "");
  if (name === "orderedList") list.push("lettered", a.kind);
  if (name === "recommendation") list.push("numbered");
  if (a.align && a.align !== "left") list.push(`align-${a.align}`);
  if (a.tone && name !== "tag") list.push("tone", `tone--${a.tone}`);
  if (a.restricted) list.push("is-restricted");
  return list.filter(Boolean).join(" ");
}

function draw(name, kind) {
  const leaf = kind.atom && !kind.content;
  return (node) => {
    const attributes = { class: css(node), "data-node": name, "data-attrs": changed(node), id: node.attrs.id };
    if (node.attrs.colspan > 1) attributes.colspan = node.attrs.colspan;
    if (node.attrs.rowspan > 1) attributes.rowspan = node.attrs.rowspan;
    if (name === "table") return ["table", attributes, ["tbody", 0]];
    if (name === "orderedList") attributes.role = "list";
    return leaf ? [TAGS[name], attributes] : [TAGS[name], attributes, 0];
  };
}

const FOREIGN = {
  heading: [{ tag: "h1" }, { tag: "h2" }],
  subheading: [{ tag: "h3" }, { tag: "h4" }, { tag: "h5" }, { tag: "h6" }],
  hardBreak: [{ tag: "br" }],
  bulletList: [{ tag: "ul" }],
  listItem: [{ tag: "li" }],
  orderedList: [{ tag: "ol" }],
  quote: [{ tag: "blockquote" }],
  table: [{ tag: "table" }],
  tableRow: [{ tag: "tr" }],
  tableCell: [{ tag: "td", getAttrs: spans }],
  tableHeader: [{ tag: "th", getAttrs: spans }],
  para: [{ tag: "p", priority: 40 }],
  plain: [{ tag: "p", context: "listItem/|tableCell/|tableHeader/|quote/", priority: 55 }],
};

function spans(element) {
  const align = element.getAttribute("data-align");
  return {
    colspan: Math.min(+element.getAttribute("colspan") || 1, 60),
    rowspan: Math.min(+element.getAttribute("rowspan") || 1, 2000),
    align: ["left", "right", "centre"].includes(align) ? align : null,
  };
}

const nodes = {};
for (const [name, kind] of Object.entries(specification.nodes)) {
  nodes[name] = { ...kind };
  if (TAGS[name]) {
    nodes[name].toDOM = draw(name, kind);
    nodes[name].parseDOM = [
      {
        tag: `[data-node="${name}"]`,
        priority: 70,
        getAttrs: (element) => read(name, element.getAttribute("data-attrs")),
      },
      ...(FOREIGN[name] ?? []),
    ];
  } else if (FOREIGN[name]) Object.assign(nodes[name], { toDOM: () => ["br"], parseDOM: FOREIGN[name] });
}
nodes.xref.leafText = (node) => node.attrs.text ?? "…";
nodes.bound.leafText = nodes.tag.leafText = (node) => node.attrs.text;
nodes.hardBreak.leafText = () => "\n";

const HREF = new RegExp(specification.marks.link.attrs.href.rule.pattern);
export const isAddress = (href) => HREF.test(href ?? "");
const DRAWN = {
  link: {
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noreferrer" }, 0],
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element) =>
          isAddress(element.getAttribute("href")) ? { href: element.getAttribute("href") } : false,
      },
    ],
  },
  definition: { toDOM: () => ["dfn", 0], parseDOM: [{ tag: "dfn" }] },
  restricted: {
    toDOM: (mark) => ["span", { class: "restricted-words", "data-ground": mark.attrs.ground }, 0],
    parseDOM: [{ tag: "span[data-ground]", getAttrs: (element) => ({ ground: element.getAttribute("data-ground") }) }],
  },
  inserted: { toDOM: () => ["ins", 0] },
  deleted: { toDOM: () => ["del", 0] },
  strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
  em: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
  sub: { toDOM: () => ["sub", 0], parseDOM: [{ tag: "sub" }] },
  sup: { toDOM: () => ["sup", 0], parseDOM: [{ tag: "sup" }] },
};
const marks = Object.fromEntries(
  Object.entries(specification.marks).map(([name, kind]) => [name, { ...kind, ...DRAWN[name] }]),
);

export const schema = new Schema({ topNode: specification.topNode, nodes, marks });
