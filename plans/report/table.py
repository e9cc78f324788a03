"""The delivery plan as a table, theme by theme: one row for an action, and a row beneath it for each of several activities."""

from __future__ import annotations

from dataclasses import replace

from boards.document import build
from boards.reports import resolve
from plans import words
from plans.report import cells
from plans.summary import ActionLine, Line, Summary, ThemeSummary

WIDTHS = [17, 13, 13, 33, 11, 13]
HEADER = [
    "Priority action",
    "OPCC lead",
    "Delivery lead",
    "Delivery activity and progress",
    "Status and direction",
    "Wider partnership opportunities",
]


def theme_section(theme: ThemeSummary, now: dict, summary: Summary, as_at: str, *, first: bool) -> dict:
    known = frozenset(row["ref"] for row in now["activities"].values())
    rows = [row for action in theme.actions for row in _action_rows(action, known)]
    facts = [theme.row, [[line.row, line.travel.label if line.travel else None, cells.news_words(line)] for line in theme.activities],
             [action.row for action in theme.actions]]  # fmt: skip
    key = f"plans:theme:{theme.code}"
    blocks: list = [
        build.para(
            build.strong("Work in progress. " if now["plan"]["working_document"] else ""),
            f"As at {as_at}. Aim of the theme: {theme.row['aim'] or 'not recorded'}",
            f" Shared outcome: {theme.row['shared_outcome']}" if theme.row["shared_outcome"] else "",
            gen=build.gen(f"{key}:aim", [theme.row, as_at]),
        )
    ]
    if first:
        legend = cells.legend_rows()
        blocks.append(
            build.table(
                "Key to status and direction", ["Shown as", "Meaning"], legend, widths=[30, 70], gen="plans:legend"
            )
        )
    blocks.append(
        build.table(
            f"{theme.name}: delivery as at {as_at}",
            HEADER,
            rows,
            widths=WIDTHS,
            note="Direction compares with the status last reported to this body. Updates are dated, the newest first.",
            gen=build.gen(f"{key}:table", facts),
        )
    )
    return build.section(
        f"Delivery plan: {theme.name}",
        *blocks,
        role="appendix",
        orientation="landscape",
        anchor=f"plans:theme-{theme.code}",
        gen=build.gen(key, theme.name),
    )


def _action_rows(action: ActionLine, known: frozenset[str]) -> list[dict]:
    """One row for an action; with several activities, an action row and a row beneath it for each, none merged."""
    row = action.row
    title = [
        [f"{row['ref']} ", row["text"] or row["title"], *([" ", build.tag("New", "new")] if action.is_new else [])]
    ]
    if row["inspection_note"]:
        title.append([build.em(f"Inspection note: {row['inspection_note']}")])
    known_links = [(link["target"], found) for link in row["links"] if (found := resolve(link["target"]))]
    if known_links:
        links: list = ["See also "]
        for index, (target, found) in enumerate(known_links):
            # A risk is known by its reference, a reserve by its name.
            label = found.ref if found.ref[:1].isupper() else found.title
            links += [", " if index else "", build.xref(target, label)]
        title.append(links)
    opportunities = cells.update_lines(row["opportunities"], known=known) or [["None recorded"]]
    if len(action.activities) == 1:
        line = action.activities[0]
        return [
            build.row(
                build.cell(lines=title, header=True),
                *_lead_cells(line),
                build.cell(lines=progress(line, row, known)),
                build.cell(lines=cells.status_lines(line)),
                build.cell(lines=opportunities),
                anchor=f"plans:{row['ref']}",
            )
        ]
    count = words.count(len(action.activities), "activity")
    whole = build.row(
        build.cell(lines=title, header=True),
        "As below",
        "As below",
        f"{words.capital(count)}, reported in the rows below." if action.activities else "No activity is recorded.",
        build.cell(lines=[["Worst of its activities:"], *cells.status_lines(action)]),
        build.cell(lines=opportunities),
        anchor=f"plans:{row['ref']}",
    )
    beneath = [
        build.row(
            build.cell(f"{row['ref']}, activity {line.row['ref']}", header=True),
            *_lead_cells(line),
            build.cell(lines=progress(line, row, known)),
            build.cell(lines=cells.status_lines(line)),
            f"As {row['ref']}",
            anchor=f"plans:{line.ref}",
        )
        for line in action.activities
    ]
    return [whole, *beneath]


def progress(line: Line, action: dict, known: frozenset[str]) -> list[list]:
    """The progress cell of one activity; an only activity does not repeat the title of its action."""
    return cells.progress_lines(replace(line, row={**line.row, "action_title": action["title"]}), known=known)


def _lead_cells(line: Line) -> tuple[str, str]:
    return (words.listing(line.row["opcc_leads"]) or "No lead", line.row["delivery_lead"] or "None recorded")
