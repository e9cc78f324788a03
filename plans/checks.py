"""Findings about a paper that reports the plan: what the register knows and the paper's author should."""

from __future__ import annotations

import datetime as dt

from boards.reports import ReportContext
from plans import references, status, words


def findings(now: dict, document: dict, context: ReportContext) -> list:
    """Rules L1 to L5 over the snapshot, and references in the paper that the plan does not have."""
    found = []
    rows = sorted(now["activities"].values(), key=lambda each: each["order"])
    unled = [row["ref"] for row in rows if not row["opcc_leads"]]
    if unled:
        found.append(_finding("L2", "blocks", f"No OPCC lead is named for {words.listing(unled)}.",
                              "Name a lead on the activity’s page, then refresh the paper."))  # fmt: skip
    people = [row["ref"] for row in rows if words.looks_like_initials(row["delivery_lead"])]
    if people:
        found.append(_finding("L2", "acknowledge", f"The delivery lead of {words.listing(people)} is printed as initials.",
                              "Name the body or group that delivers it."))  # fmt: skip
    silent = [row["ref"] for row in rows if not row["rag"]]
    if silent:
        found.append(_finding("L1", "acknowledge", f"No status is reported for {words.listing(silent)}.",
                              "Ask the leads to answer, or say why they have not."))  # fmt: skip
    found += [_unexplained(row) for row in rows if row["rag"] in status.NEEDS_RECOVERY and not _explained(row)]
    period_end = (now.get("round") or {}).get("period_end")
    if period_end:
        stale = [row["ref"] for row in rows if row["period"] and row["period"] < period_end]
        if stale:
            found.append(_finding("L5", "acknowledge", f"{words.listing(stale)} "
                                  f"{'was' if len(stale) == 1 else 'were'} last reported before this period.",
                                  "The last answer stands in the table. Ask for a new one, or say why it still holds."))  # fmt: skip
        if (context.meeting_date - dt.date.fromisoformat(period_end)).days > 120:
            found.append(_finding("L5", "advice", f"The plan is as at {words.day(period_end)}, more than four months before the meeting.",
                                  "Close a newer round before the paper goes out."))  # fmt: skip
    found += _dangling(now, document)
    return found


def _explained(row: dict) -> bool:
    return bool(row["narrative"] and row["recovery_date"] and row["needed"])


def _unexplained(row: dict):
    return _finding("L4", "acknowledge", f"{row['ref']} is {row['rag']} without narrative, recovery date or what is needed.",
                    "Add them to the activity’s report.")  # fmt: skip


def _dangling(now: dict, document: dict) -> list:
    """References to the plan in the paper that no row answers to."""
    held = {row["ref"] for table in ("actions", "activities", "themes") for row in now[table].values()}
    held |= {f"theme-{row['ref']}" for row in now["themes"].values()}
    found = []

    def visit(node: dict, block: str) -> None:
        block = (node.get("attrs") or {}).get("id") or block
        if node.get("type") == "xref":
            key, _, ref = node["attrs"]["target"].partition(":")
            if key == "plans" and ref not in held and not _reads_as(ref, held):
                found.append(
                    _finding("P7", "blocks", f"The plan has no {ref}.", "Choose the action from the list.", block)
                )
        for child in node.get("content", ()):
            visit(child, block)

    visit(document, "")
    return found


def _reads_as(ref: str, held: set[str]) -> bool:
    try:
        return str(references.parse(ref, known=[each for each in held if "." in each])) in held
    except references.ReferenceError:
        return False


def _finding(rule: str, severity: str, sentence: str, mend: str, block_id: str = ""):
    from boards.document.findings import Finding

    return Finding(rule=rule, severity=severity, block_id=block_id, printed_number="", sentence=sentence, mend=mend)
