"""The plan as an Excel workbook, and a workbook read back. What is exported reads back exactly.

Typed figures are on the sheets of `sheets.SHEETS`; the sheets Balances, Budget and Council tax hold live formulas over
them, so an accountant can trace every total. On the way in only typed figures are read: a formula, a date that is not
31 March or an amount that is not whole thousands is an error with its sheet, row and column, and nothing is saved.
"""

import io
import zipfile
from datetime import date, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from finance import figures, money, rows, years
from finance.exchange import formulas
from finance.exchange.checks import checked
from finance.exchange.sheets import PLAN_FIELDS, SHEETS, Column, Sheet

HEADING_ROW = 4
LARGEST_CONTENT = 60 * 1024 * 1024
MOST_ROWS = 5000
MONEY_FORMAT = '#,##0;(#,##0);"–"'
_INPUT = PatternFill("solid", fgColor="FFF8DC")
_HEAD = PatternFill("solid", fgColor="1D3557")


class WorkbookError(ValueError):
    """A workbook that cannot be read; `problems` names the sheet, row and column of each cell at fault."""

    def __init__(self, problems: list[str]):
        super().__init__(problems[0])
        self.problems = problems


def write(plan: figures.Plan) -> bytes:
    """The workbook of a plan, formulas live."""
    book = Workbook()
    _plan_sheet(book.active, plan)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        _head(page, sheet.title, sheet.help, [c.heading for c in _columns(sheet, plan)])
        for number, item in enumerate(getattr(plan, sheet.part), start=HEADING_ROW + 1):
            for column, spec in enumerate(_columns(sheet, plan), start=1):
                _put(page.cell(number, column), spec, _value_of(item, spec.key))
        _shape(page, _columns(sheet, plan))
    formulas.add(book, plan)
    book.active = 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template(plan: figures.Plan) -> bytes:
    """An empty workbook for the period of a plan, with one line for each year."""
    bare = figures.Plan(
        plan.title, plan.base_year, plan.year_count, years=tuple(figures.Year(year) for year in plan.dates)
    )
    return write(bare)


def _columns(sheet: Sheet, plan: figures.Plan) -> list[Column]:
    extra = (
        [Column(f"amount_{year}", years.label(year), "amount", optional=True) for year in plan.dates]
        if sheet.by_year
        else []
    )
    return [*sheet.columns, *extra]


def _value_of(item, key: str):
    if key.startswith("amount_") and key != "amount_k":
        year = int(key.removeprefix("amount_"))
        return (
            None
            if year not in item.amounts
            else rows.TO_BE_CONFIRMED
            if item.amounts[year] is None
            else item.amounts[year]
        )
    return getattr(item, key)


def _plan_sheet(page, plan: figures.Plan) -> None:
    page.title = "Plan"
    _head(
        page,
        plan.title,
        "Shaded cells are typed. Amounts are in thousand pounds unless a heading says otherwise.",
        ["Detail", "Value"],
    )
    for number, spec in enumerate(PLAN_FIELDS, start=HEADING_ROW + 1):
        page.cell(number, 1, spec.heading)
        _put(page.cell(number, 2), spec, getattr(plan, spec.key))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 46, 70


def _head(page, title: str, words: str, headings: list[str]) -> None:
    page.cell(1, 1, ILLEGAL_CHARACTERS_RE.sub("", title)).font = Font(bold=True, size=14)
    _as_text(page.cell(1, 1))
    page.cell(2, 1, words)
    for column, heading in enumerate(headings, start=1):
        cell = page.cell(HEADING_ROW, column, heading)
        cell.font, cell.fill, cell.alignment = (
            Font(bold=True, color="FFFFFF"),
            _HEAD,
            Alignment(wrap_text=True, vertical="top"),
        )
    page.freeze_panes = page.cell(HEADING_ROW + 1, 1)


def _shape(page, columns: list[Column]) -> None:
    for index, spec in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = spec.width


def _put(cell, spec: Column, value) -> None:
    """Write one typed value. Text is always written as text, so that no reader takes it for a formula."""
    cell.fill = _INPUT
    if value is None:
        return
    if spec.kind == "year":
        value = years.label(value)
    elif spec.kind == "date" and isinstance(value, int):
        value = years.closing_label(value)
    elif spec.kind == "yesno":
        value = "yes" if value else "no"
    elif spec.kind == "choice":
        value = spec.options.get(value, value)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
        _as_text(cell)
        return
    cell.value = value
    cell.number_format = {
        "thousands": MONEY_FORMAT,
        "amount": MONEY_FORMAT,
        "pounds": "#,##0.00",
        "percent": "0.00",
    }.get(spec.kind, "0")


def _as_text(cell) -> None:
    if isinstance(cell.value, str):
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=len(cell.value) > 40, vertical="top")


def read(data: bytes) -> figures.Plan:
    """The plan in a workbook. Raises `WorkbookError` with every cell at fault; derived sheets are not read."""
    book = _open(data)
    problems: list[str] = []
    head = _read_plan(book, problems)
    if problems:
        raise WorkbookError(problems)
    dates = figures.Plan("", head["base_year"], head["year_count"])
    parts = {}
    for sheet in SHEETS:
        parts[sheet.part] = _read_sheet(book, sheet, dates, problems)
    if problems:
        raise WorkbookError(problems)
    plan = figures.Plan(**head, **{part: tuple(item for _, item in items) for part, items in parts.items()})
    problems += _whole(parts, plan)
    if problems:
        raise WorkbookError(problems)
    try:
        return checked(plan)
    except rows.RowError as error:
        raise WorkbookError([str(error)]) from error


def _open(data: bytes):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.infolist()
            if len(names) > 300 or sum(entry.file_size for entry in names) > LARGEST_CONTENT:
                raise WorkbookError(["The workbook is larger inside than a plan can be, so it was not opened."])
            if any("vbaProject" in entry.filename for entry in names):
                raise WorkbookError(["The workbook has macros. Save it as a workbook without macros (.xlsx)."])
        return load_workbook(io.BytesIO(data), data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        if isinstance(error, WorkbookError):
            raise
        raise WorkbookError(
            ["This is not an Excel workbook the portal can read. Save it as .xlsx and try again."]
        ) from error


def _read_plan(book, problems: list[str]) -> dict:
    if "Plan" not in book.sheetnames:
        problems.append("The workbook has no sheet “Plan”. Start from the template.")
        return {}
    given = {
        str(row[0].value).strip(): row[1]
        for row in book["Plan"].iter_rows(min_row=HEADING_ROW, max_row=60, max_col=2)
        if row[0].value
    }
    values = {}
    for spec in PLAN_FIELDS:
        if spec.heading not in given:
            problems.append(f"Plan: there is no line “{spec.heading}”.")
            continue
        cell = given[spec.heading]
        try:
            values[spec.key] = _parse(cell, spec)
        except ValueError as error:
            problems.append(f"Plan, row {cell.row}, column B ({spec.heading}): {error}")
    if not problems and not 1 <= values["year_count"] <= 12:
        problems.append("Plan: the number of years must be from 1 to 12.")
    return values


def _read_sheet(book, sheet: Sheet, plan: figures.Plan, problems: list[str]) -> list[tuple[int, object]]:
    if sheet.title not in book.sheetnames:
        problems.append(f"The workbook has no sheet “{sheet.title}”. Start from the template.")
        return []
    page, columns = book[sheet.title], _columns(sheet, plan)
    headings = {str(cell.value).strip(): cell.column for cell in page[HEADING_ROW] if cell.value is not None}
    missing = [spec.heading for spec in columns if spec.heading not in headings]
    if missing:
        problems.append(f"{sheet.title}, row {HEADING_ROW}: the heading “{missing[0]}” is missing.")
        return []
    found = []
    for row in page.iter_rows(min_row=HEADING_ROW + 1, max_row=min(page.max_row, HEADING_ROW + MOST_ROWS)):
        if all(cell.value is None or str(cell.value).strip() == "" for cell in row):
            continue
        values, wrong = {}, []
        for spec in columns:
            cell = row[headings[spec.heading] - 1]
            try:
                values[spec.key] = _parse(cell, spec)
            except ValueError as error:
                wrong.append(f"{sheet.title}, row {cell.row}, column {cell.column_letter} ({spec.heading}): {error}")
        problems += wrong
        if not wrong:
            found.append((row[0].row, _item(sheet, values)))
    return found


def _item(sheet: Sheet, values: dict):
    kinds = {
        "years": figures.Year,
        "reserves": figures.Reserve,
        "movements": figures.Movement,
        "splits": figures.Split,
        "actuals": figures.Actual,
    }
    if not sheet.by_year:
        return kinds[sheet.part](**values)
    own = {key: value for key, value in values.items() if not key.startswith("amount_")}
    amounts = {int(key.removeprefix("amount_")): value for key, value in values.items() if key.startswith("amount_")}
    return figures.Line(
        **own, amounts={y: None if a == rows.TO_BE_CONFIRMED else a for y, a in amounts.items() if a is not None}
    )


def _parse(cell, spec: Column):
    """One cell as its column has it; ValueError with a sentence when it is not."""
    value = cell.value
    if cell.data_type == "f":
        raise ValueError("This cell has a formula. Type the figure itself.")
    if cell.data_type == "e":
        raise ValueError(f"This cell has the error {value}.")
    if value is None or (isinstance(value, str) and not value.strip()):
        if not spec.optional:
            raise ValueError("This cell must not be empty.")
        return "" if spec.kind in ("text", "date", "choice") else None
    if spec.kind == "thousands":
        return money.parse_thousands(value)
    if spec.kind == "amount":
        return (
            rows.TO_BE_CONFIRMED if str(value).strip().upper() == rows.TO_BE_CONFIRMED else money.parse_thousands(value)
        )
    if spec.kind in ("pounds", "percent"):
        return money.parse_pounds(value)
    if spec.kind == "number":
        return money.parse_thousands(value)
    if spec.kind == "year":
        return years.parse_year(value)
    if spec.kind == "date":
        return _date(value, spec)
    if spec.kind == "yesno":
        return _one_of(str(value), {"yes": True, "no": False})
    if spec.kind == "choice":
        return _one_of(
            str(value),
            {label.lower(): key for key, label in spec.options.items()} | {key.lower(): key for key in spec.options},
        )
    return str(value)


def _date(value, spec: Column):
    if spec.key == "year":
        return years.parse_balance_date(value)
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise ValueError(f"“{value}” is not a date. Write it as 2019-09-30.") from None


def _one_of(value: str, options: dict):
    if value.strip().lower() not in options:
        raise ValueError(f"“{value}” must be one of {', '.join(options)}.")
    return options[value.strip().lower()]


def _whole(parts: dict, plan: figures.Plan) -> list[str]:
    """Problems that no single cell shows: twice the same reference, a movement of an unknown reserve or year."""
    from finance import reserves

    problems, titles = [], {sheet.part: sheet.title for sheet in SHEETS}
    known = {reserve.ref for reserve in plan.reserves}
    for part, items in parts.items():
        seen: set = set()
        for row, item in items:
            key = getattr(item, "ref", None) or (getattr(item, "reserve", ""), item.year, getattr(item, "category", ""))
            if key in seen:
                problems.append(f"{titles[part]}, row {row}: this line is there twice.")
            seen.add(key)
            if part in ("splits", "actuals") and item.reserve not in known:
                problems.append(f"{titles[part]}, row {row}: there is no reserve “{item.reserve}”.")
            if part in ("movements", "splits", "actuals", "years") and item.year not in plan.dates:
                problems.append(f"{titles[part]}, row {row}: {years.label(item.year)} is not a year of the plan.")
            if part == "movements":
                try:
                    reserves.check(item, known)
                except reserves.MovementError as error:
                    problems.append(f"{titles[part]}, row {row}: {error}")
    return problems
