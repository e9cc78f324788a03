"""Writing a paper in a plain form: works without any script, with a keyboard, on a phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boards import paper_findings
from boards.actions import saving
from boards.document import plain_deeds, plain_edit, side_by_side, text
from boards.document.errors import DocumentError
from boards.forms.papers import HeaderForm
from boards.models import Paper
from boards.policy import check_edit_paper
from boards.presenters.block_form import VERBS, sections
from portal.policy import Refusal, reason


def edit(request: HttpRequest, pk) -> HttpResponse:
    """Show the form, or save what was typed. Any button saves first, so that adding a block never loses a word."""
    papers = Paper.objects.visible_to(request.user).select_related(
        "item__meeting__board", "board", "restriction", "item__restriction"
    )
    paper = get_object_or_404(papers, pk=pk)
    refusal = reason(check_edit_paper, request.user, paper)
    if refusal and request.method == "GET":
        messages.error(request, refusal)
        return redirect("paper", pk=pk)
    if request.method == "POST":
        return _save(request, paper)
    return _page(request, paper, document=paper.document, header=HeaderForm(instance=paper), base=paper.version)


def _save(request: HttpRequest, paper: Paper) -> HttpResponse:
    header = HeaderForm(request.POST, instance=Paper(pk=paper.pk, board=paper.board))
    base = _base_version(request, paper)
    opened = paper.versions.filter(number=base).first()
    before = opened.document if opened else paper.document
    document = plain_edit.read(before, request.POST)
    deed = request.POST.get("do", "save")
    document = plain_deeds.perform(document, deed, request.POST)
    if not header.is_valid():
        return _page(request, paper, document=document, header=header, base=base, status=422)
    try:
        saved = saving.save(
            paper=paper, document=document, header=header.cleaned_data, base_version=base, by=request.user
        )
    except saving.SaveConflict as conflict:
        return _conflict(request, paper, conflict, document, header)
    except DocumentError as error:
        sentence = f"{error} Nothing was saved; what you typed is below."
        return _page(request, paper, document=document, header=header, base=base, error=sentence, status=422)
    except Refusal as refused:
        sentence = f"{refused.sentence} Nothing was saved; what you typed is below."
        return _page(request, paper, document=document, header=header, base=base, error=sentence, status=409)
    if saved.merged:
        messages.info(request, "Somebody else saved this paper meanwhile. Their changes and yours are both in it.")
    if deed == "save":
        messages.success(
            request, f"Saved as version {saved.paper.version}." if not saved.unchanged else "Nothing had changed."
        )
    if deed == "done":
        return redirect("paper", pk=paper.pk)
    place = deed.partition(":")[2]
    return redirect(f"{request.path}#block-{place}" if place else request.path)


def _base_version(request: HttpRequest, paper: Paper) -> int:
    try:
        return int(request.POST.get("base_version", ""))
    except ValueError:
        return paper.version


def _conflict(request: HttpRequest, paper: Paper, conflict, mine: dict, header: HeaderForm) -> HttpResponse:
    """Both texts side by side: mine in the fields, theirs beside them. Saving again keeps what is in the fields."""
    theirs = {}
    blocks = [each for each in conflict.conflicts if not isinstance(each, tuple)]
    for name, _, their in conflict.conflicts:
        theirs[name] = text.of(their) if isinstance(their, dict) else (their or "Removed by the other person")
    error = (
        f"Somebody else saved this paper after you opened it and changed {len(theirs)} of the parts that you changed. Nothing is "
        "lost: your text is in the fields, theirs stands beside it. Put together what you want to keep, and save again."
    )
    return _page(
        request,
        paper,
        document=side_by_side.keep_mine(conflict.merged, mine, blocks),
        header=header,
        base=conflict.current.version,
        error=error,
        theirs=theirs,
        status=409,
    )


def _page(request, paper, *, document, header, base, error="", theirs=None, status=200) -> HttpResponse:
    checked = Paper(
        pk=paper.pk,
        board=paper.board,
        item=paper.item,
        document=document,
        template=paper.template,
        marking=paper.marking,
    )
    for name in saving.HEADER:
        setattr(checked, name, getattr(paper, name))
    findings = paper_findings.of_paper(checked, live=paper)
    return render(
        request,
        "boards/paper_edit.html",
        {
            "paper": paper,
            "form": header,
            "sections": sections(document, theirs=theirs, findings=findings),
            "findings": findings,
            "addable": [(key, words) for key, (words, _) in plain_deeds.ADDABLE.items()],
            "verbs": VERBS,
            "base_version": base,
            "error": error,
            "theirs": theirs or {},
        },
        status=status,
    )
