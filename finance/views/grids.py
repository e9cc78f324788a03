"""The editable grids. Without JavaScript a grid is a form: work out the totals, or save."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from finance import grids, policy, reserves, store
from finance.actions import plans
from finance.models import FinancialPlan
from finance.views.base import of_plan, page

STALE = (
    "{who} saved this plan after you opened it. Nothing of yours is lost: it is still on this page. "
    "Compare it with the changes page, then save again to keep your figures."
)


@of_plan
def edit(request: HttpRequest, plan: FinancialPlan, key: str) -> HttpResponse:
    if key not in grids.TITLES:
        raise Http404
    policy.check_edit(request.user, plan)
    now = store.read(plan)
    if request.method != "POST":
        return _show(request, plan, grids.build(key, now), plan.revision)
    new, errors = grids.parse(key, now, request.POST)
    grid = grids.overlay(grids.build(key, now if errors else _drawn(key, now, new)), request.POST, errors)
    if errors or "check" in request.POST:
        return _show(
            request, plan, grid, request.POST.get("revision", ""), status=422 if errors else 200, checked=not errors
        )
    try:
        changed = plans.change_figures(
            plan=plan,
            new=new,
            by=request.user,
            reason=grids.TITLES[key],
            revision=_number(request.POST.get("revision")),
        )
    except store.StaleError:
        plan.refresh_from_db()
        stale = STALE.format(who=plan.updated_by or "Somebody")
        return _show(request, plan, grid, plan.revision, status=409, stale=stale)
    except reserves.MovementError as error:
        messages.error(request, str(error))
        return _show(request, plan, grid, plan.revision, status=422)
    messages.success(request, "The figures are saved." if changed else "Nothing was changed.")
    return redirect(grid.back, plan.pk)


def _drawn(key: str, now, new):
    """What the form shows after “work out the totals”: new lines stay in their own rows until they are saved."""
    from dataclasses import replace

    if key == "movements":
        known = {movement.ref for movement in now.movements}
        lines = {(m.kind, m.reserve, m.to_reserve, m.what_for) for m in new.movements if m.ref in known}
        return (
            new
            if all(m.ref in known or (m.kind, m.reserve, m.to_reserve, m.what_for) in lines for m in new.movements)
            else replace(new, movements=new.movements)
        )
    return now if key in grids.lines.SPECS else new


def _show(request, plan, grid, revision, *, status: int = 200, stale: str = "", checked: bool = False) -> HttpResponse:
    back = reverse(grid.back, args=[plan.pk])
    return page(
        request,
        "finance/grid.html",
        plan,
        grid=grid,
        revision=revision,
        back=back,
        stale=stale,
        checked=checked,
        tab=grid.back,
        status=status,
    )


def _number(text) -> int | None:
    return int(text) if str(text or "").isdecimal() else None
