"""What a paper said before: versions, comparison, restoring."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from boards.actions import saving
from boards.document import html, redline
from boards.models import Paper
from boards.policy import check_edit_paper
from boards.presenters.live_paper import LiveContext
from boards.presenters.paper_history import PartHistory, head_changes, rows
from boards.sealing.baseline import last_seen_document
from portal.policy import Refusal, reason


def _paper(user, pk) -> Paper:
    papers = Paper.objects.visible_to(user).select_related(
        "item__meeting__board", "board", "restriction", "item__restriction"
    )
    return get_object_or_404(papers, pk=pk)


def history(request: HttpRequest, pk) -> HttpResponse:
    paper = _paper(request.user, pk)
    versions = paper.versions.select_related("saved_by").defer("document").order_by("-number")
    page = Paginator(versions, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "boards/paper_history.html",
        {
            "paper": paper,
            "page": page,
            "rows": rows(paper, list(page.object_list)),
            "numbers": list(versions.values_list("number", flat=True)),
            "steps": paper.steps.select_related("by").order_by("-at"),
            "last_seen": last_seen_document(paper) is not None,
            "edit_refusal": reason(check_edit_paper, request.user, paper),
        },
    )


def version(request: HttpRequest, pk, number: int) -> HttpResponse:
    paper = _paper(request.user, pk)
    found = get_object_or_404(paper.versions.select_related("saved_by"), number=number)
    body = mark_safe(html.render(found.document, context=LiveContext(paper), show_guidance=True))  # noqa: S308 (escaped by the renderer)
    context = {
        "paper": paper,
        "version": found,
        "body": body,
        "edit_refusal": reason(check_edit_paper, request.user, paper),
    }
    return render(request, "boards/paper_version.html", context)


@require_POST
def restore(request: HttpRequest, pk, number: int) -> HttpResponse:
    paper = _paper(request.user, pk)
    get_object_or_404(paper.versions, number=number)
    try:
        restored = saving.restore(paper=paper, number=number, by=request.user)
        messages.success(
            request, f"Version {number} is back, as version {restored.version}. Nothing in between is lost."
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("paper", pk=pk)


def part(request: HttpRequest, pk, block_id: str) -> HttpResponse:
    """Every version in which one part of the paper changed: when, by whom, why, and what."""
    paper = _paper(request.user, pk)
    found = PartHistory(paper, block_id)
    if not found.moments:
        raise Http404("No version of this paper holds that part.")
    context = {"paper": paper, "history": found, "edit_refusal": reason(check_edit_paper, request.user, paper)}
    return render(request, "boards/paper_part.html", context)


@require_POST
def restore_part(request: HttpRequest, pk, number: int, block_id: str) -> HttpResponse:
    paper = _paper(request.user, pk)
    get_object_or_404(paper.versions, number=number)
    try:
        restored = saving.restore_block(paper=paper, number=number, block_id=block_id, by=request.user)
        messages.success(
            request, f"It reads again as in version {number}. The paper is now version {restored.version}."
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("paper_part", pk=pk, block_id=block_id)


def _sides(request: HttpRequest, paper: Paper) -> tuple[dict, dict, str, list]:
    """The two documents to compare, what the comparison is called, and what changed at the head of the paper."""
    before, after = request.GET.get("from", ""), request.GET.get("to", "")
    if before == "board":
        old = last_seen_document(paper)
        if old is None:
            raise Http404("This board has not seen this paper yet.")
        return old, paper.document, "Changes since the board last saw it", []
    numbers = [int(value) if value.isdigit() else None for value in (before, after)]
    new = paper.versions.filter(number=numbers[1] or paper.version).first()
    old = paper.versions.filter(number=numbers[0] or max((numbers[1] or paper.version) - 1, 1)).first()
    if new is None or old is None:
        raise Http404("There is no such version.")
    title = f"Changes from version {old.number} to version {new.number}"
    return old.document, new.document, title, head_changes(old.header, new.header)


def compare(request: HttpRequest, pk) -> HttpResponse:
    paper = _paper(request.user, pk)
    old, new, title, head = _sides(request, paper)
    result = redline.render(old, new, context=LiveContext(paper))
    return render(
        request,
        "boards/paper_compare.html",
        {
            "paper": paper,
            "title": title,
            "body": mark_safe(result.html),  # noqa: S308 (escaped by the renderer)
            "head": head,
            "changes": result.changes,
            "query": request.GET.urlencode(),
        },
    )


def compare_pdf(request: HttpRequest, pk) -> HttpResponse:
    """The same comparison as a tagged PDF."""
    from boards.packs.redline_pdf import redline_pdf

    paper = _paper(request.user, pk)
    old, new, title, head = _sides(request, paper)
    result = redline.render(old, new, context=LiveContext(paper))
    data = redline_pdf(paper.title, title, result, marking=paper.marking, head=head)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="changes.pdf"'
    return response
