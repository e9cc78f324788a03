"""Annexes of a paper."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from boards import policy, workers
from boards.actions import annexes as actions
from boards.actions import conversions
from boards.forms.papers import AnnexChangeForm, AnnexForm
from boards.models import Annex, AnnexConversion, Paper
from boards.packs.uploads import UploadRefused
from portal.policy import Refusal


def _annex(user, pk) -> Annex:
    visible = Paper.objects.visible_to(user)
    return get_object_or_404(
        Annex.objects.select_related("paper__item__meeting", "restriction").filter(paper__in=visible), pk=pk
    )


def _formats(endings: tuple[str, ...]) -> str:
    """Which files can be taken now, and why not others."""
    if not endings:
        return f"PDF only. {conversions.NO_WORKER}"
    return f"PDF, or an office document ({', '.join(endings)}), which a worker turns into PDF after you save it."


def add(request: HttpRequest, pk) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    policy.check_edit_paper(request.user, paper)
    endings = workers.office_formats()
    form = AnnexForm(
        request.POST or None, request.FILES or None, initial={"marking": paper.marking}, accept=(".pdf", *endings)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(paper=paper, by=request.user, **form.cleaned_data)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _said(made))
            if isinstance(made, Annex) and made.advice:
                messages.warning(request, " ".join(made.advice))
            return redirect("paper", pk=pk)
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "paper": paper,
        "formats": _formats(endings),
        "may_see_workers": policy.can_organise(request.user),
    }
    return render(request, "boards/annex_form.html", context, status=status)


def _said(made: Annex | AnnexConversion) -> str:
    if isinstance(made, AnnexConversion):
        return f"“{made.title}” is kept, and becomes an annex as soon as a worker has turned it into PDF."
    said = f"Annex {made.letter} is bound behind the paper: {made.pages} page{'s' if made.pages != 1 else ''}."
    return f"{said} Taken out of it: {', '.join(made.removed)}." if made.removed else said


def change(request: HttpRequest, pk) -> HttpResponse:
    annex = _annex(request.user, pk)
    policy.check_edit_paper(request.user, annex.paper)
    form = AnnexChangeForm(request.POST or None, instance=annex)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Annex {annex.letter} is changed.")
        return redirect("paper", pk=annex.paper_id)
    return render(request, "boards/annex_form.html", {"form": form, "paper": annex.paper, "annex": annex})


def file(request: HttpRequest, pk) -> HttpResponse:
    annex = _annex(request.user, pk)
    if not default_storage.exists(annex.file.name):
        raise Http404("The file of this annex cannot be found. Upload it again.")
    response = FileResponse(default_storage.open(annex.file.name, "rb"), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"annex-{annex.letter.lower()}.pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def move(request: HttpRequest, pk) -> HttpResponse:
    annex = _annex(request.user, pk)
    actions.move(annex=annex, steps=-1 if request.POST.get("direction") == "up" else 1, by=request.user)
    return redirect("paper", pk=annex.paper_id)


@require_POST
def remove(request: HttpRequest, pk) -> HttpResponse:
    annex = _annex(request.user, pk)
    actions.remove(annex=annex, by=request.user)
    messages.success(request, "The annex is removed. Editions that hold it keep it.")
    return redirect("paper", pk=annex.paper_id)


def _conversion(user, pk, file) -> tuple[Paper, AnnexConversion | None]:
    """A paper this person may see, and its office file; None when that became an annex or was removed meanwhile."""
    paper = get_object_or_404(Paper.objects.visible_to(user), pk=pk)
    return paper, paper.conversions.select_related("paper").filter(pk=file).first()


GONE = "That file is no longer waiting: it became an annex, or somebody removed it."


@require_POST
def retry_conversion(request: HttpRequest, pk, file) -> HttpResponse:
    paper, found = _conversion(request.user, pk, file)
    policy.check_edit_paper(request.user, paper)
    try:
        if found is None:
            raise Refusal(GONE)
        conversions.retry(conversion=found, by=request.user)
        messages.success(request, f"“{found.title}” is tried again.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("paper", pk=pk)


@require_POST
def remove_conversion(request: HttpRequest, pk, file) -> HttpResponse:
    paper, found = _conversion(request.user, pk, file)
    policy.check_edit_paper(request.user, paper)
    if found is None:
        messages.error(request, GONE)
    else:
        conversions.remove(conversion=found, by=request.user)
        messages.success(request, f"“{found.title}” is removed.")
    return redirect("paper", pk=pk)
