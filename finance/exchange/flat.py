"""A plan as JSON, and as one CSV file of row, field and value. Both come back exactly as they went out."""

import csv
import io
import json
from dataclasses import fields
from typing import get_type_hints

from finance import figures, rows
from finance.exchange import safe
from finance.exchange.checks import checked

_KINDS = {"year": figures.Year, "reserve": figures.Reserve, "movement": figures.Movement} | dict.fromkeys(
    rows.LINES, figures.Line
)
_HEADINGS = ["row", "field", "value"]
LARGEST_FILE = 5 * 1024 * 1024


def to_json(plan: figures.Plan) -> str:
    return json.dumps(rows.dump(plan), ensure_ascii=False, indent=1)


def from_json(text: str) -> figures.Plan:
    """The plan in a JSON file. Derived figures in the file are ignored and worked out again."""
    try:
        data = json.loads(text, parse_float=_no_floats, parse_constant=_no_floats)
    except ValueError as error:
        raise rows.RowError(f"This is not a JSON file: {error}.") from error
    return checked(rows.load(data))


def to_csv(plan: figures.Plan) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    data = rows.dump(plan)
    for ref, row in [("plan", data["plan"]), *data["rows"].items()]:
        for name, value in row.items():
            writer.writerow([ref, name, _text(value)])
    return out.getvalue()


def from_csv(text: str) -> figures.Plan:
    """The plan in a CSV file made by `to_csv`. Raises `RowError` naming the line at fault."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        if next(reader, None) != _HEADINGS:
            raise rows.RowError("Line 1: the headings must be row, field, value.")
        data: dict = {"format": rows.FORMAT, "plan": {}, "rows": {}}
        for cells in reader:
            if len(cells) != 3:
                raise rows.RowError(f"Line {reader.line_num}: there must be three values, but there are {len(cells)}.")
            ref, name, value = cells
            table = data["plan"] if ref == "plan" else data["rows"].setdefault(ref, {})
            try:
                table[name] = _value(ref, name, value)
            except ValueError as error:
                raise rows.RowError(f"Line {reader.line_num}, {name}: {error}") from error
    except csv.Error as error:
        raise rows.RowError(f"Line {reader.line_num}: {error}.") from error
    return checked(rows.load(data))


def _no_floats(text: str):
    raise ValueError(f"{text} is not a whole number; decimals are written as text")


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe.escape(value) if isinstance(value, str) else str(value)


def _value(ref: str, name: str, value: str):
    """A CSV value as its field has it. The type follows from the field, because CSV itself has only text."""
    wanted = _type(ref, name)
    if wanted is bool:
        if value not in ("yes", "no"):
            raise ValueError(f"“{value}” must be yes or no.")
        return value == "yes"
    if wanted is int:
        if value == "":
            return None
        if value == rows.TO_BE_CONFIRMED:
            return value
        try:
            return int(value)
        except ValueError:
            raise ValueError(f"“{value}” is not a whole number.") from None
    text = safe.unescape(value)
    return None if text == "" and wanted is None else text


def _type(ref: str, name: str):
    """bool, int, str, or None for a decimal that may be missing."""
    kind = ref.partition(":")[0]
    owner = figures.Plan if kind == "plan" else _KINDS.get(kind)
    if owner is None:
        raise ValueError(f"“{ref}” is not a row of a financial plan.")
    if name.split("_", maxsplit=1)[0] in ("amount", "split", "actual") and name != "amount_k":
        return int
    hints = get_type_hints(owner)
    if name not in {each.name for each in fields(owner)}:
        raise ValueError(f"“{name}” is not a field of {kind}.")
    hint = str(hints[name])
    if "bool" in hint:
        return bool
    if "int" in hint:
        return int
    return None if "Decimal" in hint else str
