"""Figures of the plan that a paper may bind to: worked out from the snapshot, so that they freeze with it."""

from __future__ import annotations

from plans import status, words


def value(path: str, now: dict) -> str | None:
    """The text of a figure, or None when there is no such figure.

    ``as_at``; ``count.actions``; ``count.activities``; ``tally.Red``; ``theme.V.Red``; ``theme.V.activities``;
    ``rag.V1`` and ``rag.V1.1``.
    """
    head, _, rest = path.partition(".")
    activities = list(now["activities"].values())
    match head:
        case "as_at":
            return words.day(now["as_at"])
        case "count" if rest in ("actions", "activities"):
            return str(len(now[rest]))
        case "tally":
            counts = status.tally(row["rag"] for row in activities)
            return str(counts[rest]) if rest in counts else None
        case "theme":
            code, _, what = rest.partition(".")
            rows = [row for row in activities if row["theme"] == code]
            counts = status.tally(row["rag"] for row in rows) | {"activities": len(rows)}
            return str(counts[what]) if rows and what in counts else None
        case "rag":
            table = activities if rest.count(".") else list(now["actions"].values())
            return next((row["rag"] or "not reported" for row in table if row["ref"] == rest), None)
    return None
