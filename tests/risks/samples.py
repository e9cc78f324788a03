"""Snapshots for the tests: small registers made without a database, and edits to make to them."""

import csv
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import strategies as st

from risks import matrix
from risks.refs import sort_key
from risks.scales import CATEGORIES, LISTS
from risks.schema import empty

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"


def facts(name: str) -> list[dict]:
    """Rows of one of the facts files, or a skip that says where it should be."""
    path = FACTS / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{name}.csv is absent: put the facts in a folder named shared beside the checkout")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def score(likelihood: int, impact: int, category: str = "political", **extra) -> dict:
    """An assessment under the first matrix."""
    cell = matrix.default().cell(likelihood, impact)
    return {
        "likelihood": likelihood,
        "impacts": {category: impact},
        "impact": impact,
        "rating": cell.rating,
        "band": cell.band.name,
        "tone": cell.band.tone,
        "above_tolerance": cell.above_tolerance,
        "matrix": "2016",
        "assessed_on": "2017-01-31",
        "assessed_by": "Chief Executive",
        "rationale": "",
        **extra,
    }


def risk(ref: str, identity: str | None = None, **extra) -> dict:
    """A risk with empty lists, inside tolerance, reviewed in January 2017."""
    return {
        "id": identity or f"risk-{ref}",
        "ref": ref,
        "objective": int(ref[2]),
        "title": f"Title of {ref}",
        "description": f"Description of {ref}.",
        "type": "theoretical",
        "exec_lead": "Office",
        "senior_lead": "Chief Executive",
        "status": {"kind": "update", "date": "2017-01-31"},
        "review": {"last": "2017-01-31", "next": "2017-04-28", "by": "Chief Executive"},
        "closed": None,
        "inherent": score(3, 4),
        "current": score(2, 3),
        "future": None,
        "acceptance": None,
        **{name: [] for name in LISTS},
        **extra,
    }


def register(*risks: dict, as_at: str = "2017-02-06") -> dict:
    """A snapshot that holds these risks."""
    snapshot = empty(as_at, matrix.default_data())
    snapshot["objectives"] = [{"number": n, "title": f"Objective {n}"} for n in range(1, 5)]
    snapshot["risks"] = sorted(deepcopy(list(risks)), key=lambda risk: risk["ref"])
    return snapshot


def row(identity: str, text: str, **extra) -> dict:
    """A row of a list."""
    return {"id": identity, "text": text, **extra}


words = st.text(alphabet="abcdefgh ", min_size=1, max_size=12)
scores = st.builds(
    score,
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from(sorted(CATEGORIES)),
)
EDITS = (
    "text",
    "add",
    "remove",
    "move",
    "title",
    "lead",
    "score",
    "target",
    "close",
    "review",
    "new",
    "drop",
    "renumber",
    "accept",
)


@st.composite
def edits(draw) -> tuple:
    """One edit: what to do, two dice to choose the risk and the row, a word and a score."""
    return (
        draw(st.sampled_from(EDITS)),
        draw(st.integers(0, 99)),
        draw(st.integers(0, 99)),
        draw(st.sampled_from(sorted(LISTS))),
        draw(words),
        draw(scores),
    )


def edit(snapshot: dict, change: tuple, serial: int) -> None:
    """Carry out one edit on the snapshot, as a person would. Ids are never used twice."""
    verb, first, second, name, text, new_score = change
    risks = snapshot["risks"]
    if verb == "new" or not risks:
        number = max([int(r["ref"].split(".")[1]) for r in risks], default=0) + 1
        risks.append(risk(f"SR{first % 4 + 1}.{number + 20}", f"new-{serial}"))
        risks.sort(key=lambda r: sort_key(r["ref"]))
        return
    chosen = risks[first % len(risks)]
    rows = chosen[name]
    if verb == "add":
        rows.insert(second % (len(rows) + 1), row(f"row-{serial}", text))
    elif rows and verb == "text":
        rows[second % len(rows)]["text"] = text
    elif rows and verb == "remove":
        rows.pop(second % len(rows))
    elif rows and verb == "move":
        rows.insert(first % len(rows), rows.pop(second % len(rows)))
    elif verb in ("title", "lead"):
        chosen["title" if verb == "title" else "senior_lead"] = text
    elif verb == "score":
        chosen["current"] = new_score
    elif verb == "target":
        chosen["future"] = None if chosen["future"] else new_score
    elif verb == "close":
        chosen["closed"] = None if chosen["closed"] else {"on": "2017-01-01", "reason": text}
    elif verb == "review":
        chosen["review"] = {"last": "2017-02-01", "next": None, "by": text}
    elif verb == "drop":
        risks.remove(chosen)
    elif verb == "renumber":
        other = risks[second % len(risks)]
        chosen["ref"], other["ref"] = other["ref"], chosen["ref"]
    elif verb == "accept":
        chosen["acceptance"] = {"by": text, "on": "2017-01-01", "reason": text, "until": None}
    risks.sort(key=lambda r: sort_key(r["ref"]))
