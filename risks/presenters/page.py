"""What a page about one risk says, live or sealed: scores, lists, flags."""

import datetime as dt

from risks import flags
from risks.scales import CATEGORIES, LISTS, STAGES, STATUSES, TYPES
from risks.words import day, row_details


def scores(data: dict) -> list[dict]:
    """The three scores with their words."""
    out = []
    for stage, label in STAGES.items():
        score = data[stage]
        impacts = score["impacts"] if score else {}
        categories = [(label, impacts[name]) for name, label in CATEGORIES.items() if name in impacts]
        scored = f"{day(score['assessed_on'])}, {score['assessed_by']}" if score else ""
        out.append({"stage": stage, "label": label, "score": score, "categories": categories, "scored": scored})
    return out


def lists(data: dict) -> list[dict]:
    """The lists of the risk, links apart."""
    return [
        {
            "name": name,
            "heading": heading,
            "noun": noun,
            "rows": [{**row, "details": row_details(row)} for row in data[name]],
        }
        for name, (heading, noun) in LISTS.items()
        if name != "links"
    ]


def summary(data: dict, objectives: dict[int, str], as_at: dt.date) -> list[tuple]:
    """Key and value pairs at the head of the page, as on a day."""
    review = data["review"]
    reviewed = f"{day(review['last'])}, by the {review['by']}" if review["last"] else "Not yet"
    rows = [
        ("Objective", f"{data['objective']} {objectives.get(data['objective'], '')}".strip()),
        ("Type", TYPES[data["type"]]),
        ("Executive lead", data["exec_lead"]),
        ("Senior lead", data["senior_lead"]),
        ("Status", f"{STATUSES[data['status']['kind']]}, {day(data['status']['date'])}"),
        ("Last reviewed", reviewed),
        ("Next review", day(review["next"]) if review["next"] else "Not set"),
    ]
    if data["acceptance"]:
        rows.append(("Accepted above tolerance", _accepted(data["acceptance"], as_at)))
    if data["closed"]:
        rows.append(("Closed", f"{day(data['closed']['on'])}: {data['closed']['reason']}"))
    return rows


def _accepted(accepted: dict, as_at: dt.date) -> str:
    until = ""
    if accepted["until"]:
        over = dt.date.fromisoformat(accepted["until"]) < as_at
        until = f", which ran out on {day(accepted['until'])}" if over else f", until {day(accepted['until'])}"
    return f"By the {accepted['by']} on {day(accepted['on'])}{until}: {accepted['reason']}"


def told(data: dict, matrices: dict, as_at: dt.date, last: dict | None = None) -> list[flags.Flag]:
    """Flags, once the risk is scored."""
    if not (data["inherent"] and data["current"]):
        return [flags.Flag("unscored", "Not scored yet", "neutral")]
    return flags.sharpest(flags.flags(data, matrices=matrices, as_at=as_at, last_reported=last))
