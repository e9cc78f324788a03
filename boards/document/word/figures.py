"""Tables and figures with the captions and notes that stand beside them."""

import re

from .. import ids
from . import shapes
from .images import PictureError, clean, source_of
from .lines import Grid, Line, tidy
from .tables import table_block


class Figures:
    """The half of the assembler that places tables and pictures."""

    def _belongs(self, line, kind, following):
        """Whether a caption or note line was given to its table or figure."""
        last = self.sections[-1]["content"][-1] if self.sections and not self.list.open else None
        match = shapes.CAPTION.match(line.text)
        words = line.words[len(re.match(shapes.CAPTION, line.words).group()) :].strip() if match else line.words
        number = re.sub(r"\s+", " ", match.group(1)).capitalize() if match else None
        if kind.name == "note":
            if last is not None and last["type"] == "tableFigure" and len(last["content"]) == 2:
                last["content"].append({"type": "tableNote", "content": tidy(line.nodes)})
                return True
            return False
        if isinstance(following, Grid) or (isinstance(following, Line) and following.pictures and not following.words):
            self.caption = (words, number, line)
            return True
        if last is not None and last["type"] in ("figure", "tableFigure") and not last["content"][0].get("content"):
            if words:
                last["content"][0]["content"] = [{"type": "text", "text": words}]
            if number:
                self.facts.captions[last["attrs"]["id"]] = number
            return True
        return False

    def _take_caption(self, block):
        if self.caption is None:
            return ""
        words, number, line = self.caption
        self.caption = None
        if number:
            self.facts.captions[block["attrs"]["id"]] = number
        self.line_ids[id(line)] = block["attrs"]["id"]
        return words

    def _loose_caption(self, unless=False):
        if self.caption is not None and not unless:
            line = self.caption[2]
            self.caption = None
            self.push(paragraph(tidy(line.nodes), numbered=False))

    def _table(self, grid):
        block = table_block(grid)
        words = self._take_caption(block)
        if words:
            block["content"][0]["content"] = [{"type": "text", "text": words}]
        for line in grid.lines():
            self.line_ids[id(line)] = block["attrs"]["id"]
            for picture in line.pictures:
                self.push(block) if block not in self.sections[-1]["content"] else None
                self._figure(picture)
                self.say("A picture inside a table was moved above the table: check its place.")
        return block

    def _figure(self, picture):
        try:
            data, content_type = clean(self.package.read(picture.part, 40 * 1024 * 1024))
        except PictureError as problem:
            self.say(f"A picture was not brought in: {problem}. Add it again in the editor.")
            return
        self.images += 1
        source = source_of(data)
        if self.save_asset is not None:
            saved = self.save_asset(data, content_type, f"picture-{self.images}.{content_type.split('/')[1]}")
            if saved == "":
                return  # refused by the portal, which says why
            source = saved if isinstance(saved, str) and saved.startswith("asset:") else source
        block = {
            "type": "figure",
            "attrs": {"id": ids.new()},
            "content": [
                {"type": "caption"},
                {"type": "image", "attrs": {"src": source, "alt": picture.alt[:2000], "width": picture.width}},
            ],
        }
        words = self._take_caption(block)
        if words:
            block["content"][0]["content"] = [{"type": "text", "text": words}]
        self.push(block)


def paragraph(nodes, level=1, numbered=True, printed=None):
    """A paragraph block with an id of its own; `printed` is the number Word printed."""
    attrs = {"id": ids.new(), "level": level, "numbered": numbered, "printed": (printed or "")[:40] or None}
    return {"type": "para", "attrs": attrs, **({"content": nodes} if nodes else {})}
