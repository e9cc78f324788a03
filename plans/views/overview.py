"""The plan read: at a glance, one theme in depth, one action."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plans import links, policy, richtext, sources, words
from plans.models import Plan
from plans.presenters.action import ActionPage
from plans.presenters.overview import Overview, ThemePage
from plans.views.common import get_action, get_live_plan, get_plan, get_source, page


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """To the plan in force; readers without an account are shown where it was published."""
    if not request.user.is_authenticated:
        return render(request, "plans/published.html", {"papers": sources.published_papers()})
    plan = Plan.objects.current()
    if plan is not None and policy.can_read_live(request.user):
        return redirect(plan)
    source = sources.for_person(request.user, None)
    if source is None:
        context = {
            "papers": sources.published_papers(),
            "has_plan": plan is not None,
            "can_add": policy.can_edit_plan(request.user, None),
        }
        return render(request, "plans/published.html", context)
    return redirect("plans:overview", source.now["plan"]["slug"])


def overview(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_plan(plan)
    source = get_source(request, found)
    context = page(request, found, "overview", view=Overview(source, found.slug), source=source)
    if source.is_live:
        context["bodies"] = sources.boards_with_reports()
        context["plans"] = Plan.objects.exclude(pk=found.pk)
        context["open_round"] = found.rounds.open().first()
        context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    else:
        context["bodies"] = [edition.meeting.board for edition in sources.sealed_for(request.user)]
    return render(request, "plans/overview.html", context)


def theme(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    found = get_plan(plan)
    source = get_source(request, found)
    summary = source.summary.theme(code)
    if summary is None:
        raise Http404("The plan has no such theme.")
    context = page(request, found, "overview", view=ThemePage(source, found.slug, summary), source=source)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/theme.html", context)


def action(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """An action with all its reports: for those who work on live rows. Others read it in its theme."""
    found = get_plan(plan)
    if not policy.can_read_live(request.user):
        return redirect(f"{reverse('plans:theme', args=[found.slug, ref[:1]])}#{ref}")
    row = get_action(get_live_plan(request, plan), ref)
    view = ActionPage(row, request.user, body=request.GET.get("body", ""))
    context = page(request, found, "overview", view=view, action=row, linked=links.of_action(row), words=words)
    context["text"] = richtext.safe_html(row.text)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/action.html", context)
