"""Fields: what Word worked out when it last looked, between a question that is not shown and its end."""

import re

from .numbers import q
from .styles import toggle

SILENT = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SEQ", "HYPERLINK", "TOC")  # nothing is lost with these


class Fields:
    """Follows fields from their beginning to their end. The walk brings `_fields`, `dropped` and `_text`."""

    def _field(self, element, line, marks):
        kind = element.get(q("fldCharType"))
        if kind == "begin":
            self._fields.append({"code": "", "stage": "code"})
            box = element.find(f"{q('ffData')}/{q('checkBox')}")
            if box is not None:
                ticked = toggle(box, "default") if toggle(box, "checked") is None else toggle(box, "checked")
                self._fields[-1]["box"] = "☒" if ticked else "☐"
        elif kind == "separate" and self._fields:
            field = self._fields[-1]
            field["stage"] = "result"
            match = re.match(r'\s*HYPERLINK\s+"([^"]+)"', field["code"])
            if match:
                field["href"] = match.group(1)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._text(line, ended.get("box", ""), marks)
            if "box" not in ended:
                self._count_field(ended["code"])

    def _count_field(self, code):
        word = (code.split() or [""])[0].upper()
        if word in ("REF", "PAGEREF", "NOTEREF"):
            self.dropped["cross-reference"] += 1
        elif word and word not in SILENT:
            self.dropped["field"] += 1
