"""Files of sealed editions. Every fetch is checked against what this reader may read; ids are not access control."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from boards import file_names, reading
from boards.audit_reads import holds_restricted, note_download


def _serve(name: str, *, filename: str, content_type: str, audience: str, attach: bool = False) -> FileResponse:
    """Send a stored file. A members' copy is never kept by a cache on the way."""
    if not default_storage.exists(name):
        raise Http404("This file cannot be found. Governance can build it again.")
    response = FileResponse(default_storage.open(name, "rb"), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(attach, filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store" if audience == "members" else "public, max-age=300"
    return response


@login_not_required
def current_pack(request: HttpRequest, board: str, date: dt.date) -> HttpResponse:
    meeting = reading.meeting_for(request.user, board, date)
    current = reading.current_readings(request.user, meeting)
    if not current:
        raise Http404("No pack of this meeting can be read here.")
    return HttpResponseRedirect(reverse("pack", args=[board, date, current[0].edition.number]))


@login_not_required
def pack(request: HttpRequest, board: str, date: dt.date, edition: int) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    if one.build is None:
        return render(request, "boards/pack_not_ready.html", {"reading": one, "meeting": one.meeting}, status=503)
    note_download(request.user, one, what="pack")
    filename = file_names.pack_file_name(one.content, one.audience)
    if one.audience == "members" and one.meeting.board.watermark and holds_restricted(one.edition.content):
        return _marked_copy(request, one.build.file, filename)
    return _serve(one.build.file, filename=filename, content_type="application/pdf", audience=one.audience)


def _marked_copy(request: HttpRequest, name: str, filename: str) -> HttpResponse:
    """A restricted pack with the reader's name and the time across each page, where the board asks for that."""
    from boards.packs.watermark import watermarked

    with default_storage.open(name, "rb") as file:
        data = watermarked(file.read(), f"Copy of {request.user}, {timezone.localtime():%H:%M on %-d %B %Y}")
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, filename)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_not_required
def paper_pdf(request: HttpRequest, board: str, date: dt.date, edition: int, number: str) -> HttpResponse:
    """One paper out of the pack, with the pages it has there."""
    from boards.packs.extract import paper_pages

    one = reading.reading_of(request.user, board, date, edition)
    _, sealed = one.paper(number)
    if one.build is None:
        return render(request, "boards/pack_not_ready.html", {"reading": one, "meeting": one.meeting}, status=503)
    with default_storage.open(one.build.file, "rb") as file:
        data = paper_pages(file.read(), one.build.ledger, sealed["id"], title=sealed["title"])
    note_download(request.user, one, what=f"paper {number}")
    response = HttpResponse(data, content_type="application/pdf")
    name = file_names.paper_file_name(one.content, number, sealed["title"])
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    response.headers["Cache-Control"] = "private, no-store" if one.audience == "members" else "public, max-age=300"
    return response


@login_not_required
def annex(request: HttpRequest, board: str, date: dt.date, edition: int, annex) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    sealed = one.annex(str(annex))
    note_download(request.user, one, what="annex")
    return _serve(
        sealed["file"],
        filename=file_names.annex_file_name(one.content, sealed),
        content_type="application/pdf",
        audience=one.audience,
    )


@login_not_required
def image(request: HttpRequest, board: str, date: dt.date, edition: int, sha256: str) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    asset = one.content["assets"].get(sha256)
    if asset is None:
        raise Http404("No such picture can be seen here.")
    return _serve(asset["name"], filename=f"{sha256[:12]}", content_type=asset["content_type"], audience=one.audience)
