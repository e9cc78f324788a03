"""An undefined template variable is a mistake: a misspelt name shows nothing, and nobody sees that.

Django puts nothing in its place. Here each is written down with its template, and the test that asked for the fixture
`no_undefined_variable` fails at its end: among them the one that opens every address as every kind of person.
"""

import sys

from django.template import engines
from django.template.base import Node


class Undefined(str):
    """Stands for `string_if_invalid`: Django asks whether it holds `%s`, and then fills in the name of the variable."""

    def __new__(cls):
        made = super().__new__(cls, "")
        made.seen = []
        return made

    def __bool__(self) -> bool:
        return True

    def __contains__(self, words) -> bool:
        return words == "%s"

    def __mod__(self, variable) -> str:
        self.seen.append(f"{variable} in {_template()}")
        return ""


def _template() -> str:
    """The template whose words ask for it: the innermost node that is being rendered knows where it was written."""
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.template_name or "a template without a name"
        frame = frame.f_back
    return "a template"


def watch(monkeypatch) -> list[str]:
    """From now on, write down every undefined variable that a template shows."""
    undefined = Undefined()
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", undefined)
    return undefined.seen
