"""Builds: ask for a preview, watch one, stop it, try it again."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import builds as actions
from boards.models import Meeting, PackBuild
from boards.presenters.build import BuildView
from portal.policy import Refusal


def _build(user, pk) -> PackBuild:
    policy.check_see_working_pages(user)
    return get_object_or_404(PackBuild.objects.select_related("meeting__board", "edition"), pk=pk)


@require_POST
def preview(request: HttpRequest, pk) -> HttpResponse:
    """Make the pack of the agenda as it is now, for staff to look at. Nothing is sealed."""
    policy.check_manage_meetings(request.user)
    meeting = get_object_or_404(Meeting, pk=pk)
    audience = "public" if request.POST.get("audience") == "public" else "members"
    made = actions.request(meeting=meeting, audience=audience, by=request.user)
    return redirect("build", pk=made.pk)


def build(request: HttpRequest, pk) -> HttpResponse:
    """Where a build is. Asked as JSON, it answers as JSON; asked by htmx, with the part that moves."""
    found = _build(request.user, pk)
    view = BuildView(found)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {
                "id": str(found.pk),
                "state": found.state,
                "done": found.done,
                "total": found.total,
                "doing": found.doing,
                "estimate": view.estimate,
                "error": found.error,
                "pages": found.pages,
                "sha256": found.sha256,
                "stages": found.stages,
            }
        )
    template = "boards/build_progress.html" if request.htmx else "boards/build.html"
    return render(
        request,
        template,
        {"view": view, "meeting": found.meeting, "may_manage": policy.can_manage_meetings(request.user)},
    )


def build_file(request: HttpRequest, pk) -> HttpResponse:
    found = _build(request.user, pk)
    if found.state != PackBuild.State.COMPLETE or not default_storage.exists(found.file):
        raise Http404("This build has no pack.")
    response = FileResponse(default_storage.open(found.file, "rb"), content_type="application/pdf")
    name = f"{found.meeting.date}-{found.meeting.board.slug}-{found.audience}-{'preview' if found.edition is None else 'pack'}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def cancel(request: HttpRequest, pk) -> HttpResponse:
    found = _build(request.user, pk)
    try:
        actions.cancel(build=found, by=request.user)
        messages.success(request, "The build is stopped. The last good pack stays in place.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("build", pk=pk)


@require_POST
def retry(request: HttpRequest, pk) -> HttpResponse:
    found = _build(request.user, pk)
    try:
        again = actions.retry(build=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("build", pk=pk)
    if again.edition:
        return redirect("edition_record", pk=again.meeting_id, number=again.edition.number)
    return redirect("build", pk=again.pk)
