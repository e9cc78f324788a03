"""Reading restricted material is itself on record: who fetched which members' copy, and when."""

from portal.audit import record


def holds_restricted(content: dict) -> bool:
    """Whether the members' content has an item, paper or annex that the public may not read."""
    return any(
        item["restriction"]
        or any(p["restriction"] or any(a["restriction"] for a in p["annexes"]) for p in item["papers"])
        for item in content["items"]
    )


def note_download(person, reading, *, what: str) -> None:
    """A members' copy that holds something restricted leaves a trace; public copies do not."""
    if reading.audience != "members" or not person.is_authenticated:
        return
    if holds_restricted(reading.edition.content):
        record("edition.read", by=person, target=reading.edition, summary=f"Fetched the {what} of {reading.edition}")
