"""Read a table in: look first, change afterwards, and all of a risk or none of it."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal import audit
from risks import policy
from risks.actions.keeping import drop, keep
from risks.compare import compare, substantive
from risks.exchange import files
from risks.exchange.checks import Checker, Known, Outcome
from risks.models import Acceptance, Assessment, ImportRun, Lead, Objective, Risk, RiskMatrix
from risks.models.rows import ROWS
from risks.scales import CATEGORIES, STAGES
from risks.snapshot import take
from risks.words import sentences


def known() -> Known:
    """What the register knows, for the checks."""
    matrices = {matrix.version: matrix.matrix for matrix in RiskMatrix.objects.adopted()}
    in_force = RiskMatrix.objects.in_force()
    if in_force is None:
        raise files.Unreadable("No rating matrix has been adopted, so no score can be read in.")
    rows = {str(pk): ref for model in ROWS.values() for pk, ref in model.objects.values_list("pk", "risk__ref")}
    return Known(
        leads={title.lower() for title in Lead.objects.values_list("title", flat=True)},
        objectives=set(Objective.objects.values_list("number", flat=True)),
        matrices=matrices,
        in_force=in_force.version,
        risks={ref: str(pk) for ref, pk in Risk.objects.values_list("ref", "pk")},
        rows=rows,
    )


def look(rows: list[dict]) -> Outcome:
    """The dry run: every problem, and every risk that could be read in."""
    return Checker(known()).run(rows)


def difference(outcome: Outcome) -> list[dict]:
    """What reading the whole risks in would do, in words: {"ref", "title", "sentences"} for each risk that would change."""
    now = take(timezone.localdate())
    ids = {risk["ref"]: {row["id"] for name in ROWS for row in risk[name]} for risk in now["risks"]}
    refs = {risk["ref"] for risk in outcome.risks}
    after = {**now, "risks": [_named(risk, ids) for risk in outcome.risks]}
    before = {**now, "risks": [risk for risk in now["risks"] if risk["ref"] in refs]}
    grouped: dict = {}
    for change in substantive(compare(after, before)):
        grouped.setdefault(change.ref, []).append(change)
    return [
        {"ref": ref, "title": changes[0].title, "sentences": sentences(changes)} for ref, changes in grouped.items()
    ]


def _named(risk: dict, ids: dict) -> dict:
    """Give bullets without an id a passing one, so that they can be compared."""
    named = dict(risk)
    for name in ROWS:
        named[name] = [{**row, "id": row["id"] or f"new-{name}-{place}"} for place, row in enumerate(risk[name])]
    return named


@transaction.atomic
def upload(*, name: str, content: bytes, by) -> ImportRun:
    """Keep what was read from a file, so that what is looked at is what is done. Raises `Unreadable`."""
    policy.check_manage_register(by)
    rows = files.read(name, content)
    for row in rows:
        row["cells"] = {
            column: value.isoformat()[:10] if isinstance(value, dt.date) else value
            for column, value in row["cells"].items()
        }
    run = ImportRun(name=name[:200], sha256=hashlib.sha256(content).hexdigest(), rows=rows, uploaded_by=by)
    run.save()
    audit.record("risk_import.read", by=by, target=run, summary=f"Read {len(rows)} rows from a file", sha256=run.sha256)
    return run


@transaction.atomic
def apply_run(*, run: ImportRun, by, accept_rest: bool = False) -> Outcome:
    """Do what the dry run showed. With problems, only when the person accepts that those risks stay out."""
    policy.check_manage_register(by)
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.applied_at:
        raise ValidationError("This file has been read in already.")
    outcome = look(held.rows)
    apply(outcome=outcome, by=by, accept_rest=accept_rest, reason=f"Read in from {held.name}")
    held.applied_at = timezone.now()
    held.outcome = {"read": [risk["ref"] for risk in outcome.risks], "left_out": outcome.spoiled}
    held.save()
    return outcome


@transaction.atomic
def apply(*, outcome: Outcome, by, reason: str, accept_rest: bool = False) -> None:
    """Write the whole risks. Refuses when there are problems and the rest was not accepted."""
    if outcome.problems and not accept_rest:
        raise ValidationError(
            "There are problems in the file, so nothing was read in. Mend them, or accept that those risks are left out."
        )
    if not outcome.risks:
        raise ValidationError("No risk in the file is whole, so nothing was read in.")
    leads = {lead.title.lower(): lead for lead in Lead.objects.all()}
    objectives = {objective.number: objective for objective in Objective.objects.all()}
    matrices = {matrix.version: matrix for matrix in RiskMatrix.objects.all()}
    for data in outcome.risks:
        _write(data, leads, objectives, matrices, by, reason)
    refs = [risk["ref"] for risk in outcome.risks]
    summary = f"{len(refs)} risks were read in" + (f", {len(outcome.spoiled)} left out" if outcome.spoiled else "")
    audit.record("risk_import.applied", by=by, summary=summary, reason=reason, refs=refs, left_out=outcome.spoiled)


def _write(data: dict, leads: dict, objectives: dict, matrices: dict, by, reason: str) -> None:
    """Bring one risk to what the file says, touching only what differs."""
    risk = Risk.objects.filter(ref=data["ref"]).first() or Risk(pk=data["id"])
    closed = data["closed"] or {"on": None, "reason": ""}
    fields = {
        "objective": objectives[data["objective"]],
        "number": int(data["ref"].split(".")[1]),
        "title": data["title"],
        "description": data["description"],
        "risk_type": data["type"],
        "exec_lead": leads[data["exec_lead"].lower()],
        "senior_lead": leads[data["senior_lead"].lower()],
        "status_kind": data["status"]["kind"],
        "status_date": _date(data["status"]["date"]),
        "last_reviewed_on": _date(data["review"]["last"]),
        "last_reviewed_by": data["review"]["by"],
        "next_review_on": _date(data["review"]["next"]),
        "closed_on": _date(closed["on"]),
        "closed_reason": closed["reason"],
    }
    _put(risk, fields, by, reason)
    for stage in STAGES:
        _write_score(risk, stage, data[stage], matrices, by, reason)
    held = Acceptance.objects.filter(risk=risk).first()
    if data["acceptance"]:
        given = data["acceptance"]
        _put(
            held or Acceptance(risk=risk),
            {"accepted_by": given["by"], "accepted_on": _date(given["on"]), "reason": given["reason"], "until": _date(given["until"])},
            by, reason,
        )  # fmt: skip
    elif held:
        drop(held, by=by, reason=reason)
    for name in ROWS:
        _write_rows(risk, name, data[name], by, reason)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _put(row, fields: dict, by, reason: str) -> None:
    """Save the row when any field differs, or when it is new."""
    if row._state.adding or any(getattr(row, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(row, name, value)
        if isinstance(row, Risk) and not row._state.adding:
            row.version += 1
        keep(row, by=by, reason=reason)


def _write_score(risk: Risk, stage: str, data: dict | None, matrices: dict, by, reason: str) -> None:
    held = Assessment.objects.filter(risk=risk, stage=stage).first()
    if data is None:
        if held:
            drop(held, by=by, reason=reason)
        return
    row = held or Assessment(risk=risk, stage=stage)
    if held and held.as_data(held.matrix.version) == data:
        return
    row.likelihood, row.rationale = data["likelihood"], data["rationale"]
    for name in CATEGORIES:
        setattr(row, name, data["impacts"].get(name))
    row.assessed_on, row.assessed_by = _date(data["assessed_on"]), data["assessed_by"]
    row.read_from(matrices[data["matrix"]])
    keep(row, by=by, reason=reason)


def _write_rows(risk: Risk, name: str, data: list[dict], by, reason: str) -> None:
    """The list becomes that of the file. A bullet without id that has the words of one there is that one."""
    model = ROWS[name]
    held = {str(row.pk): row for row in model.objects.filter(risk=risk)}
    free = {row.text: identity for identity, row in held.items() if identity not in {each["id"] for each in data}}
    kept = []
    for place, each in enumerate(data, 1):
        identity = each["id"] or free.pop(each["text"], None)
        row = held.pop(identity, None) if identity else None
        if row is None:
            row = model(risk=risk, **({"pk": identity} if identity else {}))
        fields = {"text": each["text"]}
        for detail in model.details:
            kind = model._meta.get_field(detail).get_internal_type()
            fields[detail] = _date(each[detail]) if kind == "DateField" else (each[detail] or "")
        kept.append((row, {**fields, "position": place}))
    for row in held.values():
        drop(row, by=by, reason=reason)
    for row, fields in kept:
        _put(row, fields, by, reason)
