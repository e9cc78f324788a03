"""Runs and what stands between them: text with its marks, links, fields, notes, pictures and controls.

`RunReader` is the half of the walk that stays inside one paragraph. What is not carried over is counted in `dropped`.
"""

import re

from .drawings import Drawings
from .fields import Fields
from .lines import Line
from .numbers import q, value
from .package import OFFICE_REL
from .styles import toggle
from .symbols import is_signs, symbol

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

MARK_ORDER = ("link", "definition", "restricted", "inserted", "deleted", "strong", "em", "sub", "sup")
MAX_DEPTH = 12  # tables within tables, or controls within controls
BOOKMARK = re.compile(r"^_?(b[a-z0-9]{10})$")
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")  # optional hyphens and breaks: never part of a word
RED = re.compile(r"^(F|E|D|C)[0-9A-F]([0-3][0-9A-F]){2}$", re.I)


class RunReader(Fields, Drawings):
    """Reads inline content into a `Line`. The walk over blocks, which extends it, brings `package`, `styles` and `ours`."""

    def _inline(self, element, line, style, marks, boxes, depth):
        if depth > MAX_DEPTH * 3:
            self.dropped["nested"] += 1
            return
        for child in element:
            if not isinstance(child.tag, str):
                continue
            space, _, name = child.tag[1:].partition("}")
            if space == MATH:
                self.dropped["equation"] += 1
                self._text(line, "".join(t.text or "" for t in child.iter(f"{{{MATH}}}t")), marks)
            elif name == "r":
                self._run(child, line, style, marks, boxes, depth)
            elif name == "hyperlink":
                self._hyperlink(child, line, style, marks, boxes, depth)
            elif name in ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "fldSimple"):
                self._tracked(name)
                if name == "fldSimple":
                    self._count_field(child.get(q("instr"), ""))
                self._inline(child, line, style, marks, boxes, depth + 1)
            elif name in ("del", "moveFrom"):
                self._tracked(name)
            elif name == "sdt":
                self._control(child, line, style, marks, boxes, depth)
            elif name == "bookmarkStart":
                self._bookmark(child, line)
            elif name == "AlternateContent":
                chosen = self._choice(child)
                if chosen is not None:
                    self._inline(chosen, line, style, marks, boxes, depth + 1)

    def _control(self, element, line, style, marks, boxes, depth):
        content = element.find(q("sdtContent"))
        tag = element.find(f"{q('sdtPr')}/{q('tag')}")
        key = tag.get(q("val"), "") if tag is not None else ""
        known = self.ours.get("inline", {}).get(key[7:]) if key.startswith("boards:") else None
        if content is None:
            return
        if not isinstance(known, dict):
            self._inline(content, line, style, marks, boxes, depth + 1)
        elif known.get("type") == "restricted":
            mark = {"type": "restricted", "attrs": known.get("attrs", {})}
            self._inline(content, line, style, (*marks, mark), boxes, depth + 1)
        else:
            inner = Line()
            self._inline(content, inner, style, (), boxes, depth + 1)
            attrs = dict(known.get("attrs", {}))
            if known.get("type") == "footnoteMarks":
                for node in inner.nodes:
                    line.nodes.append({**node, "marks": ordered([*marks, *attrs.get("marks", [])])})
                return
            if known.get("shown"):
                attrs["text"] = inner.text
            node = {"type": known.get("type"), "attrs": attrs}
            if marks or known.get("marks"):
                node["marks"] = ordered([*marks, *known.get("marks", [])])
            line.nodes.append(node)

    def _hyperlink(self, element, line, style, marks, boxes, depth):
        relation = self.package.relations(self.part).get(element.get(f"{{{OFFICE_REL}}}id"))
        href = (relation.target if relation and relation.external else "").strip()
        if relation and not relation.external:
            href = relation.target
        if href and element.get(q("anchor")):
            href += "#" + element.get(q("anchor"))
        before = len(line.text)
        self._inline(element, line, style, self._link(href, marks), boxes, depth + 1)
        if href and not allowed(href):
            self.said.append((line, line.text[before:].strip(), href))

    def _link(self, href, marks):
        if href and allowed(href):
            return (*[m for m in marks if m["type"] != "link"], {"type": "link", "attrs": {"href": href}})
        return marks

    def _run(self, run, line, style, marks, boxes, depth):
        rpr = run.find(q("rPr"))
        run_style = value(rpr, "rStyle")
        if self._flag(rpr, run_style, style, "vanish"):
            if any((t.text or "").strip() for t in run.iter(q("t"))):
                self.dropped["hidden"] += 1
            return
        own = list(marks)
        letters = sum(len((t.text or "").strip()) for t in run.iter(q("t")))
        line.letters += letters
        line.bold_letters += letters if self._flag(rpr, run_style, style, "b") else 0
        # A paragraph style that is bold throughout says what the line is; only bold runs are emphasis of the author's.
        if self._flag(rpr, run_style, None, "b"):
            own.append({"type": "strong"})
        if self._flag(rpr, run_style, None, "i"):
            own.append({"type": "em"})
        vertical = value(rpr, "vertAlign")
        if vertical in ("superscript", "subscript"):
            own.append({"type": "sup" if vertical == "superscript" else "sub"})
        named = self.styles.name(run_style).lower() if run_style else ""
        if self.ours and named == "boards label":
            return
        for kind in ("definition", "inserted", "deleted"):
            if named == f"boards {kind}":
                own.append({"type": kind})
        if self.ours and value(rpr, "em") in ("dot", "circle"):
            own.append({"type": "inserted" if value(rpr, "em") == "dot" else "deleted"})
        colour = value(rpr, "color")
        if not self.ours and any(toggle(rpr, name) for name in ("strike", "dstrike")):
            self.dropped["struck"] += 1
        if not self.ours and value(rpr, "highlight") not in (None, "none", "white"):
            self.dropped["highlight"] += 1
        if colour and RED.match(colour) and named not in ("boards deleted", "boards inserted"):
            self.dropped["red"] += 1
        if self._fields and self._fields[-1].get("href"):
            own = list(self._link(self._fields[-1]["href"], own))
        for child in run:
            if isinstance(child.tag, str):
                self._run_child(child, line, style, own, boxes, depth)

    def _run_child(self, child, line, style, marks, boxes, depth):
        name = child.tag.rsplit("}", 1)[-1]
        if name == "fldChar":
            self._field(child, line, marks)
        elif name == "instrText":
            if self._fields:
                self._fields[-1]["code"] += child.text or ""
        elif any(field["stage"] == "code" for field in self._fields):
            return
        elif name == "t":
            self._text(line, self._written(child), marks)
        elif name in ("tab", "ptab"):
            self._text(line, "\t", marks)
        elif name in ("br", "cr"):
            if child.get(q("type")) not in ("page", "column"):
                kept = ordered(marks) if self.ours else []
                line.nodes.append({"type": "hardBreak", **({"marks": kept} if kept else {})})
        elif name == "noBreakHyphen":
            self._text(line, "\u2011", marks)
        elif name == "sym":
            self._text(line, symbol(child.get(q("font")), child.get(q("char"))), marks)
        elif name == "ruby":
            for inner in child.findall(f"{q('rubyBase')}/{q('r')}"):
                self._run(inner, line, style, marks, boxes, depth)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(child, name, line)
        elif name in ("drawing", "pict", "object", "contentPart"):
            self._drawing(child, line, boxes)
        elif name == "AlternateContent":
            chosen = self._choice(child)
            for inner in chosen if chosen is not None else ():
                if isinstance(inner.tag, str):
                    self._run_child(inner, line, style, marks, boxes, depth)
        elif name == "commentReference":
            self.dropped["comment"] += 1

    def _written(self, element):
        """The text of an element; letters in a font of signs are the signs they show."""
        text = element.text or ""
        fonts = element.getparent().find(f"{q('rPr')}/{q('rFonts')}")
        font = fonts.get(q("ascii")) if fonts is not None else None
        return "".join(symbol(font, f"{ord(letter):X}") for letter in text) if is_signs(font) else text

    def _text(self, line, text, marks):
        text = text if self.ours else UNSEEN.sub("", text)
        if not text:
            return
        marks = ordered(marks)
        if line.nodes and line.nodes[-1]["type"] == "text" and line.nodes[-1].get("marks", []) == marks:
            line.nodes[-1]["text"] += text
        else:
            line.nodes.append({"type": "text", "text": text, **({"marks": marks} if marks else {})})

    def _note(self, element, name, line):
        kind = "footnotes" if name == "footnoteReference" else "endnotes"
        part, note = self.notes.get((kind, element.get(q("id"))), (None, None))
        if note is None:
            return
        inner = Line()
        home, self.part = self.part, part
        fields, self._fields = self._fields, []
        for number, paragraph in enumerate(note.iter(q("p"))):
            if number:
                self._text(inner, " ", ())
            self._inline(paragraph, inner, None, (), [], 1)
        self.part, self._fields = home, fields
        ours = bool(self.ours)
        allowed_marks = ("link", "inserted", "deleted", "strong", "em", "sub", "sup")
        content = []
        for node in inner.nodes:
            if node["type"] == "text":
                marks = [m for m in node.get("marks", ()) if m["type"] in allowed_marks]
                text = node["text"] if ours else re.sub(r"\s+", " ", node["text"])
                content.append({"type": "text", "text": text, **({"marks": marks} if marks else {})})
        if content:
            content[0] = {**content[0], "text": content[0]["text"][1:] if ours else content[0]["text"].lstrip()}
            if not ours:
                content[-1] = {**content[-1], "text": content[-1]["text"].rstrip()}
            content = [node for node in content if node["text"]]
        line.nodes.append({"type": "footnote", **({"content": content} if content else {})})

    def _bookmark(self, element, line=None):
        match = BOOKMARK.match(element.get(q("name"), ""))
        if match and self.ours:
            (line.blocks if line is not None else self._waiting).append(match.group(1))

    def _flag(self, rpr, run_style, style, name):
        for found in (toggle(rpr, name), self.styles.flag(run_style, name), self.styles.flag(style, name)):
            if found is not None:
                return found
        return False

    def _is_contents(self, element):
        gallery = next(element.iter(q("docPartGallery")), None)
        return gallery is not None and gallery.get(q("val")) == "Table of Contents"

    def _tracked(self, name):
        if name in ("ins", "del", "moveTo", "moveFrom"):
            self.dropped["tracked"] += 1


def ordered(marks):
    """Marks in the schema's order, each kind once (the innermost wins), so that equal text is equal data."""
    by_kind = {mark["type"]: mark for mark in marks}
    return [by_kind[kind] for kind in MARK_ORDER if kind in by_kind]


def allowed(href):
    """Whether the schema can carry an address: http, https or mailto, without blanks or quotes."""
    return bool(re.fullmatch(r"https?://[^\s\"<>\\]+|mailto:[^\s\"<>\\]+@[^\s\"<>\\]+", href))
