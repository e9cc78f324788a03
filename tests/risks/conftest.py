"""A small live register, and the people who work on it."""

import datetime as dt

import pytest

from risks.actions import register, rows, scores
from risks.models import Lead, Objective
from risks.setting_up import ensure_matrix

DAY = dt.date(2017, 1, 31)


@pytest.fixture
def officer(person):
    return person("risk_officer", title="Risk officer")


@pytest.fixture
def matrix(db):
    return ensure_matrix()


@pytest.fixture
def leads(db):
    return {title: Lead.objects.create(title=title) for title in ("Office", "Chief Executive", "Chief Finance Officer")}


@pytest.fixture
def objectives(db):
    titles = ("Public Engagement", "Setting Direction", "Resourcing", "Being Accountable")
    return [Objective.objects.create(number=number, title=title) for number, title in enumerate(titles, 1)]


@pytest.fixture
def make_risk(matrix, leads, objectives):
    """`make_risk("SR3.1", current=(3, 4))`: a scored risk with one row in each list."""

    def make(ref="SR3.1", *, by=None, inherent=(3, 4), current=(2, 3), future=None, bullets=True, **fields):
        objective, number = (int(part) for part in ref.removeprefix("SR").split("."))
        risk = register.add_risk(
            by=by,
            on=DAY,
            status_kind="update",
            objective=objectives[objective - 1],
            number=number,
            **{
                "title": f"Title of {ref}",
                "description": f"Description of {ref}.",
                "exec_lead": leads["Office"],
                "senior_lead": leads["Chief Executive"],
                **fields,
            },
        )
        for stage, pair in (("inherent", inherent), ("current", current), ("future", future)):
            if pair:
                likelihood, impact = pair
                scores.score_risk(
                    risk=risk,
                    stage=stage,
                    likelihood=likelihood,
                    impacts={"political": impact},
                    by=by,
                    by_title="Lead",
                    on=DAY,
                )
        if bullets:
            for name in ("causes", "effects", "controls", "assurances", "actions"):
                rows.add_row(risk=risk, name=name, text=f"First of {name}.", by=by, reason="New", on=DAY)
        risk.refresh_from_db()
        return risk

    return make
