"""The shape of a snapshot of the register: plain JSON, every row under a permanent id.

A snapshot is what an edition seals, what two dates are compared by, and what a report is drafted from::

    {"register": "risks", "format": 1, "as_at": "2017-02-06",
     "matrix": {...},                      # the version now adopted (see risks.matrix)
     "matrices": {"2016": {...}},          # every version an assessment below was scored with
     "objectives": [{"number": 1, "title": "Public Engagement"}],
     "risks": [{"id", "ref", "objective": 1, "title", "description", "type", "exec_lead", "senior_lead",
                "status": {"kind", "date"}, "review": {"last", "next", "by"}, "closed": null | {"on", "reason"},
                "inherent": {...}, "current": {...}, "future": null | {...}, "acceptance": null | {"by", "on", "reason", "until"},
                "causes": [{"id", "text"}], "effects": [...], "controls": [{"id", "text", "owner", "effect"}],
                "assurances": [{"id", "text", "line", "frequency", "last_evidence"}],
                "actions": [{"id", "text", "owner", "due", "done_on"}], "links": [{"id", "target", "text"}]}]}

    an assessment: {"likelihood", "impacts": {"economic": 4}, "impact", "rating", "band", "tone", "above_tolerance", "matrix",
                    "assessed_on", "assessed_by", "rationale"}

Dates are ISO text or null. Risks stand in the order of their references.
"""

from risks.matrix import MatrixError, from_data
from risks.refs import parse, sort_key
from risks.scales import CATEGORIES, LISTS, STAGES

FORMAT = 1

SCALARS = ("ref", "objective", "title", "description", "type", "exec_lead", "senior_lead")
RECORDS = ("status", "review", "closed", "acceptance")


class SnapshotError(ValueError):
    """A snapshot breaks its shape. The message names the risk and the field."""


def empty(as_at: str, matrix: dict) -> dict:
    """A register with no risks, under the given matrix."""
    return {
        "register": "risks",
        "format": FORMAT,
        "as_at": as_at,
        "matrix": matrix,
        "matrices": {matrix["version"]: matrix},
        "objectives": [],
        "risks": [],
    }


def ordered(snapshot: dict) -> dict:
    """The same snapshot with its risks in the order of their references."""
    return {**snapshot, "risks": sorted(snapshot["risks"], key=lambda risk: sort_key(risk["ref"]))}


def risks_by_ref(snapshot: dict) -> dict[str, dict]:
    """Risks under their references."""
    return {risk["ref"]: risk for risk in snapshot["risks"]}


def check(snapshot: dict) -> None:
    """Raise `SnapshotError` unless the snapshot can be sealed, compared and drafted from."""
    if snapshot.get("register") != "risks" or snapshot.get("format") != FORMAT:
        raise SnapshotError(f"This is not a snapshot of the risk register in format {FORMAT}.")
    try:
        matrices = {version: from_data(data) for version, data in snapshot["matrices"].items()}
        from_data(snapshot["matrix"])
    except (KeyError, MatrixError) as problem:
        raise SnapshotError(f"The snapshot's matrix is not usable: {problem}") from problem
    seen_refs, seen_ids = set(), set()
    for risk in snapshot["risks"]:
        ref = risk.get("ref", "")
        if not parse(ref):
            raise SnapshotError(f"{ref!r} is not a risk reference such as SR3.1.")
        if ref in seen_refs:
            raise SnapshotError(f"{ref} stands twice in the register.")
        seen_refs.add(ref)
        for name in (*SCALARS, *RECORDS, *STAGES, *LISTS, "id"):
            if name not in risk:
                raise SnapshotError(f"{ref} has no {name}.")
        for row in [risk, *(row for name in LISTS for row in risk[name])]:
            if row["id"] in seen_ids:
                raise SnapshotError(f"{ref} holds the id {row['id']} that is already in use.")
            seen_ids.add(row["id"])
        for stage in STAGES:
            _check_assessment(ref, stage, risk[stage], matrices)


def _check_assessment(ref: str, stage: str, assessment: dict | None, matrices: dict) -> None:
    if assessment is None:
        if stage != "future":
            raise SnapshotError(f"{ref} has no {stage} score; only the future score may be blank.")
        return
    impacts = assessment["impacts"]
    if not impacts or set(impacts) - set(CATEGORIES) or max(impacts.values()) != assessment["impact"]:
        raise SnapshotError(f"{ref}: the {stage} impact must be the highest of its PESTELO categories.")
    matrix = matrices.get(assessment["matrix"])
    if matrix is None:
        raise SnapshotError(f"{ref}: matrix {assessment['matrix']} of the {stage} score is not in the snapshot.")
    if matrix.rating(assessment["likelihood"], assessment["impact"]) != assessment["rating"]:
        raise SnapshotError(f"{ref}: the {stage} rating is not the one in matrix {assessment['matrix']}.")
