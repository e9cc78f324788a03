"""Past reports of a plan, as little of each as it takes to tell slips and the day of the last change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from plans import status
from plans.models import Round, StatusReport


@dataclass(frozen=True)
class Past:
    pk: int
    activity: str
    period_end: dt.date
    rag: str
    recovery_date: dt.date | None
    reported_on: dt.date


def held(rounds: list[Round]) -> dict[str, list[Past]]:
    """The reports of the rounds, oldest first, under the permanent ids of their activities. One query, without the words."""
    rows = (
        StatusReport.objects.filter(round__in=rounds)
        .order_by("round__period_end")
        .values_list("pk", "activity__uid", "round__period_end", "rag", "recovery_date", "reported_at")
    )
    past: dict[str, list[Past]] = defaultdict(list)
    for pk, uid, period_end, rag, recovery_date, reported_at in rows:
        day = timezone.localtime(reported_at).date()
        past[str(uid)].append(Past(pk, str(uid), period_end, rag, recovery_date, day))
    return past


def changed_on(reports: Iterable[Past]) -> str | None:
    """The day on which the status of one activity, or of an action with several, became what it is."""
    periods: dict[dt.date, list] = defaultdict(list)
    for each in reports:
        periods[each.period_end].append((each.activity, each.rag, each.reported_on))
    day = status.last_change(periods[end] for end in sorted(periods))
    return day.isoformat() if day else None
