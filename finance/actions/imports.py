"""Bringing figures in: read first, ask what is unclear, show what would change, save only when a person says so.

An import is a row from the first moment, so the question, the answer and who gave it are kept with the file's hash.
Nothing of the plan changes before `confirm`, and `confirm` saves all of it or nothing.
"""

from django.db import transaction
from django.utils import timezone

from boards.canonical import digest
from finance import compare, policy, rows, store
from finance.actions import plans
from finance.exchange import flat, pasted
from finance.models import FinancialPlan, ImportRecord
from portal import audit
from portal.policy import Refusal

KINDS = {"xlsx": "Excel workbook", "csv": "CSV file", "json": "JSON file", "table": "Pasted table"}


@transaction.atomic
def take_table(*, plan: FinancialPlan, text: str, by) -> ImportRecord:
    """Read a pasted table of balances. It waits for an answer when the dates and the figures do not match."""
    policy.check_edit(by, plan)
    record = ImportRecord(
        plan=plan, kind="table", sha256=digest(text), created_by=by, content={"text": text}, state="ready"
    )
    try:
        table = pasted.read(text)
        if table.needs_answer:
            record.state, record.question, record.choices = "asking", table.question, pasted.choices(table)
        else:
            pasted.into(store.read(plan), table)
    except pasted.PasteError as error:
        record.state, record.errors = "refused", error.problems
    record.save()
    return record


@transaction.atomic
def answer(*, record: ImportRecord, answer: str, by) -> None:
    """Keep which date has no figures, who said so and when."""
    policy.check_edit(by, record.plan)
    if record.state != ImportRecord.State.ASKING:
        raise Refusal("This table is not waiting for an answer.")
    labels = dict(record.choices)
    if answer not in labels:
        raise Refusal("Choose the date that has no figures.")
    record.answer, record.answered_by, record.answered_at = answer, by, timezone.now()
    record.state = "ready"
    try:
        proposed(record)
    except pasted.PasteError as error:
        record.state, record.errors = "refused", error.problems
    record.save()
    audit.record(
        "finance.import.answered",
        by=by,
        target=record.plan,
        summary=f"Answered which date of a table has no figures: 31 March {answer}",
        question=record.question,
        answer=answer,
    )


@transaction.atomic
def take_file(*, plan: FinancialPlan, name: str, data: bytes, by) -> ImportRecord:
    """Read a workbook, CSV or JSON file. Every cell at fault is listed with its sheet, row and column."""
    from finance.exchange import workbook  # openpyxl: workers that only make packs have no use for it

    policy.check_edit(by, plan)
    kind = name.rsplit(".", 1)[-1].lower()
    record = ImportRecord(plan=plan, kind=kind, file_name=name[:200], sha256=_sha(data), created_by=by, state="ready")
    try:
        if kind not in ("xlsx", "csv", "json"):
            raise rows.RowError("Choose an Excel workbook (.xlsx), a CSV file (.csv) or a JSON file (.json).")
        if len(data) > flat.LARGEST_FILE:
            raise rows.RowError("The file is larger than 5 MB, which is more than a plan needs.")
        read = (
            workbook.read(data)
            if kind == "xlsx"
            else (flat.from_csv if kind == "csv" else flat.from_json)(_decoded(data))
        )
        now = store.read(plan)
        if (read.base_year, read.year_count) != (now.base_year, now.year_count):
            raise rows.RowError(
                "The file is of another period. Its base year and number of years must be those of this plan."
            )
        record.content = rows.dump(read)
    except workbook.WorkbookError as error:
        record.state, record.errors = "refused", error.problems
    except rows.RowError as error:
        record.state, record.errors = "refused", [str(error)]
    record.save()
    return record


def proposed(record: ImportRecord):
    """The figures the plan would have. Raises `PasteError` when they no longer fit."""
    now = store.read(record.plan)
    if record.kind == "table":
        table = pasted.read(record.content["text"])
        return pasted.into(now, table, missing=int(record.answer) if record.answer else None)
    return rows.load(record.content)


def preview(record: ImportRecord) -> list:
    """What would change, before anything does."""
    return compare.compare(rows.dump(store.read(record.plan)), rows.dump(proposed(record)))


@transaction.atomic
def confirm(*, record: ImportRecord, by) -> int:
    """Save what was read. Returns the number of changed rows."""
    if record.state != ImportRecord.State.READY:
        raise Refusal("This import is not ready to be saved.")
    what = record.file_name or "a pasted table"
    changed = plans.change_figures(plan=record.plan, new=proposed(record), by=by, reason=f"Brought in from {what}")
    record.state = "done"
    record.save()
    return changed


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise rows.RowError("The file is not plain text in UTF-8. Save it again as CSV UTF-8.") from None
