"""Pieces that both reports are made of: a status with its words, what is new in words, and the text of an update."""

from __future__ import annotations

from boards.document import build
from plans import compare, richtext, status, words
from plans.summary import ActionLine, Line


def status_lines(line: Line | ActionLine) -> list:
    """The status as a tag and the direction in words beneath it; never a colour or an arrow alone."""
    rag = line.row["rag"]
    if not rag:
        return [["Not reported"]]
    lines = [[build.tag(rag, status.TONES[status.Rag(rag)])]]
    travel = line.travel
    if travel is None or travel.direction is None:
        return [*lines, ["First report"]]
    lines.append([f"{travel.arrow} {words.capital(travel.direction.value)}".strip()])
    if travel.is_overridden:
        derived = travel.derived.value if travel.derived else "none"
        lines.append([f"Judged, not derived ({derived}): {travel.reason}"])
    return lines


def news_tags(line: Line) -> list:
    """New or Changed, as words in a tag."""
    if line.is_new:
        return [" ", build.tag("New", "new")]
    if _told(line):
        return [" ", build.tag("Changed", "changed")]
    return []


def news_words(line: Line) -> str:
    """What is different since the body's last report, in one sentence; empty when nothing is."""
    if line.is_new:
        return "Added to the Plan."
    return words.sentence_of(part for part in map(change_words, _told(line)) if part)


def change_words(change: compare.PlanChange) -> str:
    """One change as a clause."""
    old, new = change.old, change.new
    match change.field:
        case "rag" if not old:
            return f"first reported, as {new}"
        case "rag":
            return f"status was {old}, now {new}" if new else f"status was {old}, not reported now"
        case "recovery_date" if not old:
            return f"now expected back on target by {words.day(new)}"
        case "recovery_date" if not new:
            return "no longer needs a recovery date"
        case "recovery_date":
            later = "later" if new > old else "earlier"
            return f"recovery date moved {later}, from {words.day(old)} to {words.day(new)}"
        case "updates":
            fresh = compare.new_updates(change)
            return words.count(len(fresh), "new dated update") if fresh else ""
        case "opcc_leads":
            return f"OPCC lead was {words.listing(old) or 'blank'}, now {words.listing(new) or 'blank'}"
        case "delivery_lead":
            return f"delivery lead was {old or 'blank'}, now {new or 'blank'}"
        case "ref":
            return f"was {old}"
        case "title" | "text":
            return "reworded"
        case "slipped" | "overrides" | "narrative" | "next_steps" | "needed" | "action" | "theme":
            return ""
    return f"{compare.FIELD_WORDS.get(change.field, change.field)} changed"


def update_lines(text: str, *, known: frozenset[str], lead: str = "") -> list[list]:
    """An update as lines of a table cell. Bullets keep a bullet sign: a cell holds lines, not lists."""
    lines = []
    for block in richtext.blocks(text, known=known):
        for runs in block.items:
            mark = ["• "] if block.is_list else []
            lines.append([*mark, *[_run(run) for run in runs]])
    if lines and lead:
        lines[0] = [build.strong(f"{lead} "), *lines[0]]
    return lines


def update_blocks(text: str, *, known: frozenset[str], key: str, facts: object) -> list[dict]:
    """An update as blocks of a portrait paper: paragraphs and real lists."""
    made = []
    for number, block in enumerate(richtext.blocks(text, known=known), start=1):
        gen = build.gen(f"{key}:{number}", facts)
        runs = [[_run(run) for run in item] for item in block.items]
        made.append(build.bullets(*runs, gen=gen) if block.is_list else build.para(*runs[0], gen=gen))
    return made


def recovery_lines(line: Line) -> list[list]:
    """The way back for an activity off target: what is needed, by when, and how often that day has moved."""
    row = line.row
    if row["rag"] not in status.NEEDS_RECOVERY:
        return []
    lines = [[build.strong("Needed to recover: "), richtext.plain(row["needed"])]] if row["needed"] else []
    if row["recovery_date"]:
        words_of_date: list = [build.strong("Expected back on target by: "), words.day(row["recovery_date"])]
        if line.is_overdue:
            words_of_date += [" ", build.tag("Overdue", "red")]
        if line.slipped:
            words_of_date.append(f" (moved later {words.times(line.slipped)})")
        lines.append(words_of_date)
    return lines


def progress_lines(line: Line, *, known: frozenset[str]) -> list[list]:
    """The progress cell: reference, what is new, news newest first, then what next and the way back."""
    row = line.row
    lines: list[list] = [[build.strong(row["ref"]), *news_tags(line)]]
    if row["title"] and row["title"] != line.row.get("action_title"):
        lines[0] += [" ", build.strong(row["title"])]
    told = news_words(line)
    if told:
        lines.append([build.em(f"Since the last report: {told}")])
    for update in row["updates"]:
        lines += update_lines(update["text"], known=known, lead=f"{words.day(update['date'])}:")
    if row["narrative"]:
        lines += update_lines(row["narrative"], known=known, lead=f"{words.month(row['period'])}{_freshness(line)}:")
    if row["next_steps"]:
        lines += update_lines(row["next_steps"], known=known, lead="Next:")
    return lines + recovery_lines(line)


def legend_rows() -> list[list]:
    """The key to status and direction."""
    rows = [
        [build.cell([build.tag(rag.value, status.TONES[rag])]), words.capital(status.MEANINGS[rag])]
        for rag in status.Rag
    ]
    for direction, arrow in status.ARROWS.items():
        rows.append([f"{arrow} {words.capital(direction.value)}", status.DIRECTION_WORDS[direction]])
    rows.append(["Started", "Was not started at the last report. No arrow, because White has no rank"])
    rows.append(["First report", "This body has not been told the status before, so there is no direction"])
    return rows


def named(line: Line) -> dict:
    """The activity's reference as a link to its row in the table."""
    return build.xref(f"plans:{line.anchor}", line.ref)


def _freshness(line: Line) -> str:
    """Whether the words are new to this body."""
    if line.travel is None or line.travel.before is None:
        return ""
    is_new = any(change.field == "narrative" for change in line.changes)
    return " (new since the last report)" if is_new else " (as last reported)"


def _told(line: Line) -> list[compare.PlanChange]:
    return [change for change in line.changes if change.kind in ("changed", "moved") and change_words(change)]


def _run(run: richtext.Run) -> object:
    if run.strong:
        return build.strong(run.text)
    if run.href:
        return build.link(run.href)
    if run.ref:
        return build.xref(f"plans:{run.ref}", run.text)
    return run.text
