"""The verbs of a reporting round: open it, remind, close it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from plans import policy
from plans.models import Activity, ActivityLead, Plan, Reminder, Round, StatusReport
from portal import audit
from portal.policy import Refusal

log = structlog.get_logger(__name__)


@dataclass
class Waiting:
    """A person and the activities they have not answered for."""

    person: object
    activities: list[Activity] = field(default_factory=list)
    reminded: Reminder | None = None


@transaction.atomic
def open_round(*, plan: Plan, period_start: dt.date, period_end: dt.date, due_on: dt.date, note: str = "", by) -> Round:
    """Ask the leads of a plan to answer for a period. One round is open at a time, and periods do not overlap."""
    policy.check_open_round(by, plan, period_start)
    Plan.objects.select_for_update().get(pk=plan.pk)  # two officers may press at once
    if plan.rounds.open().exists():
        raise Refusal("A round is open already. Close it before opening the next.")
    last = plan.rounds.closed().order_by("-period_end").first()
    if last and period_start <= last.period_end:
        raise Refusal(f"The last round ended on {last.period_end:%-d %B %Y}. The next begins after that day.")
    opened = Round.objects.create(
        plan=plan, period_start=period_start, period_end=period_end, due_on=due_on, note=note.strip(), opened_by=by
    )
    audit.record("plan.round_opened", by=by, target=opened, summary=f"Opened the round for {opened} of {plan}")
    return opened


def unanswered(round_: Round) -> list[Activity]:
    """Activities in force that nobody has reported in the round, in the order of the plan."""
    answered = StatusReport.objects.filter(round=round_).values("activity")
    return list(
        Activity.objects.of_plan(round_.plan)
        .in_force()
        .exclude(pk__in=answered)
        .prefetch_related("activity_leads__person")
        .in_order()
    )


def waiting_for(round_: Round) -> list[Waiting]:
    """Who has not answered and for what. A joint activity waits for each of its leads until one of them answers."""
    people: dict[int, Waiting] = {}
    for activity in unanswered(round_):
        for lead in activity.activity_leads.all():
            people.setdefault(lead.person_id, Waiting(lead.person)).activities.append(activity)
    return sorted(people.values(), key=lambda each: (-len(each.activities), each.person.name))


@transaction.atomic
def remind(*, round_: Round, by, person=None) -> list[Reminder]:
    """Send a reminder to everybody who has not answered, or to one person. The e-mail names references, no contents.

    A reminder whose e-mail could not be sent has no `pk` once this is committed: nobody is shown as reminded who was not.
    """
    policy.check_run_rounds(by, round_.plan)
    if round_.is_closed:
        raise Refusal(f"The round for {round_} is closed.")
    sent = []
    for waiting in waiting_for(round_):
        if (person is not None and waiting.person.pk != person.pk) or not waiting.person.is_active:
            continue
        reminder = Reminder.objects.create(round=round_, person=waiting.person, unanswered=len(waiting.activities))
        sent.append(reminder)
        transaction.on_commit(partial(_send, reminder, _letter(round_, waiting)))
    if sent:
        audit.record(
            "plan.round_reminded",
            by=by,
            target=round_,
            summary=f"Sent {len(sent)} reminders for {round_}",
            sent=len(sent),
        )
    return sent


def _send(reminder: Reminder, letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError as error:  # SMTP errors are among these
        log.warning("reminder_not_sent", error=type(error).__name__)
        reminder.delete()


def _letter(round_: Round, waiting: Waiting) -> EmailMessage:
    address = settings.SITE_URL.rstrip("/") + reverse("plans:my_updates", args=[round_.plan.slug])
    late = round_.is_late()
    body = render_to_string(
        "plans/emails/reminder.txt",
        {"round": round_, "plan": round_.plan, "activities": waiting.activities, "address": address, "is_late": late},
    )
    subject = (
        f"Plan updates {'were' if late else 'are'} due {round_.due_on:%-d %B}: {len(waiting.activities)} to answer"
    )
    return EmailMessage(subject, body, to=[waiting.person.email])


@transaction.atomic
def close_round(*, round_: Round, by, without: str = "") -> Round:
    """Freeze the period. With activities unanswered, the officer says why it is closed without them."""
    policy.check_run_rounds(by, round_.plan)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.is_closed:
        raise Refusal(f"The round for {round_} is closed already.")
    missing = unanswered(round_)
    if missing and not without.strip():
        refs = ", ".join(activity.ref for activity in missing[:6])
        more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
        raise Refusal(f"Not answered yet: {refs}{more}. Say why the round is closed without them.")
    round_.closed_at, round_.closed_by = timezone.now(), by
    round_.save()
    audit.record(
        "plan.round_closed",
        by=by,
        target=round_,
        summary=f"Closed the round for {round_} of {round_.plan}",
        reason=without.strip(),
        unanswered=[activity.ref for activity in missing],
    )
    return round_


def reminders_of(round_: Round) -> dict[int, Reminder]:
    """The last reminder each person had."""
    last: dict[int, Reminder] = {}
    for reminder in round_.reminders.order_by("sent_at"):
        last[reminder.person_id] = reminder
    return last


def led_in(plan: Plan, person) -> bool:
    return ActivityLead.objects.filter(person=person, activity__action__theme__plan=plan).exists()
