"""Take the live register as a snapshot (see `risks.schema`), in a dozen queries however many risks there are."""

import datetime as dt
from collections import defaultdict

from risks.models import Acceptance, Assessment, Objective, Risk, RiskMatrix
from risks.models.rows import ROWS
from risks.scales import CATEGORIES, LISTS, STAGES
from risks.schema import FORMAT


class NoMatrix(RuntimeError):
    """No rating matrix has been adopted, so nothing can be scored or reported."""


def take(as_at: dt.date, *, refs: list[str] | None = None, include_closed: bool = True) -> dict:
    """The register as it stands now, dated `as_at`; `refs` narrows it to some risks.

    A risk without its inherent and current scores is still being written and is left out: the board sees whole risks.
    """
    versions = {matrix.pk: matrix.matrix.as_data() for matrix in RiskMatrix.objects.all()}
    adopted = RiskMatrix.objects.in_force()
    if adopted is None:
        raise NoMatrix("No rating matrix has been adopted. Adopt one before the register is used.")
    chosen = Risk.objects.select_related("objective", "exec_lead", "senior_lead").in_order()
    if refs is not None:
        chosen = chosen.filter(ref__in=refs)
    if not include_closed:
        chosen = chosen.still_open()
    chosen = list(chosen)
    ids = None if refs is None else [risk.pk for risk in chosen]
    scores, lists, acceptances = _scores(ids, versions), _lists(ids), _acceptances(ids)
    risks = [
        as_data(risk, scores[risk.pk], lists[risk.pk], acceptances.get(risk.pk))
        for risk in chosen
        if {"inherent", "current"} <= scores[risk.pk].keys()
    ]
    used = {risk[stage]["matrix"] for risk in risks for stage in STAGES if risk[stage]}
    in_force = versions[adopted.pk]
    return {
        "register": "risks",
        "format": FORMAT,
        "as_at": as_at.isoformat(),
        "matrix": in_force,
        "matrices": {
            data["version"]: data
            for data in sorted(versions.values(), key=lambda data: data["version"])
            if data["version"] in used | {in_force["version"]}
        },
        "objectives": list(Objective.objects.values("number", "title")),
        "risks": risks,
    }


def one(risk: Risk, as_at: dt.date) -> dict:
    """One risk, live, in its snapshot form; scores not yet made are null."""
    versions = {matrix.pk: {"version": matrix.version} for matrix in RiskMatrix.objects.all()}
    lists, scores = _lists([risk.pk])[risk.pk], _scores([risk.pk], versions)[risk.pk]
    return as_data(risk, scores, lists, _acceptances([risk.pk]).get(risk.pk))


def as_data(risk, scores: dict, lists: dict, acceptance: dict | None) -> dict:
    """Put the parts of a risk together. `risk` may be a row of the register or of its history."""
    return {
        "id": str(risk.id),
        "ref": risk.ref,
        "objective": risk.objective.number,
        "title": risk.title,
        "description": risk.description,
        "type": risk.risk_type,
        "exec_lead": risk.exec_lead.title,
        "senior_lead": risk.senior_lead.title,
        "status": {"kind": risk.status_kind, "date": _iso(risk.status_date)},
        "review": {"last": _iso(risk.last_reviewed_on), "next": _iso(risk.next_review_on), "by": risk.last_reviewed_by},
        "closed": {"on": _iso(risk.closed_on), "reason": risk.closed_reason} if risk.closed_on else None,
        **{stage: scores.get(stage) for stage in STAGES},
        "acceptance": acceptance,
        **{name: lists.get(name, []) for name in LISTS},
    }


def _iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _scores(ids: list | None, versions: dict) -> dict:
    """Scores by risk and stage. Plain values, not rows: there may be thousands."""
    found: dict = defaultdict(dict)
    kept = Assessment.objects.all() if ids is None else Assessment.objects.filter(risk__in=ids)
    plain = ("likelihood", "impact", "rating", "band", "tone", "above_tolerance", "assessed_by", "rationale")
    for row in kept.values("risk_id", "stage", "matrix_id", "assessed_on", *plain, *CATEGORIES):
        found[row["risk_id"]][row["stage"]] = {
            **{name: row[name] for name in plain},
            "impacts": {name: row[name] for name in CATEGORIES if row[name] is not None},
            "matrix": versions[row["matrix_id"]]["version"],
            "assessed_on": _iso(row["assessed_on"]),
        }
    return found


def _lists(ids: list | None) -> dict:
    found: dict = defaultdict(lambda: {name: [] for name in LISTS})
    for name, model in ROWS.items():
        kept = model.objects.all() if ids is None else model.objects.filter(risk__in=ids)
        details = model.details
        for risk_id, pk, text, *values in kept.order_by("position").values_list("risk_id", "id", "text", *details):
            row = {"id": str(pk), "text": text}
            for detail, value in zip(details, values, strict=True):
                row[detail] = _iso(value) if isinstance(value, dt.date) else (value or None)
            found[risk_id][name].append(row)
    return found


def _acceptances(ids: list | None) -> dict:
    kept = Acceptance.objects.all() if ids is None else Acceptance.objects.filter(risk__in=ids)
    return {acceptance.risk_id: acceptance.as_data() for acceptance in kept}


def without_lists(risks: list[Risk]) -> list[dict]:
    """Risks in snapshot form with empty lists, for pages that show many: two queries more, however many there are."""
    ids = [risk.pk for risk in risks]
    versions = {matrix.pk: {"version": matrix.version} for matrix in RiskMatrix.objects.all()}
    scores, acceptances = _scores(ids, versions), _acceptances(ids)
    return [as_data(risk, scores[risk.pk], {}, acceptances.get(risk.pk)) for risk in risks]


def matrices() -> dict[str, dict]:
    """Every matrix version by its name, as flags need them."""
    return {matrix.version: matrix.data for matrix in RiskMatrix.objects.all()}
