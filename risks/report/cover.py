"""The covering paper: why, when the board last looked, what it is asked, and one paragraph for each changed risk."""

from boards.document import build, ids
from risks import words
from risks.compare import by_ref
from risks.report.facts import Facts


def sections(facts: Facts, seed: str) -> list[dict]:
    """Sections of the covering paper, in the board's order."""
    return [
        _purpose(facts, seed),
        _recommendation(facts, seed),
        _background(facts, seed),
        _changes(facts, seed),
        _tolerance(facts, seed),
        build.section(
            "Recommendation", build.echo(id=_id(seed, "echo")), role="conclusion", id=_id(seed, "conclusion")
        ),
        _bibliography(facts, seed),
    ]


def _id(seed: str, *key: str) -> str:
    return ids.from_key(seed, "cover", *key)


def _para(key: str, facts, seed: str, *parts, **extra) -> dict:
    return build.para(*parts, id=_id(seed, key), gen=build.gen(f"risks:cover:{key}", facts), **extra)


def _section(name: str, seed: str) -> dict:
    """Id and key of a section, so that a refresh knows it again; what is generated in it has keys of its own."""
    return {"id": _id(seed, f"{name}-section"), "gen": build.gen(f"risks:section:{name}")}


def _purpose(facts: Facts, seed: str) -> dict:
    return build.section(
        "Purpose",
        _para(
            "purpose",
            [facts.board, facts.baseline_day],
            seed,
            f"This paper brings the strategic risk register to the {facts.board}, as it stands for the meeting of "
            f"{facts.meeting_day}"
            + (f", and sets out what has changed since {facts.baseline_day}." if facts.baseline else "."),
        ),
        role="purpose",
        **_section("purpose", seed),
    )


def _recommendation(facts: Facts, seed: str) -> dict:
    changed = bool(facts.changed) or not facts.baseline
    ask = (
        "the strategic risk register and the changes made to it."
        if changed and facts.baseline
        else "the strategic risk register."
    )
    return build.section(
        "Recommendation",
        build.recommend("note", ask, id=_id(seed, "recommendation"), gen=build.gen("risks:cover:recommendation", ask)),
        role="recommendation",
        **_section("recommendation", seed),
    )


def _background(facts: Facts, seed: str) -> dict:
    last = (
        f"The {facts.board} last considered the register on {facts.baseline_day}. In the appendix, what is new since then is underlined "
        "and labelled New, what was taken out is struck through and labelled Removed, and what was reworded is labelled Changed."
        if facts.baseline
        else f"This is the first report of the register to the {facts.board}, so there is nothing to compare it with and no "
        "change is marked."
    )
    return build.section(
        "Background",
        _para(
            "arrangements",
            [facts.force],
            seed,
            f"The register holds the strategic risks of the {facts.office} and {facts.force}. The leads of each risk review it every "
            "quarter, and it is reported to the boards every six months.",
        ),
        _para("last-considered", last, seed, last),
        role="background",
        **_section("background", seed),
    )


def _changes(facts: Facts, seed: str) -> dict:
    """One paragraph for each changed risk: reference and title, its page in the pack, and what changed in words."""
    grouped = by_ref(facts.changes)
    count, still = len(grouped), len(facts.shown) - len([ref for ref in grouped if ref in facts.by_ref])
    if not facts.baseline:
        text = f"The register holds {words.number(len(facts.shown), 'risk')}. Each is set out in the appendix."
    elif not grouped:
        text = f"None of the {words.number(len(facts.shown), 'risk')} in the register has changed."
    else:
        has = "has" if count == 1 else "have"
        text = f"{words.capital(words.number(count, 'risk'))} of {len(facts.shown)} {has} changed. "
        if still:
            text += f"{words.capital(words.number(still, 'risk'))} {'is' if still == 1 else 'are'} unchanged. "
        text += "The changes are:"
    blocks = [_para("changes", text, seed, text)]
    if facts.matrix_changed:
        line = f"Scores made from now on are read from another rating matrix. {words.matrix_line(facts.now['matrix'])}"
        blocks.append(_para("matrix", line, seed, line))
    for ref, group in grouped.items():
        blocks.append(_changed(facts, ref, group, seed))
    return build.section(
        "Changes since the last report" if facts.baseline else "The register",
        *blocks,
        role="body",
        **_section("changes", seed),
    )


def _changed(facts: Facts, ref: str, group: list, seed: str) -> dict:
    told = words.paragraph(group)
    return build.para(
        build.strong(facts.reference(ref), f" {group[0].title}"),
        ". ",
        told,
        id=_id(seed, "change", ref),
        gen=build.gen(f"risks:cover:{ref}", [group[0].title, [change.as_dict() for change in group]]),
    )


def _tolerance(facts: Facts, seed: str) -> dict:
    """Where the register stands against tolerance. Numbers only, and the risks above tolerance by reference."""
    above, level = facts.above, facts.level
    tolerance = facts.now["matrix"]["tolerance"]
    text = f"Tolerance is a rating of {tolerance}. "
    if above:
        text += (
            f"{words.capital(words.number(len(above), 'risk'))} {'is' if len(above) == 1 else 'are'} above tolerance"
        )
    else:
        text += "No risk is above tolerance"
    text += f" and {words.number(len(level), 'risk')} {'stands' if len(level) == 1 else 'stand'} at it. "
    text += "Each risk above tolerance goes to the executive board that answers for it." if above else ""
    blocks = [_para("tolerance", text, seed, text)]
    for risk in above:
        said = facts.treatment(risk)
        line = f"is rated {words.score(risk['current'])}. {said}"
        blocks.append(
            build.para(
                facts.reference(risk["ref"]),
                " ",
                line,
                id=_id(seed, "above", risk["ref"]),
                gen=build.gen(f"risks:cover:above:{risk['ref']}", line),
                level=2,
            )
        )
    return build.section("Position against tolerance", *blocks, role="body", **_section("tolerance", seed))


def _bibliography(facts: Facts, seed: str) -> dict:
    return build.section(
        "Bibliography",
        build.source("Strategic risk register (in the appendix to this paper)", id=_id(seed, "source")),
        build.contact(facts.contact, facts.mailbox, id=_id(seed, "contact")),
        role="bibliography",
        id=_id(seed, "bibliography-section"),
    )
