"""Keeping an item, a paper or an annex from the public; confirming that, and releasing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import agenda as actions
from boards.forms.meetings import ReasonForm, RestrictionForm
from boards.models import AgendaItem, Annex, Paper
from portal.policy import Refusal, reason

KINDS = {"item": AgendaItem, "paper": Paper, "annex": Annex}
NAMES = {"item": "this item", "paper": "this paper", "annex": "this annex"}


def _target(user, kind: str, pk):
    policy.check_restrict(user)
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind].objects.select_related("restriction"), pk=pk)


def _home(kind: str, target):
    """Where a person goes back to."""
    if kind == "item":
        return redirect("prepare_meeting", pk=target.meeting_id)
    return redirect("paper", pk=target.pk if kind == "paper" else target.paper_id)


def restrict(request: HttpRequest, kind: str, pk) -> HttpResponse:
    target = _target(request.user, kind, pk)
    restriction = target.restriction
    initial = {"open_title": target.open_title}
    if restriction:
        initial |= {name: getattr(restriction, name) for name in ("grounds", "reason", "public_interest", "review_on")}
    form = RestrictionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        target.open_title = data.pop("open_title")
        actions.restrict(target=target, by=request.user, **data)
        messages.success(
            request, f"The public cannot read {NAMES[kind]}. The Monitoring Officer confirms the restriction."
        )
        return _home(kind, target)
    return render(
        request,
        "boards/restriction.html",
        {
            "form": form,
            "kind": kind,
            "name": NAMES[kind],
            "target": target,
            "back": _home(kind, target).url,
            "back_title": "The agenda" if kind == "item" else "The paper",
            "restriction": restriction,
            "confirm_refusal": reason(policy.check_confirm_restriction, request.user, restriction)
            if restriction
            else "",
        },
    )


@require_POST
def confirm(request: HttpRequest, kind: str, pk) -> HttpResponse:
    target = _target(request.user, kind, pk)
    if target.restriction is None:
        raise Http404
    try:
        actions.confirm_restriction(target=target, by=request.user)
        messages.success(request, "The restriction is confirmed.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("restrict", kind=kind, pk=pk)


def release(request: HttpRequest, kind: str, pk) -> HttpResponse:
    target = _target(request.user, kind, pk)
    if target.restriction is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.release(target=target, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, f"The restriction of {NAMES[kind]} is lifted. The public reads it from the next edition on."
        )
        return _home(kind, target)
    context = {
        "form": form,
        "title": f"Release {NAMES[kind]}",
        "text": "From the next edition on the public reads it. Editions that were already published stay as they are.",
        "button": "Release it",
        "back_url": None,
    }
    return render(request, "boards/confirm.html", context)
