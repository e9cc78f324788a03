"""Writing a plan out: the same tables as CSV, Excel or JSON. What is written can be read back as it was."""

from __future__ import annotations

import csv
import io
import json

from plans.exchange.tables import COLUMNS, Tables, guard


def as_csv(tables: Tables, table: str) -> bytes:
    """One table as CSV with a byte-order mark, so that spreadsheets read it as Unicode."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS[table])
    for row in tables.get(table, []):
        writer.writerow([guard(row[column]) for column in COLUMNS[table]])
    return out.getvalue().encode("utf-8-sig")


def as_excel(tables: Tables) -> bytes:
    """All tables as sheets of one workbook. Every cell is text, so that 10.1 stays 10.1 and nothing is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    book.remove(book.active)
    for table, columns in COLUMNS.items():
        sheet = book.create_sheet(table.capitalize())
        sheet.append(list(columns))
        for row in tables.get(table, []):
            sheet.append([guard(row[column]) for column in columns])
        for cell in sheet[1]:
            cell.font = Font(bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor="1F3A5F")
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                cell.data_type = "s"
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for index, column in enumerate(columns, start=1):
            letter = sheet.cell(row=1, column=index).column_letter
            sheet.column_dimensions[letter].width = 60 if column in _WIDE else 18
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(tables: Tables) -> bytes:
    return (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode()


_WIDE = {"text", "what_happened", "what_next", "needed", "opportunities", "inspection_note", "aim", "shared_outcome"}
