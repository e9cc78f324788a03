"""The register as a printed document: A4 landscape, a page or more for each risk, in the grid that board members know.

The heading row with the reference is printed again on every page that a risk spills on to. What goes to a board is not this but the report
inside the pack; this is for people who want the register alone.
"""

from django.template.loader import render_to_string

from boards.packs import typesetting
from risks import heatmap, words
from risks.scales import CATEGORIES, STAGES, STATUSES, TYPES


def register_html(snapshot: dict, *, stamp: str) -> str:
    """The document as HTML. `stamp` says at the foot of each page what this copy is."""
    objectives = {objective["number"]: objective["title"] for objective in snapshot["objectives"]}
    risks = [risk for risk in snapshot["risks"] if not risk["closed"]]
    drawn = heatmap.chart(heatmap.data({**snapshot, "risks": risks}), caption="Current ratings")
    context = {
        "risks": [_page(risk, objectives) for risk in risks],
        "chart": drawn,
        "stamp": stamp,
        "matrix": snapshot["matrix"],
        "tolerance": snapshot["matrix"]["tolerance"],
        "title": "Strategic risk register",
    }
    return render_to_string("risks/print/register.html", context)


def register_pdf(snapshot: dict, *, stamp: str) -> bytes:
    """The document as a tagged PDF, made with the shipped fonts and without reaching for anything outside."""
    pdf, _ = typesetting.typeset(register_html(snapshot, stamp=stamp))
    return pdf


def _page(risk: dict, objectives: dict) -> dict:
    """One risk as the template prints it."""
    lists = {
        name: [{"text": row["text"], "details": words.row_details(row)} for row in risk[name]]
        for name in ("causes", "effects", "controls", "assurances", "actions")
    }
    return {
        "ref": risk["ref"],
        "title": risk["title"],
        "objective": f"{risk['objective']} {objectives.get(risk['objective'], '')}".strip(),
        "status": f"{STATUSES[risk['status']['kind']]} {words.day(risk['status']['date'])}",
        "type": TYPES[risk["type"]],
        "description": risk["description"],
        "accepted": words.accepted(risk["acceptance"]),
        "exec_lead": risk["exec_lead"],
        "senior_lead": risk["senior_lead"],
        **lists,
        **{stage: _score(risk[stage]) for stage in STAGES},
    }


def _score(score: dict | None) -> dict | None:
    if score is None:
        return None
    impacts = score["impacts"]
    return {
        **score,
        "categories": ", ".join(f"{label} {impacts[key]}" for key, label in CATEGORIES.items() if key in impacts),
    }
