"""What a member wants to know of the register, read from the reports that were sealed for their board."""

from risks import compare, flags, heatmap, slippage, trend
from risks.presenters import page
from risks.refs import sort_key
from risks.sealed import Sealed
from risks.words import day, number


def _previous(reports: list[Sealed]) -> dict[str, dict]:
    return {risk["id"]: risk for risk in reports[-2].snapshot["risks"]} if len(reports) > 1 else {}


def lines(reports: list[Sealed]) -> list[dict]:
    """A line for each risk of the last report: scores, movement, trend, review, slipped dates."""
    last, before = reports[-1], _previous(reports)
    snapshots = [report.snapshot for report in reports]
    changed = set(changed_refs(last))
    all_points, slipped = trend.of_all(snapshots), slippage.of_all(snapshots)
    out = []
    for risk in sorted(last.snapshot["risks"], key=lambda risk: sort_key(risk["ref"])):
        if risk["closed"]:
            continue
        points = all_points[risk["id"]]
        step = flags.movement(risk, before.get(risk["id"]))
        told = flags.flags(risk, matrices=last.snapshot["matrices"], as_at=last.on)
        out.append(
            {
                "risk": risk,
                "movement": flags.movement_words(step),
                "direction": "" if step is None else "same" if step == 0 else "worsened" if step > 0 else "improved",
                "trend": trend.draw(points, id=f"trend-{risk['id']}"),
                "static": trend.static_for(points),
                "crossed": trend.crossed_tolerance(points),
                "slipped": sum(slipped.get(risk["id"], {}).values()),
                "changed": risk["ref"] in changed,
                "reviewed": day(risk["review"]["last"]) if risk["review"]["last"] else "Not given",
                "reviewed_by": risk["review"]["by"],
                "flags": told,
                "codes": {flag.code for flag in told},
            }
        )
    return out


def changed_refs(report: Sealed) -> list[str]:
    """References that the report told as changed."""
    from boards.reports import Change

    return compare.changed_refs([Change(**change) for change in report.changes])


def groups(rows: list[dict]) -> list[dict]:
    """The short lists at the head of the page, each with its risks. `rows` are the lines of the page."""

    def some(title: str, chosen: list, tail=lambda row: "") -> dict:
        return {"title": title, "rows": [(row["risk"], tail(row)) for row in chosen]}

    static = [row for row in rows if row["static"] >= 2]
    return [
        some("Above tolerance", [row for row in rows if "above_tolerance" in row["codes"]], _treated),
        some(
            "Crossed tolerance at this report",
            [row for row in rows if row["crossed"]],
            lambda row: "now above" if row["crossed"] == "above" else "now inside",
        ),
        some(
            "Standing still",
            [row for row in static if row["risk"]["current"]["above_tolerance"] or row["static"] >= 3],
            lambda row: f"the same rating for {number(row['static'], 'meeting')}",
        ),
        some(
            "Dates put back",
            [row for row in rows if row["slipped"]],
            lambda row: f"{number(row['slipped'], 'date')} put back",
        ),
    ]


def _treated(row: dict) -> str:
    if "accepted" in row["codes"]:
        return "accepted"
    return (
        "no target and no acceptance"
        if "untreated" in row["codes"]
        else f"target {row['risk']['future']['rating']}"
        if row["risk"]["future"]
        else ""
    )


def risk(reports: list[Sealed], ref: str) -> dict | None:
    """Everything the page of one sealed risk shows, or None when the last report did not hold it."""
    last = reports[-1]
    data = next((risk for risk in last.snapshot["risks"] if risk["ref"] == ref), None)
    if data is None:
        return None
    snapshots = [report.snapshot for report in reports]
    objectives = {objective["number"]: objective["title"] for objective in last.snapshot["objectives"]}
    from boards.reports import Change
    from risks.words import sentences

    mine = [Change(**change) for change in last.changes if change["ref"] == ref]
    shown = {"matrix": last.snapshot["matrix"], "risks": [data]}
    points = trend.of_risk(data["id"], snapshots)
    return {
        "data": data,
        "scores": page.scores(data),
        "lists": page.lists(data),
        "summary": page.summary(data, objectives, last.on),
        "flags": page.told(data, last.snapshot["matrices"], last.on, _previous(reports).get(data["id"])),
        "told": sentences(compare.substantive(mine)),
        "points": points,
        "chart": heatmap.chart(heatmap.data(shown, paths=[ref]), caption=f"{ref} from inherent to future"),
        "trend": trend.draw(points, id="trend"),
        "slipped": slippage.times(data["id"], snapshots),
        "static": trend.static_for(points),
        "reports": len(reports),
    }
