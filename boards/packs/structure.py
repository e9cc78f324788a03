"""The tag tree of a fragment, built from WeasyPrint's boxes.

WeasyPrint 70 tags each page by itself: a paragraph that crosses a page becomes two, a table as many tables as it has pages,
and repeated header rows are read out on every page. Here one element of the source is one structure element however many
pages it covers, repeated header rows are artifacts, and header cells say whether they head a column or a row
(PDF/UA-1, ISO 14289-1, 7.1, 7.5 and 7.18.5).
"""

from collections import Counter

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

POINTS = 0.75  # PDF points in a CSS pixel

TAGS = {
    "article": "Art", "section": "Sect", "nav": "Sect", "aside": "Sect", "blockquote": "BlockQuote", "p": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption", "a": "Link",
    "img": "Figure", "{http://www.w3.org/2000/svg}svg": "Figure", "figure": "Div",
}  # fmt: skip
# Elements that may not hold text themselves: a run of text directly inside one is wrapped in a paragraph.
GROUPING = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "TOC",
    "L",
    "Table",
    "THead",
    "TBody",
    "TFoot",
    "TR",
}
READ_AGAIN = (
    2  # pages of a table whose header is read again on the second; of a longer one it is running text (an artifact)
)
SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


class Node:
    """One structure element: `object` is its PDF dictionary, `tag` its type, `page` the page it starts on."""

    __slots__ = ("body", "object", "page", "parent", "tag")

    def __init__(self, pdf, tag, parent, page, pages):
        self.tag, self.parent, self.page, self.body = tag, parent, page, None
        self.object = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag}", "K": pydyf.Array()})
        pdf.add_object(self.object)
        if parent is not None:
            self.object["P"] = parent.object.reference
            parent.object["K"].append(self.object.reference)
        if page is not None:
            self.object["Pg"] = pages[page]


class Builder:
    """Walks the boxes of all pages in order and keeps one node for each source element."""

    def __init__(self, pdf, document):
        self.pdf, self.document = pdf, document
        self.pages = pdf.page_references
        self.root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(self.root)
        self.top = Node(pdf, "Document", None, None, self.pages)
        self.top.object["P"] = self.root.reference
        self.root["K"] = pydyf.Array([self.top.object.reference])
        self.nodes = {}
        self.headers_seen = {}
        self.annotations = []
        self.notes, self.parents = 0, None

    def build(self, streams):
        parent_tree = pydyf.Dictionary({"Nums": pydyf.Array()})
        self.pdf.add_object(parent_tree)
        self.root["ParentTree"] = parent_tree.reference
        self.headers = Counter(
            box.element
            for page in self.document.pages
            for box in page._page_box.descendants()
            if isinstance(box, boxes.TableRowGroupBox) and box.element_tag == "thead"
        )
        for number, (page, stream) in enumerate(zip(self.document.pages, streams, strict=True)):
            self.number, self.page, self.tags = number, page, stream._tags
            self.owners, self.artifacts = {}, set()
            self.walk(page._page_box, self.top, None)
            for mark in self.tags.values():  # drawn, yet in no box we walked: decoration
                self.artifacts.add(mark["mcid"])
            self.tags.clear()
            self.make_artifacts(stream)
            last = max(self.owners, default=-1)
            row = pydyf.Array(self.owners.get(mcid, b"null") for mcid in range(last + 1))
            parent_tree["Nums"].extend([number, row])
        for key, (node, annotation) in enumerate(self.annotations, start=len(self.pages)):
            parent_tree["Nums"].extend([key, node.object.reference])
            annotation["StructParent"] = key
        self.root["ParentTreeNextKey"] = len(self.pages) + len(self.annotations)

    def walk(self, box, parent, block):
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self.hide(box)
            return
        node = parent
        name = box.element_tag if box.element is not None else None
        is_head = name == "thead" and isinstance(box, boxes.TableRowGroupBox)
        if is_head and self.headers_seen.setdefault(box.element, self.number) != self.number:
            if self.headers[box.element] > READ_AGAIN:
                self.hide(box)
                return
            for inner in box.element.iter():
                if inner is not box.element:
                    self.nodes.pop(inner, None)  # a row of its own in the same head
        if isinstance(box, boxes.BlockContainerBox):
            block = box
        if name is not None:
            node = self.node_of(box, name, parent)
        if box.link_annotation:
            self.add_link(node, box)
        if isinstance(box, boxes.TextBox) or (isinstance(box, boxes.ReplacedBox) and box in self.tags):
            mark = self.tags.pop(box, None)
            if mark is not None:
                self.own(self.holder(node, block), mark["mcid"])
        for child in getattr(box, "children", ()):
            self.walk(child, node, block)

    def node_of(self, box, name, parent):
        element = box.element
        if name in ("html", "body"):
            return self.top
        if name == "li::marker":
            return self.label_of(element, parent)
        if "::" in name and element.get("class") == "leader":
            self.hide(box)  # dots between a title and its page are not for reading out
        if "::" in name:
            return self.nodes.get(element, parent)
        if (found := self.nodes.get(element)) is not None:
            return found.body or found
        tag = element.get("data-pdf") or TAGS.get(name)
        if tag == "Note":
            return self.add_note(element, parent)
        if not tag:
            return parent
        if (
            tag in ("TR", "TH", "TD", "Table")
            and isinstance(box, boxes.BlockContainerBox | boxes.LineBox)
            and (
                not isinstance(box, boxes.TableCellBox | boxes.TableBox) and not getattr(box, "is_table_wrapper", False)
            )
        ):
            return parent
        if tag == "LI":
            self.nodes[element] = self.new_item(parent)
            return self.nodes[element].body
        node = self.nodes[element] = Node(self.pdf, tag, parent, self.number, self.pages)
        self.describe(node, box, element)
        return node

    def label_of(self, element, parent):
        """The label of a list item: one for each item, before its body, whatever boxes the marker is made of."""
        if (label := self.nodes.get((element, "Lbl"))) is not None:
            return label
        item = self.nodes.get(element)
        if item is None:
            item = self.nodes[element] = self.new_item(parent)
        label = self.nodes[(element, "Lbl")] = Node(self.pdf, "Lbl", item, self.number, self.pages)
        kids = item.object["K"]
        kids.insert(0, kids.pop())
        return label

    def new_item(self, parent):
        item = Node(self.pdf, "LI", parent, self.number, self.pages)
        item.body = Node(self.pdf, "LBody", item, self.number, self.pages)
        return item

    def add_note(self, element, parent):
        if self.parents is None:
            self.parents = {child: above for above in self.document._html.etree_element.iter() for child in above}
        ancestor = self.parents.get(element)
        while ancestor is not None and ancestor not in self.nodes:
            ancestor = self.parents.get(ancestor)
        home = self.nodes.get(ancestor, parent)
        node = Node(self.pdf, "Note", home.body or home, self.number, self.pages)
        self.notes += 1
        node.object["ID"] = pydyf.String(f"note-{self.notes}")
        self.nodes[element] = node
        return node

    def describe(self, node, box, element):
        if node.tag == "Figure":
            height = self.page.height
            x, y = box.content_box_x(), box.content_box_y()
            edges = (x, height - y - box.height, x + box.width, height - y)
            node.object["A"] = pydyf.Dictionary({
                "O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(round(edge * POINTS, 2) for edge in edges),
            })  # fmt: skip
            title = element.find("{http://www.w3.org/2000/svg}title")
            words = element.get("alt") or (title.text if title is not None else None) or element.get("aria-label")
            node.object["Alt"] = pydyf.String(" ".join((words or "Picture").split()))
        elif node.tag in ("TH", "TD"):
            facts = pydyf.Dictionary({"O": "/Table"})
            if node.tag == "TH":
                in_head = node.parent.parent is not None and node.parent.parent.tag == "THead"
                facts["Scope"] = SCOPES.get(element.get("scope"), "/Column" if in_head else "/Row")
            if box.colspan != 1:
                facts["ColSpan"] = box.colspan
            if box.rowspan != 1:
                facts["RowSpan"] = box.rowspan
            if len(facts) > 1:
                node.object["A"] = facts
        elif node.tag == "L" and element.tag == "ol":
            node.object["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})

    def holder(self, node, block):
        """The node that may own a run of text: text directly in a grouping element gets a paragraph of its own."""
        if node.tag not in GROUPING:
            return node
        key = (block.element if block is not None else None, node)
        if key not in self.nodes:
            self.nodes[key] = Node(self.pdf, "P", node, self.number, self.pages)
        return self.nodes[key]

    def own(self, node, mcid):
        if node.page is None:
            node.page = self.number
            node.object["Pg"] = self.pages[self.number]
        if node.page == self.number:
            node.object["K"].append(mcid)
        else:
            node.object["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[self.number], "MCID": mcid}))
        self.owners[mcid] = node.object.reference

    def add_link(self, node, box):
        annotation = box.link_annotation
        words = box.element.get("title") or " ".join("".join(box.element.itertext()).split())
        if words:
            annotation["Contents"] = pydyf.String(words)
        annotation["F"] = 4  # print
        reference = pydyf.Dictionary({
            "Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pages[self.number],
        })  # fmt: skip
        node.object["K"].append(reference)
        self.annotations.append((node, annotation))

    def hide(self, box):
        """Mark everything in a box as an artifact: running text and header rows repeated on a later page."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if (mark := self.tags.pop(box, None)) is not None:
            self.artifacts.add(mark["mcid"])
        for child in getattr(box, "children", ()):
            self.hide(child)

    def make_artifacts(self, stream):
        if not self.artifacts:
            return
        operators = stream.stream
        for place, operand in enumerate(operators):
            if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in self.artifacts:
                operators[place - 1] = "/Artifact"
                operators[place] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Header"})


def add_tags(pdf, document, pdf_version, page_streams):
    """Give the fragment its tag tree; has the signature of the function of WeasyPrint that it stands in for."""
    builder = Builder(pdf, document)
    builder.build(page_streams)
    pdf.catalog["StructTreeRoot"] = builder.root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
