"""The register as a board last saw it: for its members, and for officers who want to know what was sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from boards.models import Board
from risks import heatmap, policy
from risks.presenters import board as presenter
from risks.presenters import navigation
from risks.sealed import reports_to
from risks.views.register import attachment


def _find(request: HttpRequest, slug: str) -> Board:
    """A board whose register the person may read; any other is 404."""
    return get_object_or_404(policy.boards_of(request.user), slug=slug)


def _subnav(request: HttpRequest) -> list[dict]:
    return navigation.register(request, "boards") if policy.can_see_register(request.user) else []


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    boards = list(policy.boards_of(request.user))
    if not boards:
        raise Http404
    rows = [{"board": board, "last": found[0] if (found := reports_to(board, latest=1)) else None} for board in boards]
    return render(request, "risks/board/list.html", {"rows": rows, "subnav": _subnav(request)})


@require_safe
def board_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the register stood at the last report: above tolerance, crossed, static, slipped, reviewed."""
    board = _find(request, slug)
    reports = reports_to(board)
    context = {"board": board, "reports": reports, "subnav": _subnav(request), "boards": policy.boards_of(request.user)}
    if reports:
        last, rows = reports[-1], presenter.lines(reports)
        data = heatmap.data({**last.snapshot, "risks": [r for r in last.snapshot["risks"] if not r["closed"]]})
        context |= {
            "last": last,
            "lines": rows,
            "groups": presenter.groups(rows),
            "chart": heatmap.chart(data, caption="Current ratings"),
            "matrix": last.snapshot["matrix"],
        }
    return render(request, "risks/board/register.html", context)


@require_safe
def board_risk(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One risk as this board last saw it, with its way over the reports."""
    board = _find(request, slug)
    reports = reports_to(board)
    shown = presenter.risk(reports, ref) if reports else None
    if shown is None:
        raise Http404
    return render(request, "risks/board/risk.html", {"board": board, "last": reports[-1], **shown})


@require_safe
def board_printed(request: HttpRequest, slug: str) -> HttpResponse:
    """The register as sealed, as a PDF in the printed layout."""
    from risks.printing import register_pdf

    board = _find(request, slug)
    reports = reports_to(board, latest=1)
    if not reports:
        raise Http404
    last = reports[0]
    snapshot = {**last.snapshot, "risks": [risk for risk in last.snapshot["risks"] if not risk["closed"]]}
    stamp = f"As sealed for the {board}, meeting of {last.on:%-d %B %Y}."
    name = f"strategic-risk-register-{board.slug}-{last.on.isoformat()}.pdf"
    return attachment(register_pdf(snapshot, stamp=stamp), "application/pdf", name)
