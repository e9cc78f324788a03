"""The HTML of a board paper as it is printed: header block, title and the document's blocks."""

import datetime as dt

from boards import paper_head
from boards.document import html as document_html

from .context import PackContext
from .pages import render_page

KINDS = {"agenda": "", "supplement": "Supplement", "correction": "Correction"}


def long_date(value):
    """`2017-02-06` as `6 February 2017`; what is no date is given back as it is."""
    try:
        date = dt.date.fromisoformat((value or "")[:10])
    except ValueError:
        return value or ""
    return f"{date.day} {date:%B %Y}"


def edition_label(content):
    """What the running header says of the edition: nothing for the first, `Supplement (edition 2)`."""
    edition = content.get("edition") or {}
    kind = KINDS.get(edition.get("kind", "agenda"), "")
    return f"{kind} (edition {edition['number']})" if kind and edition.get("number") else kind


def office(content):
    return {"office": content.get("office") or {}}


def html(content, directory, item, paper, references):
    """The whole HTML of a paper under these references."""
    context = PackContext(directory, paper, references)
    body = document_html.render(paper_head.body(paper), numbers=paper.get("numbers"), context=context)
    return render_page(
        "paper.html", paper=paper, item=item, board=content["board"], layout=paper_head.layout(paper),
        head=paper_head.rows(paper), body=body, references=references,
    )  # fmt: skip
