"""P4: the recommendations are shown again at the end."""

from ..base import ADVICE, Hit, rule


@rule("P4.closing", ADVICE, "The recommendations close the paper")
def recommendations_close_the_paper(paper, facts):
    """A board paper says what is asked twice: before the argument and after it. Judged on imported papers only."""
    if facts.imported is None or facts.imported.closing is not None or "panel" in (facts.to or "").lower():
        return  # a report to the Police and Crime Panel ends with its conclusion
    body = [s for s in paper.sections if s.role not in ("bibliography", "appendix")]
    places = [at for at, section in enumerate(body) if section.role == "recommendation"]
    if places and places[-1] < len(body) - 1 and not paper.blocks_of("recommendationEcho"):
        section = body[places[0]]
        yield Hit(
            "The paper does not repeat its recommendations at the end.",
            "Add the closing recommendations: they are shown from the same record.",
            section.id,
        )
