"""The panel's report of one theme, in the panel's layout: the same source as the board's table, told as an account."""

from __future__ import annotations

import datetime as dt

from boards.document import build
from boards.reports import Draft, ReportContext
from plans import richtext, status, words
from plans.report import appendices, cells
from plans.summary import ActionLine, Line, Summary, ThemeSummary

TEMPLATE = "panel-report"
# The themes are taken in turn through the year; the autumn meeting takes Communities.
ROTATION = {1: "V", 2: "O", 3: "T", 4: "C"}


def draft(now: dict, summary: Summary, context: ReportContext) -> Draft:
    theme = _theme(summary, context)
    body = words.body_noun(context.board)
    office_holder = context.office.get("office_holder") or "Police and Crime Commissioner"
    as_at = words.month((now["round"] or {}).get("period_end") or now["as_at"])
    known = frozenset(row["ref"] for row in now["activities"].values())
    document = build.doc(
        build.section(
            "Purpose",
            build.para(
                f"To tell the {context.board} (", build.define(f"the “{body}”"), f") how the {theme.name} theme of the ",
                f"{now['plan']['title']} (", build.define("the “Plan”"), f") was being delivered at the end of {as_at}.",
                gen=build.gen("plans:panel:purpose", [theme.name, as_at, context.board]),
            ),
            role="purpose",
            gen="plans:panel:section:purpose",
        ),
        build.section(
            "Recommendations",
            build.recommend(
                "note",
                f"the progress of the {theme.name} theme and the activities that are off target.",
                gen=build.gen("plans:panel:recommendation", theme.name),
            ),
            role="recommendation",
            gen="plans:panel:section:recommendation",
        ),
        build.section(
            "Terms of reference",
            build.para(
                f"This report supports two functions of the {body}: to review or scrutinise what the "
                f"{office_holder} decides and does, and to support the {office_holder} in carrying out the office well "
                "(Police Reform and Social Responsibility Act 2011, section 28).",
                gen=build.gen("plans:panel:terms", [office_holder, body]),
            ),
            role="body",
            gen="plans:panel:section:terms",
        ),
        build.section(
            "Background", _background(theme, now, context), role="background", gen="plans:panel:section:background"
        ),
        build.section("Progress at a glance", _glance(theme, summary), role="body", gen="plans:panel:section:glance"),
        build.section(
            f"Delivery of the {theme.name} theme",
            [block for action in theme.actions for block in _action(action, known)],
            role="body",
            gen="plans:panel:section:delivery",
        ),
        _figures(theme, now),
        build.section("Conclusion", _conclusion(theme, summary), role="summary", gen="plans:panel:section:conclusion"),
        build.section(
            "Background documents",
            build.source(now["plan"]["title"], gen="plans:panel:source"),
            build.contact("Plan officer", context.options.get("mailbox", ""), gen="plans:panel:contact"),
            role="bibliography",
            gen="plans:panel:section:documents",
        ),
    )  # fmt: skip
    document["content"] = [section for section in document["content"] if section is not None]
    title = f"Monitoring delivery of the Plan: {theme.name}"
    return Draft(title=title, from_role=office_holder, document=document, to=context.board, template=TEMPLATE)


class NoSuchTheme(ValueError):
    """The report was to be about a theme that the plan does not have. Carries one plain sentence."""


def turn(codes: list[str], day: dt.date) -> str | None:
    """The theme whose turn it is in the quarter of a meeting. A plan with other themes takes them in its own order."""
    if not codes:
        return None
    quarter = (day.month - 1) // 3 + 1
    return ROTATION[quarter] if ROTATION[quarter] in codes else codes[(quarter - 1) % len(codes)]


def _theme(summary: Summary, context: ReportContext) -> ThemeSummary:
    """The theme asked for; without a choice, the one whose turn it is. Raises NoSuchTheme."""
    wanted = str(
        context.options.get("theme") or turn([each.code for each in summary.themes], context.meeting_date) or ""
    )
    found = summary.theme(wanted)
    if found is None:
        raise NoSuchTheme(
            f"The plan has no theme “{wanted}” to report." if wanted else "The plan has no theme to report."
        )
    return found


def _background(theme: ThemeSummary, now: dict, context: ReportContext) -> list[dict]:
    aim = theme.row["aim"] or "No aim is recorded."
    blocks = [
        build.para(
            f"The aim of the theme is: {aim}",
            f" Its partners share this outcome: {theme.row['shared_outcome']}" if theme.row["shared_outcome"] else "",
            gen=build.gen("plans:panel:aim", theme.row),
        ),
        build.para(
            f"The theme has {words.count(len(theme.actions), 'priority action')}, delivered through "
            f"{words.count(len(theme.activities), 'activity')}. Status is Red, Yellow, Green or White: "
            + "; ".join(f"{rag.value} means {status.MEANINGS[rag]}" for rag in status.Rag)
            + ".",
            gen=build.gen("plans:panel:key", [len(theme.actions), len(theme.activities)]),
        ),
    ]
    body = words.body_noun(context.board)
    if context.baseline_date:
        told = (
            f"The {body} last received the Plan on {words.day(context.baseline_date)}. Directions of travel compare with "
            f"what the {body} was told then, and may differ from those in papers of other bodies."
        )
    else:
        told = f"The {body} has not had this report before, so no direction of travel is shown."
    blocks.append(build.para(told, gen=build.gen("plans:panel:baseline", [str(context.baseline_date), body])))
    if now["plan"]["working_document"]:
        blocks.append(
            build.para(
                "The delivery plan behind this report is a working document and not a formal report of performance.",
                gen="plans:panel:working",
            )
        )
    return blocks


def _glance(theme: ThemeSummary, summary: Summary) -> list[dict]:
    rows = [
        build.row(
            [build.xref(f"plans:{line.ref.split('.')[0]}", line.ref), f" {line.row['title']}"],
            line.row["delivery_lead"] or "None recorded",
            build.cell(lines=cells.status_lines(line)),
        )
        for line in theme.activities
    ]
    facts = [
        [line.ref, line.rag, line.row["title"], line.travel.label if line.travel else None] for line in theme.activities
    ]
    return [
        build.table(
            f"{theme.name}: status and direction of each activity",
            ["Activity", "Delivered by", "Status and direction"],
            rows,
            widths=[46, 32, 22],
            gen=build.gen("plans:panel:table", facts),
        )
    ]


def _action(action: ActionLine, known: frozenset[str]) -> list[dict]:
    row = action.row
    key = f"plans:panel:{row['ref']}"
    blocks: list[dict] = [
        build.sub(
            f"{row['ref']} {row['title']}", anchor=f"plans:{row['ref']}", gen=build.gen(key, [row["ref"], row["title"]])
        )
    ]
    if row["text"] and row["text"] != row["title"]:
        blocks.append(build.para(row["text"], gen=build.gen(f"{key}:text", row["text"])))
    if row["inspection_note"]:
        note = f"Inspection: {row['inspection_note']}"
        blocks.append(build.para(note, gen=build.gen(f"{key}:inspection", note)))
    for line in action.activities:
        blocks += _activity(line, key, known)
    if row["opportunities"]:
        words_ = richtext.plain(row["opportunities"])
        blocks.append(build.para("Wider partnership opportunities: ", words_, gen=build.gen(f"{key}:wider", words_)))
    return blocks


def _activity(line: Line, key: str, known: frozenset[str]) -> list[dict]:
    row = line.row
    label = f"{key}:{row['ref']}"
    facts = [row, line.travel.label if line.travel else None, cells.news_words(line)]
    rag = row["rag"]
    standing: list = [build.strong(f"{row['ref']}. ")]
    if rag:
        standing += [
            build.tag(rag, status.TONES[status.Rag(rag)]),
            f" {words.capital(status.MEANINGS[status.Rag(rag)])}",
        ]
        if line.travel and line.travel.direction:
            standing.append(f"; {line.travel.words[:1].lower()}{line.travel.words[1:]}")
        standing.append(".")
    else:
        standing.append("Not reported this round.")
    told = cells.news_words(line)
    if told:
        standing.append(f" Since the last report: {told[:1].lower()}{told[1:]}")
    blocks = [build.para(*standing, gen=build.gen(f"{label}:status", facts))]
    for update in row["updates"]:
        text = f"{words.day(update['date'])}: {update['text']}"
        blocks += cells.update_blocks(text, known=known, key=f"{label}:update{update['id']}", facts=update)
    blocks += cells.update_blocks(row["narrative"], known=known, key=f"{label}:text", facts=row["narrative"])
    if row["next_steps"]:
        blocks += cells.update_blocks(
            f"Next: {row['next_steps']}", known=known, key=f"{label}:next", facts=row["next_steps"]
        )
    for number, each in enumerate(cells.recovery_lines(line), start=1):
        blocks.append(build.para(*each, gen=build.gen(f"{label}:recovery{number}", facts)))
    return blocks


def _figures(theme: ThemeSummary, now: dict) -> dict | None:
    held = sorted(
        (each for each in now["measures"].values() if each["theme"] == theme.code and each["observations"]),
        key=lambda each: each["order"],
    )
    if not held:
        return None
    return build.section(
        "Figures",
        build.table(
            f"{theme.name}: latest figures",
            ["Measure", "Period", "Figure", "Since the figure before", "Beside others"],
            [appendices.measure_row(each, now) for each in held],
            widths=[30, 20, 14, 20, 16],
            gen=build.gen("plans:panel:figures", held),
        ),
        role="body",
        gen="plans:panel:section:figures",
    )


def _conclusion(theme: ThemeSummary, summary: Summary) -> list[dict]:
    off = [line for line in theme.activities if line.rag in status.NEEDS_RECOVERY]
    on = theme.tally["Green"]
    told = (
        f"Of the {words.count(len(theme.activities), 'activity')} of this theme, "
        f"{words.number(on)} {'is' if on == 1 else 'are'} on target"
    )
    if off:
        told += f" and {words.number(len(off))} {'is' if len(off) == 1 else 'are'} not: {words.listing([line.ref for line in off])}"
    return [build.para(f"{told}.", gen=build.gen("plans:panel:conclusion", told))]
