"""Files of the table: write CSV, Excel and JSON; read CSV and Excel and JSON with limits on what is swallowed."""

import csv
import io
import json
import zipfile

from risks.exchange.cells import safe
from risks.exchange.columns import COLUMNS, PARTS, WIDTHS
from risks.exchange.tables import rows

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000


class Unreadable(ValueError):
    """The file as a whole cannot be read. The message is a sentence for the screen."""


def write_csv(snapshot: dict) -> bytes:
    """UTF-8 with a mark at the start, so that Excel opens it as what it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(snapshot):
        writer.writerow([_out(row.get(name)) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _out(value) -> object:
    return "" if value is None else safe(value) if isinstance(value, str) else value


def write_excel(snapshot: dict) -> bytes:
    """One sheet with the table, its heading fixed, and one that says how to fill it in. All text cells are text, never formulas."""
    from openpyxl import Workbook  # here, for workers that only make packs have no use for it
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(list(COLUMNS))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="EAEFF4")
    for number, row in enumerate(rows(snapshot), 2):
        for column, name in enumerate(COLUMNS, 1):
            value = row.get(name)
            if value is None or value == "":
                continue
            cell = sheet.cell(number, column, _out(value))
            if isinstance(value, str):
                cell.data_type = "s"
            if name in ("text", "reason"):
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    choices = DataValidation(type="list", formula1=f'"{",".join(PARTS)}"', allow_blank=False)
    choices.error = "Choose one of the parts of a risk."
    sheet.add_data_validation(choices)
    choices.add(f"B2:B{max(sheet.max_row, 2) + 500}")
    _help(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _help(book) -> None:
    sheet = book.create_sheet("How to fill it in")
    sheet.column_dimensions["A"].width = 110
    for line in (
        "Each row is one part of a risk. The column “part” says which.",
        "risk: the description goes in “text”. inherent, current, future: a likelihood and at least one impact category, each 1 to 5.",
        "Impact, rating and band are shown for reading. They follow from the matrix; a different rating is refused, not taken.",
        "cause, effect, control, assurance, action, link: one bullet each, in the order of “position”.",
        "When a risk is read in, its lists become those of the file: a bullet that is not there is removed, and its history is kept.",
        "Keep the “id” of a bullet, so that new words count as a change of it. Leave the “id” empty for a new bullet.",
        "Leads must be known to the register. Dates are written 2017-02-06 or 6 February 2017.",
    ):
        sheet.append([line])


def write_json(snapshot: dict) -> bytes:
    """The snapshot itself."""
    return json.dumps(snapshot, ensure_ascii=False, indent=1, sort_keys=True).encode()


WRITERS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_excel, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (write_json, "application/json"),
}


def read(name: str, content: bytes) -> list[dict]:
    """Rows of a file as {"row": number in the file, "cells": {column: value}}. What it is, is told by its content, not by its name."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if content[:2] == b"PK":
        return _read_excel(content)
    if content[:4] in (b"\xd0\xcf\x11\xe0",):
        raise Unreadable("This is an old Excel file. Save it as .xlsx, then try again.")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return _read_json(content)
    return _read_csv(content)


def _heading(value: object) -> str:
    return " ".join(str(value or "").strip().lower().replace("_", " ").split())


def _checked_headings(values: list) -> list[str]:
    names = [_heading(value) for value in values]
    while names and not names[-1]:
        names.pop()
    if not {"ref", "part"} <= set(names):
        raise Unreadable(
            "The first row must hold the column headings, with “ref” and “part” among them. Start from an export."
        )
    if unknown := [name or "an empty heading" for name in names if name not in COLUMNS]:
        raise Unreadable(f"These columns are not known: {', '.join(unknown)}. Take them out, or start from an export.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable(f"These columns stand twice: {', '.join(twice)}.")
    return names


def _collect(lines) -> list[dict]:
    lines = iter(lines)
    first = next(lines, None)
    if first is None:
        raise Unreadable("The file is empty.")
    names, found = _checked_headings(list(first)), []
    for number, values in enumerate(lines, 2):
        cells = dict(zip(names, values, strict=False))
        if any(value not in (None, "") for value in cells.values()):
            found.append({"row": number, "cells": cells})
        if len(found) > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows.")
    return found


def _read_csv(content: bytes) -> list[dict]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("This is neither CSV, Excel nor JSON.")
    heading = text.split("\n", 1)[0]
    delimiter = (
        ";" if heading.count(";") > heading.count(",") else "\t" if heading.count("\t") > heading.count(",") else ","
    )
    try:
        return _collect(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise Unreadable(f"The file cannot be read as CSV: {problem}.") from problem


def _read_excel(content: bytes) -> list[dict]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("The file unpacks to more than any register could hold.")
            if any("vbaProject" in part.filename for part in packed.infolist()):
                raise Unreadable("The file holds macros. Save it without them, then try again.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable("The file cannot be read as Excel. Save it again as .xlsx, then try again.") from problem
    sheet = book["Register"] if "Register" in book.sheetnames else book.worksheets[0]
    return _collect([_excel_value(cell) for cell in line] for line in sheet.iter_rows())


def _excel_value(cell) -> object:
    value = cell.value
    # A formula cell keeps its sign; a text cell that only looks like one was guarded when it was written.
    return f"={str(value).lstrip('=')}" if cell.data_type == "f" else value


def _read_json(content: bytes) -> list[dict]:
    from risks.schema import SnapshotError, check

    try:
        snapshot = json.loads(content.decode("utf-8-sig"))
        check(snapshot)
    except (ValueError, KeyError, TypeError, SnapshotError) as problem:
        raise Unreadable(f"The file is not an export of the register: {problem}") from problem
    guarded = ({name: _out(value) for name, value in row.items()} for row in rows(snapshot))
    return [{"row": number, "cells": cells} for number, cells in enumerate(guarded, 2)]
