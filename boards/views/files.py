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
from boards.audit_reads import holds_restricted, note_download, paper_holds_restricted


def _serve(name: str, *, filename: str, content_type: str, audience: str, attach: bool = False) -> FileResponse:
    """Send a stored file."""
    if not default_storage.exists(name):
        raise Http404("This file cannot be found. Governance can build it again.")
    response = FileResponse(default_storage.open(name, "rb"), content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _named(response, filename, audience, attach)


def _named(response: HttpResponse, filename: str, audience: str, attach: bool = False) -> HttpResponse:
    """A members' copy is never kept by a cache on the way."""
    response.headers["Content-Disposition"] = content_disposition_header(attach, filename)
    response.headers["Cache-Control"] = "private, no-store" if audience == "members" else "public, max-age=300"
    return response


def _marks(one: reading.Reading, *, restricted: bool) -> bool:
    """Whether this copy carries its reader's name: a members' copy of something restricted, where the board asks for that."""
    return one.audience == "members" and one.meeting.board.watermark and restricted


def _as_copy_of(user, data: bytes) -> bytes:
    from boards.packs.watermark import watermarked

    return watermarked(data, f"Copy of {user}, {timezone.localtime():%H:%M on %-d %B %Y}")


def _stored(name: str) -> bytes:
    if not default_storage.exists(name):
        raise Http404("This file cannot be found. Governance can build it again.")
    with default_storage.open(name, "rb") as file:
        return file.read()


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
    if _marks(one, restricted=holds_restricted(one.content)):
        data = _as_copy_of(request.user, _stored(one.build.file))
        return _named(HttpResponse(data, content_type="application/pdf"), filename, one.audience)
    return _serve(one.build.file, filename=filename, content_type="application/pdf", audience=one.audience)


@login_not_required
def paper_pdf(request: HttpRequest, board: str, date: dt.date, edition: int, number: str) -> HttpResponse:
    """One paper out of the pack, with the pages it has there."""
    from boards.packs.extract import paper_pages

    one = reading.reading_of(request.user, board, date, edition)
    item, sealed = one.paper(number)
    if one.build is None:
        return render(request, "boards/pack_not_ready.html", {"reading": one, "meeting": one.meeting}, status=503)
    data = paper_pages(_stored(one.build.file), one.build.ledger, sealed["id"], title=sealed["title"])
    if _marks(one, restricted=bool(item["restriction"]) or paper_holds_restricted(sealed)):
        data = _as_copy_of(request.user, data)
    note_download(request.user, one, what=f"paper {number}")
    name = file_names.paper_file_name(one.content, number, sealed["title"])
    return _named(HttpResponse(data, content_type="application/pdf"), name, one.audience)


@login_not_required
def annex(request: HttpRequest, board: str, date: dt.date, edition: int, annex) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    item, paper, sealed = one.annex(str(annex))
    note_download(request.user, one, what="annex")
    filename = file_names.annex_file_name(one.content, sealed)
    if _marks(one, restricted=any(each["restriction"] for each in (item, paper, sealed))):
        data = _as_copy_of(request.user, _stored(sealed["file"]))
        return _named(HttpResponse(data, content_type="application/pdf"), filename, one.audience)
    return _serve(sealed["file"], filename=filename, content_type="application/pdf", audience=one.audience)


@login_not_required
def image(request: HttpRequest, board: str, date: dt.date, edition: int, sha256: str) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    asset = one.content["assets"].get(sha256)
    if asset is None:
        raise Http404("No such picture can be seen here.")
    return _serve(asset["name"], filename=f"{sha256[:12]}", content_type=asset["content_type"], audience=one.audience)
