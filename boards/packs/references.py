"""What a fragment may ask while its HTML is made: pages from the ledger, links, pictures and charts."""

from urllib.parse import quote

from .info import LINK_SCHEME

UNKNOWN = "00"  # stands for a page number while the ledger is being made


class References:
    """Answers from a ledger, and remembers what was asked, so that a fragment is made again only when an answer changed."""

    def __init__(self, ledger=None, draw_chart=None, notes=None):
        self.ledger, self.draw_chart, self.notes = ledger, draw_chart, notes or {}
        self.asked = {}

    def page(self, target):
        """The page label of a target; UNKNOWN until the ledger is made; None when the target is not in this pack."""
        label = self.ledger.label(target) if self.ledger is not None else UNKNOWN
        self.asked[target] = label
        return label

    @property
    def is_guessing(self):
        """Whether a page was asked for before pages are known."""
        return self.ledger is None and bool(self.asked)

    def href(self, target):
        """A link to a place in the pack, by name: assembly points it at the page."""
        return LINK_SCHEME + quote(target, safe=":")
