"""A finding of the preflight."""

import hashlib
from dataclasses import dataclass, replace

BLOCKS, ACKNOWLEDGE, ADVICE = "blocks", "acknowledge", "advice"


@dataclass(frozen=True)
class AgendaFinding:
    """One thing found before sealing.

    `severity` is blocks, acknowledge (a reason is asked for and kept) or advice; `sentence` says what is wrong, `mend` what to do, `where`
    names the item or paper, `url` leads to where it can be put right.
    """

    rule: str
    severity: str
    sentence: str
    mend: str = ""
    where: str = ""
    target: str = ""
    url: str = ""
    number: str = ""  # of the paragraph, where it stands in a paper
    given: str = ""  # the reason its author gave on submitting the paper

    def with_reason(self, given: str) -> "AgendaFinding":
        return replace(self, given=given)

    @property
    def key(self) -> str:
        """Names this finding in a form: the same finding keeps its key between two pages, a changed one gets a new key."""
        digest = hashlib.sha256(f"{self.rule}\n{self.target}\n{self.sentence}".encode()).hexdigest()
        return f"{self.rule}-{digest[:12]}"
