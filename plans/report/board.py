"""The board's report of the whole plan: what changed, in words, then the table of the plan theme by theme."""

from __future__ import annotations

from boards.document import build
from boards.reports import Draft, ReportContext
from plans import charts, status, words
from plans.report import appendices, cells, table
from plans.summary import Line, Summary

TEMPLATE = "board-paper"


def draft(now: dict, summary: Summary, context: ReportContext) -> Draft:
    as_at = words.month((now["round"] or {}).get("period_end") or now["as_at"])
    short = f"the “{words.body_noun(context.board)}”"
    document = build.doc(
        _purpose(now, context, short, as_at),
        _recommendation(context),
        _background(now, summary, context),
        _standing(now, summary),
        _changes(summary, context),
        _attention(summary),
        build.section(
            "Recommendation", build.echo(gen="plans:echo"), role="conclusion", gen="plans:section:conclusion"
        ),
        _bibliography(now, context),
        [
            table.theme_section(theme, now, summary, as_at, first=index == 0)
            for index, theme in enumerate(summary.themes)
        ],
        appendices.sections(now),
    )
    title = f"Delivery of the {now['plan']['title']}"
    return Draft(title=title, from_role="Chief Executive", document=document, to=context.board, template=TEMPLATE)


def _purpose(now: dict, context: ReportContext, short: str, as_at: str) -> dict:
    facts = [now["plan"]["title"], as_at, context.board]
    return build.section(
        "Purpose",
        build.para(
            f"This report tells the {context.board} (", build.define(short), ") how delivery of the ",
            f"{now['plan']['title']} (", build.define("the “Plan”"), f") stood at the end of {as_at}, and what has changed "
            "since the Plan was last reported here.",
            gen=build.gen("plans:purpose", facts),
        ),
        role="purpose",
        gen="plans:section:purpose",
    )  # fmt: skip


def _recommendation(context: ReportContext) -> dict:
    return build.section(
        "Recommendation",
        build.recommend(
            "note",
            "the status and direction of travel of the actions in the Plan, and the activities that are off target.",
            gen="plans:recommendation",
        ),
        role="recommendation",
        gen="plans:section:recommendation",
    )


def _background(now: dict, summary: Summary, context: ReportContext) -> dict:
    themes = words.listing([theme.name for theme in summary.themes])
    actions, activities = len(summary.actions), len(summary.lines)
    paragraphs = [
        build.para(
            f"The Plan runs {now['plan']['term']} under {words.count(len(summary.themes), 'theme')}: "
            f"{themes}. It holds ",
            build.bound("plans", "count.actions", actions),
            " priority actions, delivered through ",
            build.bound("plans", "count.activities", activities),
            " activities. Each activity has a lead in this office, who reports it once a round, and a body that delivers it.",
            gen=build.gen("plans:background:plan", [themes, actions, activities]),
        )
    ]
    body = words.body_noun(context.board)
    if context.baseline_date:
        told = (
            f"The {body} last received this report on {words.day(context.baseline_date)}. Every direction of travel in this "
            "report compares today’s status with the status reported then."
        )
    else:
        told = f"This is the first report of the Plan to the {body} through this portal, so it shows no direction of travel."
    paragraphs.append(build.para(told, gen=build.gen("plans:background:baseline", [str(context.baseline_date), body])))
    if now["plan"]["working_document"]:
        paragraphs.append(
            build.para(
                f"The delivery plan in the appendices is a working document. It is put before the {body} so that delivery "
                "can be seen, and it is not a formal report of performance.",
                gen=build.gen("plans:background:working", body),
            )
        )
    return build.section("Background", paragraphs, role="background", gen="plans:section:background")


def _standing(now: dict, summary: Summary) -> dict:
    data = charts.status_data(summary)
    rows = [
        [
            theme.name,
            *[str(theme.tally[rag.value]) for rag in status.Rag],
            str(theme.tally["Not reported"]),
            str(len(theme.activities)),
        ]
        for theme in summary.themes
    ]
    rows.append(
        [
            "All themes",
            *[str(summary.tally[rag.value]) for rag in status.Rag],
            str(summary.tally["Not reported"]),
            str(len(summary.lines)),
        ]
    )
    return build.section(
        "Where the Plan stands",
        build.para(
            "Of the ", build.bound("plans", "count.activities", len(summary.lines)), " activities, ",
            *_tally_words(summary), ".",
            gen=build.gen("plans:standing:words", summary.tally),
        ),
        build.chart(
            charts.STATUS_KIND, data, "Activities by status and theme", charts.status_sentence(data),
            gen=build.gen("plans:standing:chart", data),
        ),
        build.table(
            "Number of activities by status and theme",
            ["Theme", *[rag.value for rag in status.Rag], "Not reported", "All"],
            rows,
            align="lrrrrrr",
            header_column=True,
            gen=build.gen("plans:standing:table", rows),
        ),
        role="body",
        gen="plans:section:standing",
    )  # fmt: skip


def _tally_words(summary: Summary) -> list:
    values = [rag for rag in status.Rag if summary.tally[rag.value]]
    parts: list = []
    for index, rag in enumerate(values):
        count = summary.tally[rag.value]
        joint = "" if index == 0 else " and " if index == len(values) - 1 else ", "
        parts += [joint, build.bound("plans", f"tally.{rag.value}", count), f" {'is' if count == 1 else 'are'} {rag.value} "
                  f"({status.MEANINGS[rag]})"]  # fmt: skip
    return parts or ["none has been reported"]


def _changes(summary: Summary, context: ReportContext) -> dict:
    if summary.is_first_report:
        blocks = [
            build.para(
                "There is no earlier report to this body to compare with. Later reports will say here what improved, "
                "what deteriorated and what is new.",
                gen="plans:changes:none",
            )
        ]
        return build.section("What has changed", blocks, role="body", gen="plans:section:changes")
    groups = [
        ("deteriorated", "deteriorated", summary.worsened),
        ("improved", "improved", summary.improved),
        ("started", "started", summary.started),
        ("new", "been added to the Plan", summary.new),
    ]
    blocks = []
    for key, verb, lines in groups:
        if not lines:
            continue
        facts = [[line.ref, line.rag, line.travel.before if line.travel else None] for line in lines]
        have = "has" if len(lines) == 1 else "have"
        lead = f"{words.capital(words.count(len(lines), 'activity'))} {have} {verb} since the last report:"
        blocks.append(build.para(lead, gen=build.gen(f"plans:changes:{key}", facts)))
        blocks.append(
            build.bullets(*[_moved(line) for line in lines], gen=build.gen(f"plans:changes:{key}:list", facts))
        )
    if summary.removed:
        refs = words.listing([change.ref for change in summary.removed])
        blocks.append(
            build.para(
                f"Taken out of the Plan since the last report: {refs}.", gen=build.gen("plans:changes:removed", refs)
            )
        )
    still = sum(1 for line in summary.lines if line.travel and line.travel.direction is status.Direction.NO_CHANGE)
    blocks.append(
        build.para(
            f"{words.capital(words.count(still, 'activity'))} {'stands' if still == 1 else 'stand'} where "
            f"{'it' if still == 1 else 'they'} stood at the last report.",
            gen=build.gen("plans:changes:still", still),
        )
    )
    return build.section("What has changed", blocks, role="body", gen="plans:section:changes")


def _moved(line: Line) -> list:
    told = cells.news_words(line) if not line.is_new else ""
    return [cells.named(line), f" {line.row['title']}", f". {told}" if told else ""]


def _attention(summary: Summary) -> dict:
    blocks = []
    off = [line for line in summary.lines if line.rag in status.NEEDS_RECOVERY]
    if off:
        rows = [
            build.row(
                [cells.named(line), f" {line.row['title']}"],
                build.cell(lines=cells.status_lines(line)),
                build.cell(lines=[
                    [words.day(line.row["recovery_date"]), *([" ", build.tag("Overdue", "red")] if line.is_overdue else [])],
                    *([[f"Moved later {words.times(line.slipped)}"]] if line.slipped else []),
                ]),
                line.row["needed"],
            )
            for line in off
        ]  # fmt: skip
        facts = [[line.ref, line.rag, line.row["recovery_date"], line.row["needed"], line.slipped] for line in off]
        overdue = len(summary.overdue)
        lead = f"{words.capital(words.count(len(off), 'activity'))} {'is' if len(off) == 1 else 'are'} off target."
        if overdue:
            lead += (
                f" {words.capital(words.count(overdue, 'recovery date'))} {'has' if overdue == 1 else 'have'} passed."
            )
        blocks += [
            build.para(lead, gen=build.gen("plans:attention:words", [len(off), overdue])),
            build.table(
                "Activities that are Red or Yellow",
                ["Activity", "Status and direction", "Back on target by", "What is needed"],
                rows,
                widths=[30, 18, 20, 32],
                gen=build.gen("plans:attention:table", facts),
            ),
        ]
    else:
        blocks.append(build.para("No activity is Red or Yellow.", gen="plans:attention:words"))
    if summary.unreported:
        refs = words.listing([line.ref for line in summary.unreported])
        blocks.append(
            build.para(f"Not reported this round: {refs}.", gen=build.gen("plans:attention:unreported", refs))
        )
    return build.section("What needs attention", blocks, role="body", gen="plans:section:attention")


def _bibliography(now: dict, context: ReportContext) -> dict:
    mailbox = context.options.get("mailbox", "")
    return build.section(
        "Bibliography",
        build.source(now["plan"]["title"], gen="plans:source"),
        build.contact("Plan officer", mailbox, gen="plans:contact"),
        role="bibliography",
        gen="plans:section:bibliography",
    )
