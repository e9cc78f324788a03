"""What HTML needs to know from outside a document: where references lead, where pictures are, how charts are drawn.

Any object with these names will do; :class:`Context` gives each a sane answer. :func:`boards.document.html.render` asks

- ``resolve_target(target)`` -> :class:`Place` (or a plain ``(label, href, page)``), or None when it is not known;
- ``image_src(src)`` -> the address of ``asset:<sha256>``;
- ``chart(kind, data, caption, alt)`` -> trusted HTML of the drawing (it must carry the alternative itself), or None;
- ``bound_text(register, path, text)`` -> the words of a live figure, ``text`` being what the document holds;
- ``ground(code)`` -> what a restriction's ground is called;
- ``addressee(to)`` -> who a recommendation is made to: "The Board".

An object that lacks one of them gets the answer of :class:`Context`.
"""

import re
from typing import NamedTuple


class Place(NamedTuple):
    """Where a reference leads. ``page`` is the page label in the pack, or None outside one."""

    label: str
    href: str | None = None
    page: str | int | None = None


class Context:
    """Answers for a document on its own."""

    def resolve_target(self, target: str) -> Place | None:
        return None

    def image_src(self, src: str) -> str:
        return src.replace("asset:", "/assets/", 1)

    def chart(self, kind: str, data: object, caption: str, alt: str) -> str | None:
        return None

    def bound_text(self, register: str, path: str, text: str) -> str:
        return text

    def ground(self, code: str) -> str:
        return f"ground {code}"

    def addressee(self, to: str) -> str:
        return "The Commissioner" if to == "commissioner" else "The Board"


_DEFAULT = Context()


def ask(context: object, name: str):
    """The context's own answer, or the default one."""
    return getattr(context, name, None) or getattr(_DEFAULT, name)


def anchor_id(target: str) -> str:
    """The id in HTML of the place that ``target`` names: ``risks:SR3.1`` is at ``#a-risks-SR3.1``."""
    return "a-" + re.sub(r"[^A-Za-z0-9._-]", "-", target)
