"""The list of risks: filters as a queryset, and a line for each risk."""

import datetime as dt

from django.db.models import Q, QuerySet

from risks import flags, snapshot
from risks.models import Risk


def filtered(risks: QuerySet, chosen: dict, today: dt.date) -> QuerySet:
    """The risks that the filters leave. `chosen` is the cleaned data of `FilterForm`."""
    show = chosen.get("show")
    risks = risks.filter(closed_on__isnull=show != "closed")
    if chosen.get("q"):
        words = chosen["q"].strip()
        risks = risks.filter(Q(ref__istartswith=words) | Q(title__icontains=words) | Q(description__icontains=words))
    if chosen.get("objective"):
        risks = risks.filter(objective=chosen["objective"])
    if chosen.get("lead"):
        risks = risks.filter(Q(senior_lead=chosen["lead"]) | Q(exec_lead=chosen["lead"]))
    if chosen.get("band"):
        risks = risks.filter(assessments__stage="current", assessments__tone=chosen["band"])
    if show == "above":
        risks = risks.filter(assessments__stage="current", assessments__above_tolerance=True)
    if show == "overdue":
        risks = risks.filter(next_review_on__lt=today)
    if show == "no_target":
        risks = risks.exclude(assessments__stage="future")
    return risks.select_related("objective", "exec_lead", "senior_lead").in_order()


def lines(risks: list[Risk], today: dt.date) -> list[dict]:
    """A line for each risk: its scores and what must be said of it. The queries do not grow with the risks."""
    matrices = snapshot.matrices()
    out = []
    for risk, data in zip(risks, snapshot.without_lists(risks), strict=True):
        scored = data["inherent"] and data["current"]
        told = flags.flags(data, matrices=matrices, as_at=today) if scored or data["closed"] else []
        # The scores beside it show the target.
        shown = [flag for flag in flags.sharpest(told) if flag.code != "no_target"]
        out.append({"risk": risk, "data": data, "flags": shown, "unscored": not scored})
    return out


def figures(today: dt.date) -> list[tuple]:
    """The tiles above the list: how many, above and at tolerance, overdue, without target."""
    from risks.models import Assessment

    live = Risk.objects.still_open()
    current = Assessment.objects.filter(stage="current", risk__closed_on__isnull=True).select_related("matrix")
    at = sum(1 for score in current if score.rating == score.matrix.data["tolerance"])
    return [
        ("Open risks", live.count(), ""),
        ("Above tolerance", sum(1 for score in current if score.above_tolerance), "?show=above"),
        ("At tolerance", at, ""),
        ("No target", live.exclude(assessments__stage="future").count(), "?show=no_target"),
        ("Review overdue", live.filter(next_review_on__lt=today).count(), "?show=overdue"),
    ]
