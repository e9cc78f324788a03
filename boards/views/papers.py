"""Papers being written: the list, one paper's page, and its way to the board."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from boards import notifications, policy
from boards.actions import papers as actions
from boards.actions import reporting, workflow
from boards.forms.meetings import AuthorsForm
from boards.forms.papers import MoveForm, ReissueForm
from boards.models import Paper
from boards.presenters.live_paper import LivePaper
from portal.policy import Refusal


def _paper(user, pk) -> Paper:
    papers = Paper.objects.visible_to(user).select_related(
        "item__meeting__board", "item__restriction", "board", "restriction"
    )
    return get_object_or_404(papers, pk=pk)


def paper_list(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    papers = (
        Paper.objects.visible_to(request.user)
        .select_related("item__meeting__board", "board")
        .prefetch_related("authors")
    )
    if state in Paper.State.values:
        papers = papers.filter(state=state)
    page = Paginator(papers.order_by("-item__meeting__date", "item__number_major", "item__number_minor", "title"), 30)
    return render(
        request,
        "boards/papers.html",
        {"page": page.get_page(request.GET.get("page")), "state": state, "states": Paper.State.choices},
    )


def paper(request: HttpRequest, pk) -> HttpResponse:
    """The page of a paper. Asked by htmx, it answers with what moves by itself, and with nothing while that stands as it was seen."""
    found = _paper(request.user, pk)
    view = LivePaper(found, request.user)
    if request.htmx:
        if request.GET.get("seen") == view.annexes_mark:
            return HttpResponse(status=204)
        return render(request, "boards/paper_moving.html", {"paper": found, "view": view})
    form = MoveForm(findings=view.to_acknowledge)
    return render(request, "boards/paper.html", {"paper": found, "view": view, "form": form})


@require_POST
def move(request: HttpRequest, pk) -> HttpResponse:
    """One step of the workflow. A refusal gives back the note that was typed."""
    found = _paper(request.user, pk)
    view = LivePaper(found, request.user)
    form = MoveForm(request.POST, findings=view.to_acknowledge)
    form.is_valid()
    data = form.cleaned_data
    try:
        moved = workflow.move(
            paper=found,
            verb=data.get("verb", ""),
            by=request.user,
            note=data.get("note", ""),
            late_reason=data.get("late_reason", ""),
            acknowledged=form.acknowledged,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "boards/paper.html", {"paper": found, "view": view, "form": form}, status=422)
    from boards.states import BY_VERB

    messages.success(request, BY_VERB[data["verb"]].done)
    if not Paper.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("papers")
    return redirect("paper", pk=moved.pk)


def authors(request: HttpRequest, pk) -> HttpResponse:
    policy.check_add_paper(request.user)
    found = _paper(request.user, pk)
    form = AuthorsForm(request.POST or None, initial={"authors": found.authors.all()})
    if request.method == "POST" and form.is_valid():
        actions.assign_authors(paper=found, authors=list(form.cleaned_data["authors"]), by=request.user)
        notifications.authors_asked(found)
        messages.success(request, "The authors are assigned.")
        return redirect("paper", pk=pk)
    return render(request, "boards/authors.html", {"form": form, "paper": found})


def reissue(request: HttpRequest, pk) -> HttpResponse:
    """The same paper for another body, in that body's template; both papers show the other."""
    from boards.actions.reissuing import reissue as act

    found = _paper(request.user, pk)
    form = ReissueForm(request.POST or None, paper=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = act(paper=found, item=form.cleaned_data["item"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, f"The paper is reissued to {made.board}. Fill in what that template asks for besides."
            )
            return redirect("paper", pk=made.pk)
    return render(request, "boards/reissue.html", {"form": form, "paper": found})


@require_POST
def refresh(request: HttpRequest, pk) -> HttpResponse:
    found = _paper(request.user, pk)
    try:
        policy.check_edit_paper(request.user, found)
        before = found.version
        after = reporting.refresh(paper=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            "The report is up to date with the register."
            if after.version > before
            else "Nothing in the register has changed since.",
        )
    return redirect("paper", pk=pk)


@require_POST
def take_over(request: HttpRequest, pk) -> HttpResponse:
    """Make a generated block the officer's own. The editor asks for JSON and is told which of the two it was."""
    found = _paper(request.user, pk)
    wants_json = "application/json" in request.headers.get("Accept", "")
    done = "This part is yours now. It no longer changes with the register; a finding tells you when the facts do."
    try:
        taken = reporting.take_over(paper=found, block_id=request.POST.get("block", ""), by=request.user)
        if taken.version == found.version:
            raise Refusal("Nothing was taken over: this part follows no register any more. Reload the page to see it.")
    except Refusal as refusal:
        if wants_json:
            return JsonResponse({"error": refusal.sentence}, status=409)
        messages.error(request, refusal.sentence)
    else:
        if wants_json:
            return JsonResponse({"version": taken.version, "said": done})
        messages.success(request, done)
    return redirect("paper_edit", pk=pk)
