"""Appendices after the table: the cross-reference to another plan, the findings tracked, and the figures."""

from __future__ import annotations

from decimal import Decimal

from boards.document import build
from plans import measures, words


def sections(now: dict) -> list[dict]:
    """Each appendix for which the plan holds anything."""
    return [section for section in (_aims(now), _findings(now), _measures(now)) if section]


def _aims(now: dict) -> dict | None:
    aims = sorted(now["aims"].values(), key=lambda each: each["order"])
    if not aims:
        return None
    objectives = sorted(now["objectives"].values(), key=lambda each: each["order"])
    by_objective = {row["id"]: [] for row in objectives}
    for aim in aims:
        for uid in aim["objectives"]:
            by_objective.setdefault(uid, []).append(aim)
    theme_names = {row["ref"]: row["name"] for row in now["themes"].values()}
    rows = [
        [
            theme_names.get(row["theme"], row["theme"]),
            f"{row['number']}. {row['text']}",
            build.cell(
                lines=[[f"{aim['ref']} {aim['text']}"] for aim in by_objective[row["id"]]] or [["No aim is mapped"]]
            ),
        ]
        for row in objectives
    ]
    other = words.listing(sorted({f"{aim['body']}’s {aim['other_plan']}" for aim in aims}))
    unmet = [row for row in objectives if not by_objective[row["id"]]]
    told = f"Each objective of the Plan is shown with the aims of {other} that meet it. "
    told += (
        f"{words.capital(words.count(len(unmet), 'objective'))} {'has' if len(unmet) == 1 else 'have'} no aim yet."
        if unmet
        else "Every objective is met by at least one aim."
    )
    return build.section(
        "Objectives and the aims that meet them",
        build.para(told, gen=build.gen("plans:aims:words", told)),
        build.table(
            f"Objectives of the Plan against {other}",
            ["Theme", "Objective of the Plan", "Aims that meet it"],
            rows,
            widths=[16, 42, 42],
            gen=build.gen("plans:aims:table", [aims, objectives]),
        ),
        role="appendix",
        orientation="landscape",
        gen=build.gen("plans:aims", other),
    )


def _findings(now: dict) -> dict | None:
    findings = sorted(now["findings"].values(), key=lambda each: each["order"])
    if not findings and not now["assessments"]:
        return None
    lead = " ".join(
        f"The {each['title']} drew {each['all']:,} findings: {each['forward']:,} were taken forward as actions and "
        f"{each['remitted']:,} were remitted to the heads of business ({each['all']:,} = {each['forward']:,} + {each['remitted']:,})."
        for each in now["assessments"]
    )
    rows = [
        [
            each["ref"],
            each["text"],
            each["owner"],
            words.day(each["target_date"]),
            build.cell(lines=[
                [words.capital(each["position"]) or "Not reviewed yet"],
                *([[build.tag("Escalated", "red")]] if each["escalated"] else []),
            ]),
        ]
        for each in findings
    ]  # fmt: skip
    return build.section(
        "Findings of the strategic assessment",
        build.para(lead, gen=build.gen("plans:findings:words", now["assessments"])),
        build.table(
            "Findings taken forward",
            ["Number", "Finding", "Owner", "Target date", "Position"],
            rows,
            widths=[8, 44, 20, 14, 14],
            gen=build.gen("plans:findings:table", findings),
        ),
        role="appendix",
        orientation="landscape",
        gen=build.gen("plans:findings", None),
    )


def _measures(now: dict) -> dict | None:
    held = sorted(now["measures"].values(), key=lambda each: each["order"])
    rows = [measure_row(each, now) for each in held if each["observations"]]
    if not rows:
        return None
    return build.section(
        "Performance measures",
        build.table(
            "Latest figures of each measure",
            ["Measure", "Period", "Figure", "Since the figure before", "Beside others"],
            rows,
            widths=[30, 20, 14, 20, 16],
            note="Better and worse follow the polarity of each measure; figures for context are not judged.",
            gen=build.gen("plans:measures:table", held),
        ),
        role="appendix",
        orientation="landscape",
        gen=build.gen("plans:measures", None),
    )


def measure_row(measure: dict, now: dict) -> list:
    """The newest figure of a measure with its movement and comparators, in words."""
    own = [each for each in measure["observations"] if not each["comparator"]]
    latest = own[-1] if own else measure["observations"][-1]
    value, unit, polarity = Decimal(latest["value"]), measure["unit"], measure["polarity"]
    before = [each for each in own[:-1] if each["rolling"] == latest["rolling"]]
    moved = "No earlier figure"
    if before:
        step = measures.movement(value, Decimal(before[-1]["value"]), unit=unit, polarity=polarity)
        moved = words.capital(step.words(unit))
    others = [
        f"{words.capital(each['comparator'])} {measures.show(Decimal(each['value']), unit)}"
        for each in measure["observations"]
        if each["comparator"] and each["end"] == latest["end"]
    ]
    name = f"{measure['name']} ({words.listing(measure['actions'])})" if measure["actions"] else measure["name"]
    return [name, latest["period"], measures.show(value, unit), moved, "\n".join(others) or "None"]
