"""The plan's reports: the board's table of the whole plan and the panel's account of one theme, from one snapshot."""

from __future__ import annotations

from dataclasses import replace

from boards.reports import Draft, ReportContext
from plans.compare import PlanChange, comparable
from plans.report import board, panel
from plans.summary import summarise


def draft(now: dict, changes: list[PlanChange], context: ReportContext, baseline: dict | None = None) -> Draft:
    """Draft the report for a body. The layout follows its template; the directions follow what that body last saw.

    ``options``: ``theme`` (the letter of the panel's theme), ``mailbox`` (of the contact officer).
    """
    if comparable(now, baseline) is None:
        context = replace(context, baseline_date=None)
    summary = summarise(now, baseline, body=context.board, changes=changes)
    layout = panel if context.template == panel.TEMPLATE else board
    return layout.draft(now, summary, context)
