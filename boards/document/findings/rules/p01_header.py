"""P1: the header of a paper is complete."""

from ..base import BLOCKS, Hit, rule

FIELDS = (
    ("to", "whom it is to", "Say which board, or the Commissioner, the paper is addressed to."),
    ("from_role", "whom it is from", "Give the role of the officer whose paper it is."),
    ("paper_date", "its date", "Give the date of the paper."),
    ("title", "its title", "Give the paper a title."),
    ("marking", "its marking", "Choose OFFICIAL or OFFICIAL-SENSITIVE."),
    ("agenda_number", "its agenda number", "Put the paper on an agenda, or give the number it was printed under."),
)


@rule("P1.header", BLOCKS, "The header is complete")
def header_is_complete(paper, facts):
    """To, from, date, title, marking and agenda number are all there (validation rule P1)."""
    if not facts.header_checked:
        return
    for name, words, mend in FIELDS:
        value = getattr(facts, name)
        if not value or not str(value).strip():
            yield Hit(f"The header does not say {words}.", mend)
