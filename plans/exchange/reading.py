"""Reading an uploaded file into tables of text. Files are distrusted: size, rows and contents are bounded."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile

from plans.exchange.tables import COLUMNS, Row, Tables, UnreadableFile, heading, place, table_of, unguard

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(content: bytes, name: str) -> Tables:
    """The tables in a file, told by its content, not by its name. Raises UnreadableFile with a sentence."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile("The file is larger than 5 MB. A plan is far smaller: check that it is the right file.")
    if content[:4] == b"PK\x03\x04":
        return _excel(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableFile("This is an old Excel file (.xls). Save it as .xlsx or CSV and choose it again.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UnreadableFile("The file is neither CSV, Excel nor JSON.")
    if text.lstrip()[:1] == "{":
        return _json(text)
    return _csv(text)


def _csv(text: str) -> Tables:
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise UnreadableFile(f"The file cannot be read as CSV: {error}.") from error
    table, rows = _sheet(lines)
    return {table: rows}


def _excel(content: bytes) -> Tables:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise UnreadableFile("The workbook is far larger inside than a plan can be. It was not opened.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except UnreadableFile:
        raise
    except Exception as error:  # the library raises many kinds for a damaged file
        raise UnreadableFile("The workbook cannot be opened. It may be damaged or protected by a password.") from error
    tables: Tables = {}
    for sheet in book.worksheets:
        lines = [[_text(value) for value in line] for line in sheet.iter_rows(max_row=MAX_ROWS + 2, values_only=True)]
        lines = [line for line in lines if any(line)]
        if not lines:
            continue
        named = heading(sheet.title)
        table, rows = _sheet(lines, named if named in COLUMNS else None)
        if table in tables:
            raise UnreadableFile(f"Two sheets of the workbook hold {table}. Keep one.")
        tables[table] = rows
    book.close()
    if not tables:
        raise UnreadableFile("The workbook has no rows.")
    return tables


def _json(text: str) -> Tables:
    try:
        data = json.loads(text)
        tables = {
            table: [
                {column: _clean(str(row.get(column, "") or "")) for column in COLUMNS[table]} for row in data[table]
            ]
            for table in COLUMNS
            if table in data
        }
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UnreadableFile("The file is not JSON of a plan.") from error
    if not tables:
        raise UnreadableFile("The file has none of the tables of a plan.")
    if any(len(rows) > MAX_ROWS for rows in tables.values()):
        raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows. It was not read.")
    return tables


def _sheet(lines: list[list[str]], table: str | None = None) -> tuple[str, list[Row]]:
    if not lines:
        raise UnreadableFile("The file is empty.")
    if len(lines) > MAX_ROWS + 1:
        raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows. It was not read.")
    headings, *body = lines
    table = table or table_of(headings)
    columns = place(table, headings)
    rows = []
    for line in body:
        if not any(cell.strip() for cell in line):
            continue
        row = dict.fromkeys(COLUMNS[table], "")
        for index, column in columns.items():
            if index < len(line):
                row[column] = unguard(_clean(line[index]))
        rows.append(row)
    return table, rows


def _clean(text: str) -> str:
    if len(text) > MAX_CELL:
        raise UnreadableFile(f"A cell holds more than {MAX_CELL:,} characters. It was not read.")
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def _text(value) -> str:
    """A cell of a workbook as text: dates as ISO dates, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
