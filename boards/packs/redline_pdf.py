"""The comparison of two versions of a paper as a tagged PDF of its own."""

from . import assembly, binding, ledger, typesetting
from .fragments import FragmentSpec
from .pages import render_page
from .stamps import Stamp


def redline_pdf(title, versions, result, *, marking="OFFICIAL", head=()):
    """PDF bytes: `title` of the paper, `versions` says what is compared, `result` comes from `boards.document.redline`.

    `marking` is the paper's own; `head` is (field, old, new) of what changed at the head of the paper.
    """
    html = render_page(
        "redline.html", title=title, versions=versions, body=result.html, changes=result.changes, head=head
    )
    bound, info = binding.bind(*typesetting.typeset(html))
    stamp = Stamp(marking or "OFFICIAL", "Changes", title)
    spec = FragmentSpec("paper", "redline", "", title, stamp)
    table = ledger.make([spec], [info])
    facts = assembly.Facts(title=f"{title}: {versions[:1].lower()}{versions[1:]}")
    return assembly.assemble([assembly.Piece(lambda: bound, info, title, stamp)], table, facts)
