"""Words, marks, references and footnotes as Word's runs."""

from xml.sax.saxutils import escape

from . import parts

RUN_STYLES = {"definition": "BoardsDefinition", "inserted": "BoardsInserted", "deleted": "BoardsDeleted"}


class InlineWriter:
    """Writes inline content. `atoms` holds what Word has no place for, by key; `links` the addresses, by relation id."""

    def __init__(self):
        self.atoms = {}
        self.links = {}
        self.note_links = {}
        self.notes = []
        self._in_note = False

    def write(self, nodes):
        """The runs of inline nodes."""
        out, at = [], 0
        nodes = list(nodes or ())
        while at < len(nodes):
            mark = next((m for m in nodes[at].get("marks", ()) if m["type"] in ("link", "restricted")), None)
            if mark is None:
                out.append(self._node(nodes[at]))
                at += 1
                continue
            end = at + 1
            while end < len(nodes) and mark in nodes[end].get("marks", ()):
                end += 1
            inner = self.write([_without(node, mark) for node in nodes[at:end]])
            out.append(self._link(mark, inner) if mark["type"] == "link" else self._control(mark, inner))
            at = end
        return "".join(out)

    def _node(self, node):
        kind, marks = node["type"], node.get("marks", [])
        if kind == "text":
            return self._run(text_xml(node["text"]), marks)
        if kind == "hardBreak":
            return self._run("<w:br/>", marks)
        if kind == "footnote":
            return self._footnote(node, marks)
        attrs = node.get("attrs", {})
        words = attrs.get("text") or ""
        return self._control(node, self._run(text_xml(words), []) if words else "", shown=bool(words), marks=marks)

    def _run(self, content, marks):
        return f"<w:r>{_properties(marks)}{content}</w:r>"

    def _link(self, mark, inner):
        links = self.note_links if self._in_note else self.links
        address = mark["attrs"]["href"]
        key = links.setdefault(address, f"rIdLink{len(links) + 1}")
        return f'<w:hyperlink r:id="{key}" w:history="1">{inner}</w:hyperlink>'

    def _control(self, node, inner, shown=False, marks=()):
        key = f"i{len(self.atoms) + 1}"
        attrs = {name: value for name, value in node.get("attrs", {}).items() if not (shown and name == "text")}
        self.atoms[key] = {"type": node["type"], "attrs": attrs, "shown": shown}
        if marks:
            self.atoms[key]["marks"] = list(marks)
        return f'<w:sdt><w:sdtPr><w:tag w:val="boards:{key}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'

    def _footnote(self, node, marks):
        number = len(self.notes) + 1
        self.notes.append("")
        self._in_note = True
        content = self.write(node.get("content"))
        self._in_note = False
        self.notes[number - 1] = (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{content}</w:p></w:footnote>'
        )
        run = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return self._control({"type": "footnoteMarks", "attrs": {"marks": marks}}, run) if marks else run

    def footnotes_part(self):
        fixed = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        )
        return f"{parts.HEAD}<w:footnotes {parts.NS}>{fixed}{''.join(self.notes)}</w:footnotes>"


def _without(node, mark):
    marks = [m for m in node["marks"] if m != mark]
    rest = {key: value for key, value in node.items() if key != "marks"}
    return {**rest, "marks": marks} if marks else rest


def _properties(marks):
    kinds = {mark["type"] for mark in marks}
    style = next((RUN_STYLES[kind] for kind in RUN_STYLES if kind in kinds), None)
    out = f'<w:rStyle w:val="{style}"/>' if style else ""
    others = [kind for kind in ("definition", "inserted", "deleted") if kind in kinds][1:]
    out += "<w:b/>" if "strong" in kinds else ""
    out += "<w:i/>" if "em" in kinds else ""
    if "sup" in kinds or "sub" in kinds:
        out += f'<w:vertAlign w:val="{"superscript" if "sup" in kinds else "subscript"}"/>'
    for kind in others:  # Word gives a run one style: the second is told by an effect nobody else here uses
        out += {"inserted": '<w:em w:val="dot"/>', "deleted": '<w:em w:val="circle"/>'}[kind]
    return f"<w:rPr>{out}</w:rPr>" if out else ""


def text_xml(words):
    """The words of one run; tabs are Word's own."""
    pieces = words.split("\t")
    out = "<w:tab/>".join(f'<w:t xml:space="preserve">{_escape(p)}</w:t>' if p else "" for p in pieces)
    return out


def _escape(text):
    """A carriage return would be read as a line feed unless it is written as a reference."""
    return escape(text, {"\r": "&#13;"})
