"""P17: dates are possible and agree with themselves."""

import re
from calendar import day_name, monthrange
from datetime import date

from ..base import ACKNOWLEDGE, ADVICE, Hit, rule
from ..dates import LONG, MONTHS, SHORT, spoken

DAYS = "|".join(day_name)
WEEKDAY = re.compile(rf"\b({DAYS})\s*,?\s+(?:the\s+)?$", re.I)
YEAR_EDGE = re.compile(
    r"^[\s,(–-]*(?:(?:which is|being|is|at)\s+)?(?:the\s+)?(?P<edge>start|beginning|first day|end|close|last day)\s+of\s+(?:the\s+)?"
    r"(?:(?:new|current|next)\s+)?(?:financial|fiscal)\s+year\b(?:\s+(?P<year>\d{4})\s*[/-]\s*(?P<to>\d{2,4}))?",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d")
MONTH_ONLY = re.compile(r"(?<![\d/])(0?[1-9]|1[0-2])/(\d{2})(?![\d/])")
TIMETABLE = re.compile(r"\b(award|deadline|decision|interview|meeting|submission|briefing|published)\b", re.I)


@rule("P17.dates", ACKNOWLEDGE, "Dates are possible and agree")
def dates_are_possible_and_agree(paper, facts):
    """31 June does not exist, 6 February 2017 was a Monday, and 31 March ends a financial year."""
    for passage in paper.passages:
        for match in LONG.finditer(passage.text) if YEAR.search(passage.text) else ():
            said = _wrong(passage.text, match)
            if said:
                yield Hit(said, "Correct the date or the words beside it.", passage.block_id, passage.number)


@rule("P17.table", ADVICE, "Dates in a table are alike and on working days")
def dates_in_a_table_are_alike(paper, facts):
    """A column that mixes days with months, and a step of a timetable on a Saturday or Sunday."""
    for table in paper.tables:
        columns = range(max((len(row) for row in table.rows), default=0))
        for column in columns:
            cells = [(row[0], row[column]) for row in table.body if column < len(row) and row[column]]
            whole = [text for _, text in cells if SHORT.search(text)]
            months = [text for _, text in cells if MONTH_ONLY.search(SHORT.sub("", text))]
            if len(whole) >= 2 and months:
                yield Hit(
                    f"A column mixes whole dates with months only (“{whole[0]}” and “{months[0]}”).",
                    "Write dates in one way: 6 February 2017, or March 2018 where the day is open.",
                    table.block_id,
                    table.label,
                )
            for label, text in cells:
                match = SHORT.fullmatch(text.strip()) or LONG.fullmatch(text.strip())
                day = _date(match) if match else None
                if column and day and day.weekday() >= 5 and TIMETABLE.search(label):
                    yield Hit(
                        f"“{label}” is set for {day_name[day.weekday()]} {spoken(day)}.",
                        "Check the date.",
                        table.block_id,
                        table.label,
                    )


def _wrong(text, match):
    day, month, year = int(match.group(1)), MONTHS[match.group(2).lower()], int(match.group(3))
    if not 1 <= day <= 31 or day > monthrange(year, month)[1]:
        return f"The date {match.group()} does not exist."
    when = date(year, month, day)
    weekday = WEEKDAY.search(text[: match.start()])
    if weekday and weekday.group(1).lower() != day_name[when.weekday()].lower():
        return f"{spoken(when)} was a {day_name[when.weekday()]}, not a {weekday.group(1).title()}."
    edge = YEAR_EDGE.match(text[match.end() :])
    if edge:
        return _year_edge(when, edge)
    return None


def _year_edge(when, edge):
    """Financial years run from 1 April to 31 March: 31 March 2021 ends 2020/21."""
    starts = edge["edge"].lower() in ("start", "beginning", "first day")
    if starts and (when.month, when.day) == (3, 31):
        return f"{spoken(when)} is the end of a financial year, not its start."
    if not starts and (when.month, when.day) == (4, 1):
        return f"{spoken(when)} is the start of a financial year, not its end."
    year = int(edge["year"]) if edge["year"] else None
    own = when.year if when.month >= 4 else when.year - 1
    if year is not None and year != own:
        return f"{spoken(when)} lies in the financial year {own}/{(own + 1) % 100:02d}, not {year}/{edge['to'][-2:]}."
    return None


def _date(match):
    day, month, year = match.groups()
    month = MONTHS.get(month.lower()) or int(month)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None
