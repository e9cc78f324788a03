"""Comments on a paper in the making. They live beside the document and are never sealed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import commenting as actions
from boards.document import numbering, text
from boards.forms.papers import CommentForm
from boards.models import Comment, Paper
from portal.policy import Refusal, reason


def _paper(user, pk) -> Paper:
    return get_object_or_404(Paper.objects.visible_to(user).select_related("item__meeting__board", "board"), pk=pk)


def comments(request: HttpRequest, pk) -> HttpResponse:
    """All threads in the order of the paper; a POST adds one."""
    paper = _paper(request.user, pk)
    wants_json = "application/json" in request.headers.get("Accept", "")
    form = CommentForm(request.POST or None, initial={"block_id": request.GET.get("block", "")})
    if request.method == "POST":
        if wants_json and (refusal := reason(policy.check_comment, request.user, paper)):
            return JsonResponse({"error": refusal}, status=403)
        policy.check_comment(request.user, paper)
        if form.is_valid():
            made = actions.comment(paper=paper, by=request.user, **form.cleaned_data)
            if wants_json:
                return JsonResponse(actions.as_dict(made), status=201)
            messages.success(request, "Your comment is added.")
            return redirect("paper_comments", pk=pk)
        if wants_json:
            return JsonResponse({"errors": form.errors}, status=422)
    threads = actions.threads(paper)
    if wants_json:
        return JsonResponse({"comments": [actions.as_dict(thread) for thread in threads]})
    numbers = numbering.number(paper.document)
    blocks = {block.id: block for block in text.blocks(paper.document)}
    rows = [
        {
            "thread": thread,
            "label": numbers.label(thread.block_id) or ("" if thread.block_id in blocks else "a part that was removed"),
            "words": blocks[thread.block_id].text[:160] if thread.block_id in blocks else "",
        }
        for thread in threads
    ]
    targets = [
        (block.id, numbers.label(block.id), block.text[:80]) for block in blocks.values() if numbers.label(block.id)
    ]
    return render(
        request,
        "boards/comments.html",
        {
            "paper": paper,
            "rows": rows,
            "form": form,
            "targets": targets,
            "refusal": reason(policy.check_comment, request.user, paper),
        },
    )


def _comment(user, pk) -> Comment:
    visible = Paper.objects.visible_to(user)
    return get_object_or_404(Comment.objects.select_related("paper").filter(paper__in=visible), pk=pk)


@require_POST
def reply(request: HttpRequest, pk) -> HttpResponse:
    found = _comment(request.user, pk)
    wants_json = "application/json" in request.headers.get("Accept", "")
    words = request.POST.get("text", "").strip()
    if not words:
        messages.error(request, "Write the reply first.")
        return redirect("paper_comments", pk=found.paper_id)
    if wants_json and (refusal := reason(policy.check_comment, request.user, found.paper)):
        return JsonResponse({"error": refusal}, status=403)
    policy.check_comment(request.user, found.paper)
    made = actions.comment(
        paper=found.paper, by=request.user, block_id=found.block_id, text=words, parent=found.parent or found
    )
    if wants_json:
        return JsonResponse(actions.as_dict(made), status=201)
    return redirect("paper_comments", pk=found.paper_id)


@require_POST
def resolve(request: HttpRequest, pk) -> HttpResponse:
    found = _comment(request.user, pk)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        actions.resolve(comment=found, by=request.user, undo=request.POST.get("undo") == "1")
    except Refusal as refusal:
        if wants_json:
            return JsonResponse({"error": refusal.sentence}, status=403)
        messages.error(request, refusal.sentence)
    if wants_json:
        return JsonResponse({"resolved": found.resolved_at is not None})
    return redirect("paper_comments", pk=found.paper_id)
