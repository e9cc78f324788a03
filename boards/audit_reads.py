"""Reading restricted material is itself on record: who fetched which members' copy, and when."""

from boards.document.public import is_restricted
from portal.audit import record


def holds_restricted(content: dict) -> bool:
    """Whether the members' content has anything that the public may not read: an item, paper, annex, or words of a paper."""
    return any(
        item["restriction"] or any(paper_holds_restricted(p) for p in item["papers"]) for item in content["items"]
    )


def paper_holds_restricted(paper: dict) -> bool:
    return bool(
        paper["restriction"]
        or any(annex["restriction"] for annex in paper["annexes"])
        or (paper["document"] and is_restricted(paper["document"]))
    )


def note_download(person, reading, *, what: str) -> None:
    """A members' copy that holds something restricted leaves a trace; public copies do not."""
    if reading.audience != "members" or not person.is_authenticated:
        return
    if holds_restricted(reading.edition.content):
        record("edition.read", by=person, target=reading.edition, summary=f"Fetched the {what} of {reading.edition}")
