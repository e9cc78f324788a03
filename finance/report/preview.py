"""A look at the strategy paper before it is drafted for a meeting."""

from django.utils import timezone

from boards import reports
from boards.document.context import Context, Place
from boards.models import Board
from boards.reports import ReportContext
from finance.baseline import last_seen
from portal.models import Office


def drafted(plan) -> tuple:
    """The register, the plan's snapshot and the draft, against what the first board last saw of it."""
    from finance.report import FinanceRegister

    register, board = FinanceRegister(), Board.objects.order_by("pk").first()
    now = register.snapshot(as_at=timezone.localdate(), options={"plan": plan.pk})
    seen = next(((edition, rows) for edition, rows in last_seen() if edition.meeting.board == board), None)
    before = {"plan_rows": seen[1]} if seen else None
    context = _context(plan, board, seen[0].meeting.date if seen else None)
    return register, now, register.draft(now, register.compare(now, before), context, before)


def _context(plan, board, baseline_date) -> ReportContext:
    return ReportContext(
        board=board.name if board else "board",
        board_short=board.short_name if board else "board",
        meeting_date=timezone.localdate(),
        baseline_date=baseline_date,
        office=Office.current().as_dict(),
        options={"plan": plan.pk},
    )


class _Preview(Context):
    def __init__(self, register, now):
        self.register, self.now = register, now

    def resolve_target(self, target: str):
        found = reports.resolve(target)
        return Place(found.title, found.url or None, None) if found else None

    def chart(self, kind: str, data: object, caption: str, alt: str):
        return reports.draw_chart(kind, data, caption, alt)

    def bound_text(self, register: str, path: str, text: str) -> str:
        return self.register.value(path, self.now) or text if register == self.register.key else text


def resolver(register, now) -> Context:
    return _Preview(register, now)
