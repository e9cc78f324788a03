"""Annexes of the demonstration office, set as PDF from text files like the papers."""

import io

from boards.actions import annexes as actions
from boards.demonstration import text
from boards.demonstration.people import by_name
from boards.models import Paper


class _Upload(io.BytesIO):
    """What a browser would send."""

    def __init__(self, data: bytes, name: str):
        super().__init__(data)
        self.name, self.size = name, len(data)


def load(paper: Paper, name: str, title: str) -> None:
    """Set the text file as a tagged PDF and bind it behind the paper, through the same check as any upload."""
    _, document = text.read(name)
    actions.add(paper=paper, title=title, file=_Upload(_set(document, title), f"{name}.pdf"), by=by_name("governance"))


def _set(document: dict, title: str) -> bytes:
    from boards import paper_head
    from boards.document import html
    from boards.packs.pages import render_page
    from boards.packs.typesetting import typeset

    paper = {"number": "", "title": title, "to": "", "from_role": "", "template": ""}
    page = render_page(
        "paper.html",
        paper=paper,
        layout=paper_head.layout(paper),
        head=paper_head.rows(paper),
        body=html.render(document),
    )
    return typeset(page)[0]
