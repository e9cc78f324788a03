"""The verbs of a lead: answer for an activity, say that nothing has changed, write a piece of news."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from plans import policy, status, words
from plans.models import Activity, DirectionOverride, ProgressUpdate, Round, StatusReport
from portal import audit
from portal.policy import Refusal


class IncompleteReport(ValueError):
    """A Red or Yellow report that does not say how to recover. Holds each gap with its field."""

    def __init__(self, gaps: list[status.Missing]):
        super().__init__("; ".join(gap.sentence for gap in gaps))
        self.gaps = gaps


class AnsweredMeanwhile(Refusal):
    """Somebody else answered while this answer was being written. Nothing was replaced."""

    def __init__(self, answer: StatusReport):
        self.answer = answer
        when = timezone.localtime(answer.reported_at)
        super().__init__(
            f"{answer.reported_by_title or 'A colleague'} reported {answer.activity.ref} as {answer.rag} at {when:%H:%M} on "
            f"{when:%-d %B}, after you opened the page. Nothing was replaced."
        )


def mark_of(answer: StatusReport | None) -> str:
    """What an answer is known by on the page of somebody who may replace it; empty where there is none."""
    return answer.reported_at.isoformat() if answer else ""


def last_report(activity: Activity, before: Round | None = None) -> StatusReport | None:
    """What was said last time: the report of the latest round before this one."""
    reports = StatusReport.objects.filter(activity=activity).select_related("round").order_by("-round__period_end")
    return reports.filter(round__period_end__lt=before.period_end).first() if before else reports.first()


@transaction.atomic
def answer(
    *,
    activity: Activity,
    round_: Round,
    by,
    rag: str,
    narrative: str = "",
    next_steps: str = "",
    recovery_date: dt.date | None = None,
    needed: str = "",
    is_no_change: bool = False,
    seen: str | None = None,
) -> StatusReport:
    """Report an activity in an open round; answering again replaces the answer and its history is kept.

    ``seen`` is the mark of the answer the person was looking at: another that came meanwhile is not replaced, and
    AnsweredMeanwhile tells whose it is. Raises IncompleteReport for Red or Yellow without narrative, recovery date and
    what is needed (rule L4).
    """
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    policy.check_report(by, activity, round_)
    held = (
        StatusReport.objects.filter(round=round_, activity=activity).select_related("activity__action__theme").first()
    )
    if seen is not None and held is not None and seen != mark_of(held):
        raise AnsweredMeanwhile(held)
    gaps = status.missing(activity.ref, rag, narrative=narrative, recovery_date=recovery_date, needed=needed)
    if gaps:
        raise IncompleteReport(gaps)
    is_off_target = rag in status.NEEDS_RECOVERY
    report, is_first = StatusReport.objects.update_or_create(
        round=round_,
        activity=activity,
        defaults={
            "rag": rag,
            "narrative": _clean(narrative),
            "next_steps": _clean(next_steps),
            "recovery_date": recovery_date if is_off_target else None,
            "needed": _clean(needed) if is_off_target else "",
            "is_no_change": is_no_change,
            "reported_by": by,
            "reported_by_title": by.title[:120],
            "reported_at": timezone.now(),
        },
    )
    audit.record(
        "plan.activity_reported",
        by=by,
        target=activity,
        summary=f"{'Reported' if is_first else 'Reported again'} {activity.ref} as {rag} for {round_}",
        rag=rag,
        no_change=is_no_change,
    )
    return report


@transaction.atomic
def answer_no_change(*, activity: Activity, round_: Round, by, seen: str | None = None) -> StatusReport:
    """Nothing has changed since last time: the last report stands for this period too.

    Refused where there is no last report, and where its recovery date has passed: a promise that was not kept is news.
    """
    last = last_report(activity, round_)
    if last is None:
        raise Refusal(f"{activity.ref} has not been reported before. Give its status.")
    if status.is_overdue(last.rag, last.recovery_date, round_.period_end):
        raise Refusal(
            f"{activity.ref} was to be back on target by {words.day(last.recovery_date)} and that day has passed. "
            "Say what has happened and give a new date."
        )
    return answer(
        activity=activity,
        round_=round_,
        by=by,
        rag=last.rag,
        narrative=last.narrative,
        next_steps=last.next_steps,
        recovery_date=last.recovery_date,
        needed=last.needed,
        is_no_change=True,
        seen=seen,
    )


@transaction.atomic
def add_update(*, activity: Activity, text: str, dated: dt.date, by) -> ProgressUpdate:
    """A dated piece of news between rounds. It is shown with the activity, newest first."""
    policy.check_report_news(by, activity)
    if not text.strip():
        raise Refusal("Say what happened.")
    update = ProgressUpdate.objects.create(
        activity=activity, text=_clean(text), dated=dated, by=by, by_title=by.title[:120]
    )
    audit.record("plan.update_added", by=by, target=activity, summary=f"Added news about {activity.ref}")
    return update


@transaction.atomic
def judge_direction(*, report: StatusReport, board, direction: str, reason: str, by) -> DirectionOverride | None:
    """Print another direction than the derived one, for one body, with its reason. An empty direction takes it back."""
    policy.check_override(by, report.activity.action.theme.plan)
    existing = DirectionOverride.objects.filter(report=report, board=board).first()
    if not direction:
        if existing:
            existing.delete()
            _record_judgement(report, board, "derived again", "", by)
        return None
    if not reason.strip():
        raise Refusal("Say why the direction differs from the one worked out from the status.")
    override, _ = DirectionOverride.objects.update_or_create(
        report=report,
        board=board,
        defaults={"direction": direction, "reason": reason.strip(), "by": by, "at": timezone.now()},
    )
    _record_judgement(report, board, direction, reason.strip(), by)
    return override


def _record_judgement(report: StatusReport, board, direction: str, reason: str, by) -> None:
    audit.record(
        "plan.direction_judged",
        by=by,
        target=report.activity,
        summary=f"Direction of {report.activity.ref} for {board}: {direction}",
        reason=reason,
    )


def _clean(text: str) -> str:
    """The words without addresses of internal files: they were once published with a plan."""
    return words.without_paths(text.replace("\r\n", "\n"))[0].strip()
