"""Load the demonstration register through the same verbs that people use, with the dates they would have had.

The baseline is a real edition: the register as of August 2016 is drafted, put on the agenda of 11 August and sealed. What was done
since is then carried out change by change, so that the report to the next meeting finds it.
"""

import datetime as dt
import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.models import User
from portal.roles import Role
from risks.actions import register, rows, scores
from risks.models import Lead, Objective, Risk
from risks.models.rows import ROWS
from risks.setting_up import ensure_matrix

FOLDER = Path(__file__).parent


def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def load_all() -> None:
    """Everything, once. A register that holds risks already is left alone."""
    if Risk.objects.exists():
        return
    officer = User.objects.holding(Role.RISK_OFFICER).order_by("pk").first()
    with transaction.atomic():
        load_register(by=officer)
    from risks.demo import meetings

    meetings.seal_baseline(read("register_2016"), by=officer)
    with transaction.atomic():
        load_changes(by=officer)
    meetings.draft_next(by=officer)


def moment(day: str, hour: int = 10) -> dt.datetime:
    """A time on that day, for the history."""
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour)))


def dates(row: dict) -> dict:
    """The row's details with dates as dates."""
    return {
        name: dt.date.fromisoformat(value) if name in ("due", "done_on", "last_evidence") and value else value
        for name, value in row.items()
    }


def load_register(by=None) -> None:
    """The sixteen risks as of August 2016."""
    data = read("register_2016")
    ensure_matrix(by)
    for objective in data["objectives"]:
        Objective.objects.get_or_create(number=objective["number"], defaults={"title": objective["title"]})
    objectives = {objective.number: objective for objective in Objective.objects.all()}
    on, at = dt.date.fromisoformat(data["reviewed_on"]), moment(data["reviewed_on"])
    why = "Register as reviewed in July 2016"
    for each in data["risks"]:
        objective, number = (int(part) for part in each["ref"].removeprefix("SR").split("."))
        risk = register.add_risk(
            by=by,
            reason=why,
            status_kind="update",
            on=on,
            at=at,
            objective=objectives[objective],
            number=number,
            title=each["title"],
            description=each["description"],
            risk_type=each["type"],
            exec_lead=lead(each["exec_lead"]),
            senior_lead=lead(each["senior_lead"]),
            next_review_on=dt.date(2016, 10, 31),
        )
        for stage, score in each["scores"].items():
            scores.score_risk(
                risk=risk, stage=stage, by=by, by_title=each["senior_lead"], reason=why, on=on, at=at, **score
            )
        if accepted := each.get("acceptance"):
            scores.accept_risk(
                risk=risk,
                accepted_by=accepted["by"],
                reason=accepted["reason"],
                until=dt.date.fromisoformat(accepted["until"]),
                accepted_on=on,
                by=by,
                at=at,
            )
        for name in ROWS:
            for row in each.get(name, []):
                rows.add_row(risk=risk, name=name, by=by, reason=why, on=on, at=at, **dates(row))
        register.mark_reviewed(
            risk=risk,
            by=by,
            by_title=each["senior_lead"],
            on=on,
            next_review_on=dt.date(2016, 10, 31),
            reason=why,
            at=at,
        )


def load_changes(by=None) -> None:
    """What was done between the two meetings: thirteen risks changed, and all sixteen were reviewed."""
    data = read("changes_2017")
    for change in data["changes"]:
        carry_out(change, by)
    next_on = dt.date.fromisoformat(data["next_review_on"])
    for ref, day in data["reviewed_on"].items():
        risk = Risk.objects.select_related("senior_lead").get(ref=ref)
        register.mark_reviewed(
            risk=risk, by=by, by_title=risk.senior_lead.title, on=dt.date.fromisoformat(day), next_review_on=next_on,
            reason="Quarterly review of January 2017", at=moment(day, 16),
        )  # fmt: skip


def carry_out(change: dict, by=None) -> None:
    """One change of the data file: add, reword or remove a row."""
    risk = Risk.objects.get(ref=change["ref"])
    told = {"by": by, "reason": change["reason"], "on": dt.date.fromisoformat(change["on"]), "at": moment(change["on"])}
    if change["do"] == "add":
        rows.add_row(risk=risk, name=change["list"], **dates(change["row"]), **told)
        return
    row = ROWS[change["list"]].objects.get(risk=risk, text=change["text"])
    if change["do"] == "remove":
        rows.remove_row(row=row, **told)
    else:
        rows.edit_row(row=row, **dates(change["row"]), **told)


#: Posts that hold a lead of the register, where the lead's title is not the title of one post.
POSTS = {
    "OPCC": ["Chief Executive"],
    "OPCC Chief Executive": ["Chief Executive"],
    "Constabulary": ["Chief Constable"],
    "Chief Finance Officers": ["Chief Finance Officer"],
    "Commissioner & Chief Constable": ["Chief Constable"],
    "Commissioner and Chief Constable": ["Chief Constable"],
    "Head of Public Engagement and Comms": ["Director of Public Engagement"],
    "Director of Public Engagement and Comms": ["Director of Public Engagement"],
    "Head of Policy & Performance": ["Head of Policy"],
    "Head of Strategic Partnerships and Commissioning": ["Head of Policy"],
}


def lead(title: str) -> Lead:
    """The lead of that title, with the people who hold the posts it stands for."""
    found = Lead.objects.filter(title__iexact=title).first()
    if found is None:
        found = Lead.objects.create(title=title)
        posts = POSTS.get(title, [title])
        found.people.set(User.objects.filter(appointments__title__in=posts, is_active=True).distinct())
    return found
