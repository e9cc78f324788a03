"""Annexes of a paper."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import annexes as actions
from boards.forms.papers import AnnexChangeForm, AnnexForm
from boards.models import Annex, Paper
from boards.packs.uploads import UploadRefused, accepted_formats


def _annex(user, pk) -> Annex:
    visible = Paper.objects.visible_to(user)
    return get_object_or_404(
        Annex.objects.select_related("paper__item__meeting", "restriction").filter(paper__in=visible), pk=pk
    )


def _formats() -> str:
    """Which files can be taken here, and why not others."""
    endings = accepted_formats()
    if len(endings) == 1:
        return "PDF only: turning office documents into PDF needs LibreOffice, which is not installed here."
    return f"PDF, or an office document ({', '.join(endings[1:])}), which is turned into PDF."


def add(request: HttpRequest, pk) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    policy.check_edit_paper(request.user, paper)
    form = AnnexForm(request.POST or None, request.FILES or None, initial={"marking": paper.marking})
    if request.method == "POST" and form.is_valid():
        try:
            annex = actions.add(paper=paper, by=request.user, **form.cleaned_data)
        except UploadRefused as refused:
            form.add_error("file", str(refused))
        else:
            said = (
                f"Annex {annex.letter} is bound behind the paper: {annex.pages} page{'s' if annex.pages != 1 else ''}."
            )
            if annex.removed:
                said += f" Taken out of it: {', '.join(annex.removed)}."
            messages.success(request, said)
            if annex.advice:
                messages.warning(request, " ".join(annex.advice))
            return redirect("paper", pk=pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "boards/annex_form.html", {"form": form, "paper": paper, "formats": _formats()}, status=status
    )


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
