// What comes from Word and from web pages, made into the blocks of a paper. Word writes lists, numbers and captions as paragraphs with
// styles of its own; here they become lists, levels and captions again. Styles, comments and tracked deletions do not come along.
const STYLE = /(<[a-z][^>]*?\s)style\s*=/gi;
const NUMBER = /^[\s\u00a0]*(\d+(?:\.\d+)+)[.)]?[\s\u00a0\t]+/;

export function cleanPasted(html) {
  if (/data-pm-slice|data-node=/.test(html)) return html;
  const text = html
    .replace(/<!--\[if !supportLists\]-->([\s\S]*?)<!--\[endif\]-->/g, '<span data-marker="1">$1</span>')
    .replace(/<!\[if !supportLists\]>([\s\S]*?)<!\[endif\]>/g, '<span data-marker="1">$1</span>')
    .replace(/<style[\s>][\s\S]*?<\/style>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[\s\S]*?\]>/g, "")
    .replace(/<\/?(?:o|w|m|v|st1):[^>]*>/g, "")
    .replace(STYLE, "$1data-css="); // so that the security policy has nothing to refuse
  const body = new DOMParser().parseFromString(text, "text/html").body;
  body
    .querySelectorAll(
      "style,script,meta,link,xml,title,del,svg,iframe,object,form,input,button,.MsoCommentReference,.MsoCommentText,[class*=msocom],a[href^='#_msocom'],a[href^='#_ftn'],[data-css*='mso-element:comment']",
    )
    .forEach((element) => element.remove());
  body.querySelectorAll("[data-css*='mso-tab-count']").forEach((element) => element.replaceWith("\t"));
  unwrapContainers(body);
  styled(body);
  for (const paragraph of [...body.querySelectorAll("p,h1,h2,h3,h4,h5,h6")]) classify(paragraph);
  gatherLists(body);
  for (const table of [...body.querySelectorAll("table")]) if (!table.parentElement.closest("table")) figureOf(table);
  body.querySelectorAll("li").forEach(itemOf);
  body.querySelectorAll("td,th,blockquote").forEach(linesOf);
  for (const paragraph of body.querySelectorAll("p:not([data-node])"))
    if (!/[^\s\u00a0]/.test(paragraph.textContent)) paragraph.remove();
  body
    .querySelectorAll("span:not([data-node]):not([data-ground]),font,u,a:not([href])")
    .forEach((element) => element.replaceWith(...element.childNodes));
  body.querySelectorAll("img").forEach((element) => element.remove());
  for (const element of body.querySelectorAll("*"))
    for (const name of element.getAttributeNames()) if (!KEPT.has(name)) element.removeAttribute(name);
  tidyText(body);
  sections(body);
  return body.innerHTML;
}

const KEPT = new Set(["data-node", "data-attrs", "data-align", "data-ground", "href", "colspan", "rowspan"]);
const css = (element) => element.getAttribute("data-css") ?? "";
const node = (element, name, attrs) => {
  element.setAttribute("data-node", name);
  if (attrs) element.setAttribute("data-attrs", JSON.stringify(attrs));
  return element;
};
const made = (element, tag, name, attrs) => {
  const other = node(element.ownerDocument.createElement(tag), name, attrs);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
};

function unwrapContainers(body) {
  body.querySelectorAll("div,section,article,main,center,header,footer").forEach((element) => {
    if (element.querySelector("p,h1,h2,h3,h4,h5,h6,table,ul,ol,div,blockquote"))
      element.replaceWith(...element.childNodes);
    else {
      const paragraph = element.ownerDocument.createElement("p");
      paragraph.append(...element.childNodes);
      element.replaceWith(paragraph);
    }
  });
}

/** Bold and italic that are styles of a span become marks. */
function styled(body) {
  for (const span of body.querySelectorAll("span,font")) {
    const style = css(span);
    for (const [pattern, tag] of [
      [/font-weight:\s*(?:bold|[6-9]00)/, "strong"],
      [/font-style:\s*italic/, "em"],
      [/vertical-align:\s*super/, "sup"],
      [/vertical-align:\s*sub/, "sub"],
    ]) {
      if (pattern.test(style) && span.textContent.trim()) {
        const wrap = span.ownerDocument.createElement(tag);
        wrap.append(...span.childNodes);
        span.append(wrap);
      }
    }
  }
  body.querySelectorAll("b,strong").forEach((element) => {
    if (/font-weight:\s*(?:normal|400)/.test(css(element))) element.replaceWith(...element.childNodes);
  });
}

function classify(element) {
  const style = css(element),
    name = element.className ?? "";
  const list = /mso-list:\s*l\d+\s+level(\d+)/.exec(style);
  let marker = "";
  element
    .querySelectorAll("[data-marker],[data-css*='mso-list:Ignore'],[data-css*='mso-list: Ignore']")
    .forEach((span) => {
      if (element.contains(span)) {
        marker += span.textContent;
        span.remove();
      }
    });
  marker = marker.replace(/[\s\u00a0]+/g, "");
  if (/^H[1-2]$/.test(element.tagName) || /MsoTitle/.test(name)) return void made(element, "h2", "heading");
  if (/^H[3-6]$/.test(element.tagName)) return void made(element, "h3", "subheading");
  if (/MsoCaption/.test(name)) return void element.setAttribute("data-caption", "1");
  if (list) {
    const bold =
      element.textContent.trim().length < 90 &&
      element.textContent.trim() &&
      [...element.querySelectorAll("b,strong")]
        .map((each) => each.textContent)
        .join("")
        .trim() === element.textContent.trim();
    if (/^\d+\.?$/.test(marker) && +list[1] === 1 && bold) {
      element.textContent = element.textContent.trim();
      return void made(element, "h2", "heading");
    }
    if (/^\d+(?:\.\d+)+\.?$/.test(marker))
      return void node(element, "para", {
        level: Math.min(3, Math.max(1, marker.split(".").filter(Boolean).length - 1)),
        printed: marker.replace(/\.$/, ""),
      });
    element.dataset.list =
      /^\(?(?:i|ii|iii|iv|v|vi{0,3}|ix|x)[).]?$/i.test(marker) &&
      !/^\(?i[).]?$/i.test(element.previousElementSibling?.dataset?.list ?? "")
        ? "roman"
        : /^\(?[a-z]{1,2}[).]/i.test(marker)
          ? "alpha"
          : /^\(?\d+[).]?/.test(marker)
            ? "decimal"
            : "bullet";
    element.dataset.depth = list[1];
    return;
  }
  const typed = NUMBER.exec(element.textContent);
  if (typed && !element.closest("td,th,li")) {
    strip(element, typed[0].length);
    node(element, "para", { level: Math.min(3, Math.max(1, typed[1].split(".").length - 1)), printed: typed[1] });
  }
}

/** Takes the first characters of an element away, across the elements within. */
function strip(element, count) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (count > 0 && walker.nextNode()) {
    const cut = Math.min(count, walker.currentNode.data.length);
    walker.currentNode.data = walker.currentNode.data.slice(cut);
    count -= cut;
  }
}

const isItem = (element) => element?.dataset?.list;

function listOf(doc, kind) {
  return kind === "bullet"
    ? node(doc.createElement("ul"), "bulletList")
    : node(doc.createElement("ol"), "orderedList", { kind });
}

/** Runs of Word's list paragraphs become lists within lists, by their levels. */
function gatherLists(body) {
  for (const first of [...body.querySelectorAll("p[data-list]")]) {
    if (!first.isConnected || first.closest("li")) continue;
    const doc = body.ownerDocument,
      place = doc.createComment("");
    first.before(place);
    const stack = [],
      roots = [];
    for (let current = first; isItem(current);) {
      const next = current.nextElementSibling,
        depth = +current.dataset.depth,
        kind = current.dataset.list;
      while (stack.length && stack.at(-1).depth > depth) stack.pop();
      let top = stack.at(-1);
      if (!top || top.depth < depth) {
        const list = listOf(doc, kind);
        const host = top?.list.lastElementChild;
        if (host) host.append(list);
        else roots.push(list);
        stack.push((top = { list, depth, kind }));
      } else if (top.kind !== kind && stack.length === 1 && !(top.kind === "alpha" && kind === "roman")) {
        const list = listOf(doc, kind);
        roots.push(list);
        stack[0] = top = { list, depth, kind };
      }
      const item = doc.createElement("li"),
        words = node(doc.createElement("p"), "plain");
      words.append(...current.childNodes);
      item.append(words);
      top.list.append(item);
      current.remove();
      current = next;
    }
    place.replaceWith(...roots);
  }
}

/** A list item holds its words first, then lists. */
function itemOf(item) {
  node(item, "listItem");
  const doc = item.ownerDocument;
  const lists = [...item.children].filter((child) => /^[UO]L$/.test(child.tagName));
  lists.forEach((list) => {
    if (!list.dataset.node) node(list, list.tagName === "UL" ? "bulletList" : "orderedList");
    list.remove();
  });
  const words = node(doc.createElement("p"), "plain");
  const paragraphs = [...item.querySelectorAll("p")];
  if (paragraphs.length)
    paragraphs.forEach((paragraph, index) => {
      if (index) words.append(doc.createElement("br"));
      words.append(...paragraph.childNodes);
      paragraph.remove();
    });
  else words.append(...item.childNodes);
  item.replaceChildren(words, ...lists);
}

function linesOf(cell) {
  cell.querySelectorAll("ul,ol").forEach((list) => {
    // a cell holds lines, not lists
    list.replaceWith(
      ...[...list.querySelectorAll("li")].map((item) => {
        const line = cell.ownerDocument.createElement("p");
        line.append("• ", ...(item.querySelector("p") ?? item).childNodes);
        return line;
      }),
    );
  });
  const blocks = [...cell.querySelectorAll("p,h2,h3")];
  if (!blocks.length) {
    const line = cell.ownerDocument.createElement("p");
    line.append(...cell.childNodes);
    cell.append(line);
    blocks.push(line);
  }
  for (const block of blocks) {
    block.removeAttribute("data-attrs");
    if (block.tagName === "P") node(block, "plain");
    else made(block, "p", "plain");
  }
  cell.childNodes.forEach((child) => {
    if (child.nodeType === 3 && !child.data.trim()) child.remove();
  });
}

/** How the words of a cell are set, when not to the left. */
function sideOf(cell) {
  const set = (word) =>
    cell.querySelector(`[align=${word}],[data-css*='text-align:${word}']`) ||
    new RegExp(word).test(cell.getAttribute("align") ?? "") ||
    new RegExp(`text-align:\\s*${word}`).test(css(cell));
  if (set("right")) return "right";
  return set("center") ? "centre" : null;
}

/** The same cell as a header. */
function headOf(cell) {
  const head = cell.ownerDocument.createElement("th");
  for (const name of ["colspan", "rowspan", "data-align"]) {
    if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
  }
  head.append(...cell.childNodes);
  cell.replaceWith(head);
}

function figureOf(table) {
  const doc = table.ownerDocument;
  table.querySelectorAll("table").forEach((inner) => inner.replaceWith(...[...inner.querySelectorAll("p")]));
  const words = table.caption?.textContent ?? "";
  table.caption?.remove();
  const before = table.previousElementSibling,
    after = table.nextElementSibling;
  const caption = node(doc.createElement("p"), "caption");
  const neighbour = before?.dataset.caption ? before : after?.dataset.caption ? after : null;
  caption.textContent = (neighbour?.textContent ?? words)
    .replace(/^[\s\u00a0]*Table[\s\u00a0]*\d*[\s\u00a0]*[:.–-]?[\s\u00a0]*/i, "")
    .replace(/\s+/g, " ")
    .trim();
  neighbour?.remove();
  const figure = node(doc.createElement("div"), "tableFigure");
  table.replaceWith(figure);
  figure.append(caption, node(table, "table"));
  const first = table.rows[0];
  const isHead = (cell) =>
    cell.tagName === "TH" ||
    !cell.textContent.trim() ||
    cell.querySelector("b,strong") ||
    /font-weight:\s*(?:bold|[6-9]00)/.test(css(cell));
  const titled =
    first && (first.parentElement.tagName === "THEAD" || ([...first.cells].every(isHead) && first.textContent.trim()));
  // a header cell that goes down takes the rows beside it along
  const heads = titled ? Math.max(1, ...[...first.cells].map((cell) => cell.rowSpan)) : 0;
  [...table.rows].forEach((row, index) => {
    for (const cell of [...row.cells]) {
      const side = sideOf(cell);
      if (side) cell.setAttribute("data-align", side);
      if (index < heads && cell.tagName !== "TH") headOf(cell);
    }
  });
  table.querySelectorAll("th b,th strong").forEach((element) => element.replaceWith(...element.childNodes));
  table.querySelectorAll("thead,tbody,tfoot").forEach((part) => part.replaceWith(...part.childNodes));
}

function tidyText(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    walker.currentNode.data = walker.currentNode.data
      .replace(/[ \t\r\n]+/g, " ")
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, "");
}

/** From the first title on, everything belongs to a section. */
function sections(body) {
  if (!body.querySelector(":scope > h2")) return;
  let section = null;
  for (const child of [...body.childNodes]) {
    if (child.nodeName === "H2") {
      section = node(body.ownerDocument.createElement("section"), "section");
      child.before(section);
    }
    if (section) section.append(child);
  }
}
