"""Writing what can be found. Called in the transaction that seals or publishes, so nothing is circulated without being found."""

from django.db import connections, transaction

from boards.models import Edition, Meeting, SearchEntry
from boards.search.entries import entries

#: Characters that mark a hit in a headline; taken out of every text, so that no text can pretend to be marked.
MARK, UNMARK = "\ue000", "\ue001"
MOST_TEXT = 100_000  # letters of one entry: PostgreSQL takes a megabyte of words, and more must not stop a sealing
_PLAIN = str.maketrans("", "", f"{MARK}{UNMARK}\0")


@transaction.atomic
def write(edition: Edition, audience: str) -> int:
    """Write the rows of an edition for one audience, over those it had, and note what it replaces. Returns how many."""
    edition.search_entries.filter(audience=audience).delete()
    rows = [
        SearchEntry(
            edition=edition, audience=audience, position=position, kind=entry.kind, item_id=entry.item_id,
            item_number=entry.item_number, paper_number=entry.paper_number, annex_id=entry.annex_id,
            title=_plain(entry.title)[:300], name=_plain(entry.name)[:300], heading=_plain(entry.heading),
            label=entry.label[:60], anchor=entry.anchor, text=_plain(entry.text), restricted=entry.restricted,
        )
        for position, entry in enumerate(entries(edition.content_for(audience)))
    ]  # fmt: skip
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    _replace(edition, audience)
    return len(rows)


def _plain(words: str) -> str:
    return words[:MOST_TEXT].translate(_PLAIN)


def _replace(edition: Edition, audience: str) -> None:
    """What a correction supersedes, and what a later edition says anew of the same item, is no longer current."""
    rows = SearchEntry.objects.filter(audience=audience, edition__meeting=edition.meeting_id)
    if edition.supersedes_id:
        rows.filter(edition=edition.supersedes_id).update(current=False)
    items = {item["id"] for item in edition.content["items"]}
    rows.filter(edition__number__lt=edition.number, item_id__in=items).update(current=False)


def rebuild(meetings=None) -> int:
    """Make all rows again from the sealed editions. Each meeting is one transaction. Returns how many rows there are."""
    count = 0
    for meeting in (Meeting.objects.all() if meetings is None else meetings).iterator():
        with transaction.atomic():
            SearchEntry.objects.filter(edition__meeting=meeting).delete()
            for edition in meeting.editions.order_by("number"):
                count += write(edition, "members")
                if edition.publications.exists():
                    count += write(edition, "public")
    return count


def fill(sender, using, **kwargs) -> None:
    """After the database was brought up to date: editions sealed before there was a search get their entries."""
    if SearchEntry._meta.db_table in connections[using].introspection.table_names() and missing().exists():
        rebuild(missing())


def missing():
    """Meetings with an edition that has no rows: sealed before there was a search."""
    return Meeting.objects.filter(editions__isnull=False, editions__search_entries__isnull=True).distinct()
