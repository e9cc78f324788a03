"""What boards last saw of the plan: the snapshots in the latest sealed edition of each board that holds one."""

from boards.models import Edition


def last_seen() -> list[tuple]:
    """(edition, snapshot) for each board, the newest first. Snapshots come from sealed content, never from live rows."""
    found, boards = [], set()
    held = (
        Edition.objects.filter(registers__contains=["finance"]).select_related("meeting__board").order_by("-sealed_at")
    )
    for edition in held[:50]:
        entry = edition.content.get("registers", {}).get("finance")
        if entry and edition.meeting.board_id not in boards:
            boards.add(edition.meeting.board_id)
            found.append((edition, entry["snapshot"]["plan_rows"]))
    return found
