"""Building the agenda."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from boards import notifications, policy
from boards.actions import agenda as actions
from boards.actions import papers as paper_actions
from boards.actions.reporting import check_draft, draft_report
from boards.forms.meetings import AddItemForm, CommissionForm, ItemForm
from boards.forms.reports import report_forms
from boards.models import AgendaItem, Meeting
from boards.presenters.preparation import Preparation
from portal.policy import Refusal


def prepare_meeting(request: HttpRequest, pk) -> HttpResponse:
    """The agenda as it stands, with what is missing and what can be done."""
    policy.check_see_working_pages(request.user)
    meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
    return render(
        request, "boards/prepare_meeting.html", {"meeting": meeting, "page": Preparation(meeting, request.user)}
    )


def _item(user, pk) -> AgendaItem:
    policy.check_manage_meetings(user)
    return get_object_or_404(AgendaItem.objects.select_related("meeting__board", "restriction"), pk=pk)


def item_add(request: HttpRequest, pk) -> HttpResponse:
    policy.check_manage_meetings(request.user)
    meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
    form = AddItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "kind", "lead_role", "action_requested")}
        item = actions.add_item(meeting=meeting, by=request.user, under=form.cleaned_data["under"], **fields)
        messages.success(request, f"Item {item.number} is on the agenda.")
        return redirect("item_add" if "another" in request.POST else "prepare_meeting", pk=pk)
    return render(request, "boards/item_form.html", {"form": form, "meeting": meeting})


def item(request: HttpRequest, pk) -> HttpResponse:
    found = _item(request.user, pk)
    form = ItemForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_item(item=form.save(commit=False), by=request.user)
        messages.success(request, f"Item {found.number} is changed.")
        return redirect("prepare_meeting", pk=found.meeting_id)
    papers = found.papers.prefetch_related("authors", "annexes")
    return render(
        request, "boards/item_form.html", {"form": form, "meeting": found.meeting, "item": found, "papers": papers}
    )


@require_POST
def item_move(request: HttpRequest, pk) -> HttpResponse:
    found = _item(request.user, pk)
    steps = -1 if request.POST.get("direction") == "up" else 1
    moved = actions.move_item(item=found, steps=steps, by=request.user)
    messages.success(request, f"“{moved.title}” is now item {moved.number}.")
    return redirect("prepare_meeting", pk=found.meeting_id)


@require_POST
def item_order(request: HttpRequest, pk) -> HttpResponse:
    """The order after dragging: all item ids, as JSON."""
    meeting = get_object_or_404(Meeting, pk=pk)
    try:
        ids = [str(each) for each in json.loads(request.body)["order"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "The order could not be read. Reload the page."}, status=400)
    try:
        actions.order_items(meeting=meeting, ids=ids, by=request.user)
    except Refusal as refusal:
        return JsonResponse({"error": refusal.sentence}, status=409)
    return JsonResponse({"numbers": {str(i.pk): [i.agenda_number, i.number] for i in meeting.items.all()}})


@require_POST
def close_gaps(request: HttpRequest, pk) -> HttpResponse:
    meeting = get_object_or_404(Meeting, pk=pk)
    actions.close_gaps(meeting=meeting, by=request.user)
    messages.success(request, "The items are numbered without gaps.")
    return redirect("prepare_meeting", pk=pk)


def item_remove(request: HttpRequest, pk) -> HttpResponse:
    found = _item(request.user, pk)
    if request.method == "POST":
        actions.remove_item(item=found, by=request.user)
        messages.success(request, "The item is off the agenda. Its papers are kept under Papers.")
        return redirect("prepare_meeting", pk=found.meeting_id)
    context = {
        "title": f"Take item {found.number} off the agenda?",
        "text": f"“{found.title}” leaves the agenda. Its papers are kept and can be put under another item.",
        "button": "Take it off the agenda",
        "back": found.meeting,
    }
    return render(request, "boards/confirm.html", context)


def paper_add(request: HttpRequest, pk) -> HttpResponse:
    """Ask for a paper under an item."""
    found = _item(request.user, pk)
    form = CommissionForm(request.POST or None, initial=_usual(found))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        paper = paper_actions.commission(item=found, by=request.user, **data)
        notifications.authors_asked(paper)
        messages.success(request, f"“{paper.title}” is commissioned.")
        return redirect("prepare_meeting", pk=found.meeting_id)
    return _commission(request, found, form, report_forms(found))


@require_POST
def report_add(request: HttpRequest, pk) -> HttpResponse:
    """Draft a register's report under an item, as the options on the page say."""
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__board"), pk=pk)
    policy.check_see_working_pages(request.user)
    register = request.POST.get("register", "")
    if found.papers.filter(register=register).exclude(state="withdrawn").exists():
        messages.error(request, "This item already has that register’s report. Open it to bring it up to date.")
        return redirect("item", pk=pk)
    try:
        check_draft(request.user, register)
        forms = report_forms(found, sent=request.POST)
        form = next(each for each in forms if each.is_bound)
        if not form.is_valid():
            return _commission(request, found, CommissionForm(initial=_usual(found)), forms)
        paper = draft_report(item=found, register=register, by=request.user, options=form.chosen)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("item", pk=pk)
    messages.success(request, f"“{paper.title}” is drafted from the register. It stays up to date until it is sealed.")
    return redirect("paper", pk=paper.pk)


def _usual(found: AgendaItem) -> dict:
    return {"title": found.title, "from_role": found.lead_role, "template": found.meeting.board.paper_template}


def _commission(request: HttpRequest, found: AgendaItem, form: CommissionForm, forms: list) -> HttpResponse:
    """The page on which a paper is asked for, or a register's report is drafted in its place."""
    wrong = next((each for each in (form, *forms) if each.errors), None)
    context = {"form": form, "item": found, "meeting": found.meeting, "reports": forms, "wrong": wrong or form}
    return render(request, "boards/commission.html", context, status=422 if wrong else 200)
