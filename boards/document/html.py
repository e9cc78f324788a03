"""A document as HTML: one rendering for the reader on screen and for the tagged PDF.

Semantic and without styles or scripts of its own. Numbers are real text in ``span.num``, so that they can be searched,
copied and read out. Every block's ``id`` is its permanent id; a named place is also at ``anchor_id(target)``. What the
style sheets may rely on is listed in ``README.md``.
"""

from html import escape

import nh3

from . import numbering
from .context import Context, Place, anchor_id, ask
from .inline import InlineWriter, attribute, local_places
from .tables import TableWriter, width_rules

__all__ = ["ALLOWED", "Context", "Place", "anchor_id", "clean", "render", "width_rules"]

# Everything that render can write; nh3 with this list takes nothing away from it.
ALLOWED: dict = {
    "tags": {
        "a", "blockquote", "br", "caption", "col", "colgroup", "del", "dfn", "div", "em", "figcaption", "figure",
        "h1", "h2", "h3", "h4", "h5", "h6", "img", "ins", "li", "ol", "p", "section", "span", "strong", "sub", "sup",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    },
    "attributes": {
        "*": {"class", "id"},
        "a": {"href"},
        "div": {"role", "aria-labelledby", "tabindex"},
        "img": {"src", "alt"},
        "ol": {"role"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    "url_schemes": {"http", "https", "mailto"},
    "link_rel": None,
}  # fmt: skip

_NO_HOOK = ("", "")


def clean(html: str) -> str:
    """HTML from outside with everything taken away that a document could not have written."""
    return nh3.clean(html, **ALLOWED)


def render(
    document: dict,
    *,
    numbers=None,
    context=None,
    heading_level: int = 2,
    show_guidance: bool = False,
    notes: dict | None = None,
) -> str:
    """The document as HTML.

    ``numbers`` is a Numbering or the frozen dict of an edition; without it the numbers are counted. ``context`` is
    described in :mod:`boards.document.context`. Sections have headings of ``heading_level``, sub-headings one deeper.
    Guidance is left out unless ``show_guidance``. ``notes`` gives blocks, list items and rows a class and a visible
    label by id, as ``{id: (class, label)}``: the redline uses it.
    """
    if numbers is None:
        numbers = numbering.number(document)
    elif isinstance(numbers, dict):
        numbers = numbering.Numbering.from_dict(numbers)
    writer = _Writer(document, numbers, context or Context(), level=heading_level, notes=notes or {})
    writer.show_guidance = show_guidance
    return writer.document()


class _Writer:
    show_guidance = False

    def __init__(self, document, numbers, context, *, level, notes):
        self.source, self.numbers, self.context, self.level = document, numbers, context, level
        self.notes = notes
        self.inline = InlineWriter(numbers=numbers, context=context, places=local_places(document, numbers))
        self.tables = TableWriter(self.inline, anchor=self.anchor, row_hook=self.row_hook)
        self.landscape = False

    def document(self) -> str:
        html = "".join(map(self.section, self.source.get("content", [])))
        if self.inline.footnotes:
            title = f"<h{self.level}>Footnotes</h{self.level}>"
            items = self.inline.notes()
            html += f'<section class="footnotes">{title}<ol class="lettered" role="list">{items}</ol></section>'
        return html

    # Small parts

    def anchor(self, node: dict) -> str:
        target = (node.get("attrs") or {}).get("anchor")
        return f'<span id="{anchor_id(target)}"></span>' if target and not self.inline.quiet else ""

    def num(self, node: dict) -> str:
        number = self.numbers.number(node["attrs"]["id"])
        return f'<span class="num">{escape(number)}</span> ' if number else ""

    def opening(self, tag: str, node: dict, *classes: str) -> str:
        css = " ".join(filter(None, classes))
        return f'<{tag} id="{attribute(node["attrs"]["id"])}"' + (f' class="{css}">' if css else ">")

    def restriction(self, node: dict) -> str:
        code = node["attrs"].get("restricted")
        return f"Not for publication: {ask(self.context, 'ground')(code)}" if code else ""

    def row_hook(self, node: dict) -> tuple[str, str]:
        """The class of a row or list item, and the labels that lead its words."""
        name, label = self.notes.get(node["attrs"]["id"], _NO_HOOK)
        css, lead = [f"change change--{name}"] if name else [], ""
        if label:
            lead += f'<span class="change__label">{escape(label, quote=False)}</span> '
        if node["attrs"].get("restricted"):
            css.append("restricted")
            lead += f'<span class="restricted__label">{escape(self.restriction(node), quote=False)}</span> '
        return " ".join(css), lead

    # Sections and blocks

    def section(self, node: dict) -> str:
        attrs = node["attrs"]
        heading, *blocks = node["content"]
        self.landscape = attrs.get("orientation") == "landscape"
        name, label = self.notes.get(attrs["id"], _NO_HOOK)
        classes = [
            "landscape" if self.landscape else "",
            f"role-{attrs['role']}" if attrs.get("role") else "",
            "restricted" if attrs.get("restricted") else "",
            f"change change--{name}" if name else "",
        ]
        self.inline.block_id = attrs["id"]
        title = f"{self.num(node)}{self.inline.write(heading.get('content'))}"
        parts = [self.opening("section", node, "section", *classes), self.anchor(node)]
        if label:
            parts.append(f'<p class="change__label">{escape(label, quote=False)}</p>')
        if title:  # a heading without words would be announced as one
            parts.append(f"<h{self.level}>{title}</h{self.level}>")
        if attrs.get("restricted"):
            parts.append(f'<p class="restricted__label">{escape(self.restriction(node), quote=False)}</p>')
        index = 0
        while index < len(blocks):
            if blocks[index]["type"] in ("sourceDocument", "contactOfficer"):
                end = index
                while end < len(blocks) and blocks[end]["type"] in ("sourceDocument", "contactOfficer"):
                    end += 1
                parts.append(self.bibliography(blocks[index:end]))
                index = end
            else:
                parts.append(self.block(blocks[index]))
                index += 1
        parts.append("</section>")
        return "".join(parts)

    def block(self, node: dict) -> str:
        self.inline.block_id = node["attrs"]["id"]
        html = getattr(self, node["type"])(node)
        name, label = self.notes.get(node["attrs"]["id"], _NO_HOOK)
        if html and node["attrs"].get("restricted"):
            title = escape(self.restriction(node), quote=False)
            html = f'<div class="restricted"><p class="restricted__label">{title}</p>{html}</div>'
        if html and name:
            title = f'<p class="change__label">{escape(label, quote=False)}</p>' if label else ""
            html = f'<div class="change change--{name}">{title}{html}</div>'
        return html

    def words(self, node: dict) -> str:
        return self.anchor(node) + self.inline.write(node.get("content"))

    def para(self, node: dict) -> str:
        number = self.num(node)
        level = self.numbers.number(node["attrs"]["id"]).count(".") if number else 0
        classes = ("para", "numbered" if number else "", f"level-{level}" if level > 1 else "")
        return f"{self.opening('p', node, *classes)}{number}{self.words(node)}</p>"

    def subheading(self, node: dict) -> str:
        level = min(self.level + 1, 6)
        words = self.words(node)
        return f"{self.opening(f'h{level}', node)}{words}</h{level}>" if words else ""

    def bulletList(self, node: dict) -> str:
        return f"{self.anchor(node)}{self.opening('ul', node)}{''.join(map(self.item, node['content']))}</ul>"

    def orderedList(self, node: dict) -> str:
        html = self.opening("ol", node, "lettered", node["attrs"]["kind"]).replace("<ol ", '<ol role="list" ', 1)
        return f"{self.anchor(node)}{html}{''.join(map(self.item, node['content']))}</ol>"

    def item(self, node: dict) -> str:
        plain, *nested = node["content"]
        name, lead = self.row_hook(node)
        words = f"{self.anchor(node)}{lead}{self.inline.write(plain.get('content'))}"
        html = f"{self.opening('li', node, name)}{self.num(node)}{words}"
        return f"{html}{''.join(getattr(self, child['type'])(child) for child in nested)}</li>"

    def tableFigure(self, node: dict) -> str:
        caption = f"{self.num(node)}{self.inline.write(node['content'][0].get('content'))}"
        html = self.tables.write(node, caption, landscape=self.landscape)
        note = self.inline.write(node["content"][2].get("content")) if len(node["content"]) > 2 else ""
        note = f'<p class="table-note">{note}</p>' if note else ""
        return f"{self.opening('div', node, 'table-figure')}{self.anchor(node)}{html}{note}</div>"

    def figure(self, node: dict) -> str:
        caption, image = node["content"]
        attrs = image["attrs"]
        width = f' class="w-{attrs["width"]}"' if attrs.get("width") else ""
        src = ask(self.context, "image_src")(attrs["src"]) if attrs["src"] else ""
        picture = f'<img src="{attribute(src)}" alt="{attribute(attrs["alt"])}"{width}>' if src else ""
        words = f"<figcaption>{self.num(node)}{self.inline.write(caption.get('content'))}</figcaption>"
        return f"{self.opening('figure', node, 'figure')}{self.anchor(node)}{words}{picture}</figure>"

    def chart(self, node: dict) -> str:
        attrs = node["attrs"]
        drawing = ask(self.context, "chart")(attrs["kind"], attrs["data"], attrs["caption"], attrs["alt"])
        if drawing is None:
            drawing = f'<p class="chart__alternative">{escape(attrs["alt"], quote=False)}</p>'
        words = f"<figcaption>{self.num(node)}{escape(attrs['caption'], quote=False)}</figcaption>"
        return f"{self.opening('figure', node, 'chart')}{self.anchor(node)}{words}{drawing}</figure>"

    def quote(self, node: dict) -> str:
        lines = "".join(f"<p>{self.inline.write(line.get('content'))}</p>" for line in node["content"])
        return f"{self.opening('blockquote', node)}{self.anchor(node)}{lines}</blockquote>"

    def recommended(self, node: dict) -> str:
        attrs = node["attrs"]
        who = escape(ask(self.context, "addressee")(attrs["to"]), quote=False)
        return f"{who} is recommended to <strong>{attrs['verb']}</strong> {self.inline.write(node.get('content'))}"

    def recommendation(self, node: dict) -> str:
        number = self.num(node)
        classes = ("recommendation", "numbered" if number else "")
        html = f"{self.opening('p', node, *classes)}{number}{self.anchor(node)}{self.recommended(node)}</p>"
        outcome = node["attrs"].get("outcome")
        return html + (f'<p class="outcome">Outcome: {escape(outcome, quote=False)}</p>' if outcome else "")

    def recommendationEcho(self, node: dict) -> str:
        found = [
            block
            for section in self.source["content"]
            for block in section["content"][1:]
            if block["type"] == "recommendation"
        ]
        if not found:
            return f"{self.opening('div', node, 'echo')}{self.anchor(node)}</div>"
        self.inline.quiet = True
        items = []
        for block in found:
            number = self.numbers.number(block["attrs"]["id"])
            link = f'<a href="#{attribute(block["attrs"]["id"])}" class="num">{escape(number)}</a> ' if number else ""
            items.append(f"<li>{link}{self.recommended(block)}</li>")
        self.inline.quiet = False
        return (
            f'{self.opening("div", node, "echo")}{self.anchor(node)}<ol class="lettered" role="list">'
            f"{''.join(items)}</ol></div>"
        )

    def bibliography(self, nodes: list[dict]) -> str:
        """The two-row table at the end of a paper: source documents, contact officers."""
        cells = []
        for title, name in (("Source documents", "sourceDocument"), ("Contact officers", "contactOfficer")):
            lines = [self.block(node) for node in nodes if node["type"] == name]
            if lines:
                cells.append(f'<tr><th scope="row">{title}</th><td>{"".join(lines)}</td></tr>')
        caption = '<caption class="govuk-visually-hidden">Source documents and contact officers</caption>'
        columns = '<colgroup><col class="w-30"><col class="w-70"></colgroup>'
        return f'<table class="bibliography table--fixed">{caption}{columns}<tbody>{"".join(cells)}</tbody></table>'

    def sourceDocument(self, node: dict) -> str:
        words = self.inline.write(node.get("content"))
        href = node["attrs"].get("href")
        if href and "<a " not in words:
            words = f'<a href="{attribute(href)}">{words or escape(href, quote=False)}</a>'
        return f"{self.opening('p', node, 'source')}{self.anchor(node)}{words}</p>"

    def contactOfficer(self, node: dict) -> str:
        role, mailbox = node["attrs"]["role"], node["attrs"]["mailbox"]
        words = escape(role, quote=False)
        if mailbox:
            link = f'<a href="mailto:{attribute(mailbox)}">{escape(mailbox, quote=False)}</a>'
            words = f"{words}, {link}" if words else link
        return f"{self.opening('p', node, 'contact')}{self.anchor(node)}{words}</p>"

    def guidance(self, node: dict) -> str:
        if not self.show_guidance:
            return ""
        return f"{self.opening('p', node, 'guidance')}<strong>Guidance:</strong> {self.words(node)}</p>"
