"""Seal an agenda, look at an edition's record, publish it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import sealing as actions
from boards.forms.meetings import SealForm
from boards.models import Edition, Meeting
from boards.preflight import preflight
from boards.presenters.edition_record import EditionRecord
from portal.policy import Refusal


def _kinds(meeting: Meeting) -> list[str]:
    return ["supplement", "correction"] if meeting.editions.exists() else ["agenda"]


def _reasons_given(meeting: Meeting) -> dict[str, str]:
    """Reasons kept with the editions so far, by the finding's key; the newest counts."""
    kept = meeting.editions.order_by("number").values_list("acknowledgements", flat=True)
    return {entry["key"]: entry["reason"] for entries in kept for entry in entries}


def seal(request: HttpRequest, pk) -> HttpResponse:
    """The preflight, and the button below it."""
    policy.check_manage_meetings(request.user)
    meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
    findings = preflight(meeting)
    form = SealForm(request.POST or None, kinds=_kinds(meeting), findings=findings, given=_reasons_given(meeting))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data.get("reason", "")
            edition = actions.seal(
                meeting=meeting, by=request.user, kind=form.kind, reason=reason, acknowledged=form.acknowledged
            )
        except Refusal as refused:
            refusal = refused.sentence
        else:
            messages.success(request, f"{edition} is sealed. Its packs are being made.")
            return redirect("edition_record", pk=pk, number=edition.number)
    blocking = [finding for finding in findings if finding.severity == "blocks"]
    return render(
        request,
        "boards/seal.html",
        {
            "meeting": meeting,
            "form": form,
            "refusal": refusal,
            "blocking": blocking,
            "advice": [finding for finding in findings if finding.severity == "advice"],
            "first": not meeting.editions.exists(),
        },
        status=422 if refusal else 200,
    )


def edition(request: HttpRequest, pk, number: int) -> HttpResponse:
    policy.check_see_working_pages(request.user)
    found = get_object_or_404(Edition.objects.select_related("meeting__board", "sealed_by"), meeting=pk, number=number)
    context = {"meeting": found.meeting, "record": EditionRecord(found, request.user)}
    template = "boards/edition_progress.html" if request.htmx else "boards/edition_record.html"
    return render(request, template, context)


@require_POST
def publish(request: HttpRequest, pk, number: int) -> HttpResponse:
    found = get_object_or_404(Edition.objects.select_related("meeting__board"), meeting=pk, number=number)
    try:
        publication = actions.publish(edition=found, by=request.user, reason=request.POST.get("reason", "")[:500])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            "The edition is published."
            if publication
            else "The edition will be published as soon as its public pack is ready and proved.",
        )
    return redirect("edition_record", pk=pk, number=number)
