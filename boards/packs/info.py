"""What all of the engine knows of fragments. Importing this loads no typesetter, so that web processes need none."""

from dataclasses import dataclass, field
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
LINK_SCHEME = "pack:"  # a link to another place in the pack, until assembly knows its page


class RenderError(Exception):
    """A fragment could not be made; the message is a sentence for officers."""


@dataclass(frozen=True)
class Info:
    """What the ledger, outline and stamps need to know of a fragment: places are (page from 0, x, y) in points.

    `faults` are sentences of `checks` on its pages, looked for once, when it was made.
    """

    pages: int
    anchors: dict = field(default_factory=dict)
    bookmarks: list = field(default_factory=list)
    continued: list = field(default_factory=list)
    tagged: bool = True
    faults: list = field(default_factory=list)
    parts: dict = field(default_factory=dict, compare=False)  # what binding counted, see `binding.Parts`

    def as_dict(self):
        return dict(vars(self))
