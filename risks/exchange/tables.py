"""A snapshot as rows of the table."""

from risks.exchange.columns import PARTS
from risks.scales import CATEGORIES, STAGES


def rows(snapshot: dict) -> list[dict]:
    """Every row, in the order of the register: the risk, its scores, its acceptance, its bullets."""
    return [row for risk in snapshot["risks"] for row in risk_rows(risk)]


def risk_rows(risk: dict) -> list[dict]:
    """The rows of one risk. Values are text, whole numbers or None; dates are ISO text."""
    ref = risk["ref"]
    found = [
        {
            "ref": ref,
            "part": "risk",
            "text": risk["description"],
            "title": risk["title"],
            "type": risk["type"],
            "exec lead": risk["exec_lead"],
            "senior lead": risk["senior_lead"],
            "status": risk["status"]["kind"],
            "status date": risk["status"]["date"],
            "last review": risk["review"]["last"],
            "reviewed by": risk["review"]["by"],
            "next review": risk["review"]["next"],
            "closed on": risk["closed"]["on"] if risk["closed"] else None,
            "reason": risk["closed"]["reason"] if risk["closed"] else None,
            "id": risk["id"],
        }
    ]
    found.extend(_score_row(ref, stage, risk[stage]) for stage in STAGES if risk[stage])
    if risk["acceptance"]:
        found.append(
            {
                "ref": ref,
                "part": "acceptance",
                **{key: risk["acceptance"][key] for key in ("by", "on", "until", "reason")},
            }
        )
    for part, name in PARTS.items():
        for place, row in enumerate(risk[name] if name else (), 1):
            details = {key.replace("_", " "): value for key, value in row.items()}
            found.append({"ref": ref, "part": part, "position": place, **details})
    return found


def _score_row(ref: str, stage: str, score: dict) -> dict:
    return {
        "ref": ref,
        "part": stage,
        "likelihood": score["likelihood"],
        **{name: score["impacts"].get(name) for name in CATEGORIES},
        "impact": score["impact"],
        "rating": score["rating"],
        "band": score["band"],
        "matrix": score["matrix"],
        "by": score["assessed_by"],
        "on": score["assessed_on"],
        "reason": score["rationale"],
    }
