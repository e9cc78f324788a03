"""How often the date of a future action has been put back, read from the dates that successive reports gave for it."""


def of_all(snapshots: list[dict]) -> dict[str, dict[str, int]]:
    """By risk and action: in how many reports the date of the action was later than in the report before."""
    slipped: dict[str, dict[str, int]] = {}
    last: dict[str, str] = {}
    for snapshot in sorted(snapshots, key=lambda snapshot: snapshot["as_at"]):
        for risk in snapshot["risks"]:
            for action in risk["actions"]:
                due, key = action.get("due"), action["id"]
                if due and last.get(key, due) < due:
                    mine = slipped.setdefault(risk["id"], {})
                    mine[key] = mine.get(key, 0) + 1
                if due:
                    last[key] = due
    return slipped


def of_risk(risk_id: str, snapshots: list[dict]) -> dict[str, int]:
    """The same for one risk."""
    return of_all(snapshots).get(risk_id, {})


def times(risk_id: str, snapshots: list[dict]) -> int:
    """How often any date of the risk has slipped, in all."""
    return sum(of_risk(risk_id, snapshots).values())
