"""Word in and Word out, so that nobody is locked in or out."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from boards import policy
from boards.actions import word as actions
from boards.document.word import WordImportError
from boards.forms.papers import WordForm
from boards.models import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _paper(user, pk) -> Paper:
    return get_object_or_404(Paper.objects.visible_to(user).select_related("item__meeting__board", "board"), pk=pk)


def import_word(request: HttpRequest, pk) -> HttpResponse:
    """Replace the paper's text with that of a Word document; the version before stays in the history."""
    paper = _paper(request.user, pk)
    policy.check_edit_paper(request.user, paper)
    form = WordForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.import_word(paper=paper, file=form.cleaned_data["file"], by=request.user)
        except WordImportError as error:
            form.add_error("file", f"{error} The paper is as it was.")
        else:
            messages.success(
                request,
                "The document is imported. Read the report below: it says what was changed, dropped or doubted.",
            )
            return redirect("paper_import", pk=pk)
    return render(
        request, "boards/word_import.html", {"form": form, "paper": paper}, status=422 if form.errors else 200
    )


def export_word(request: HttpRequest, pk) -> HttpResponse:
    paper = _paper(request.user, pk)
    response = HttpResponse(actions.export_word(paper), content_type=DOCX)
    name = f"{slugify(paper.title)[:60] or 'paper'}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def original(request: HttpRequest, pk) -> HttpResponse:
    paper = _paper(request.user, pk)
    if not paper.original or not default_storage.exists(paper.original.name):
        raise Http404("No Word document is kept for this paper.")
    response = FileResponse(default_storage.open(paper.original.name, "rb"), content_type=DOCX)
    response.headers["Content-Disposition"] = content_disposition_header(True, paper.original_name or "original.docx")
    return response
