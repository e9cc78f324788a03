"""The lists of a risk: add, change, take out and move bullets, in their place on the page.

Each list is a part of its own. With a script it is swapped in place; without one the same links and buttons load the page again.
"""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from risks import policy, snapshot
from risks.actions import rows
from risks.forms.parts import row_form
from risks.models.rows import ROWS
from risks.presenters import navigation
from risks.scales import LISTS
from risks.views.common import done, find, say_problem
from risks.words import row_details


def _open(request: HttpRequest, ref: str, name: str):
    if name not in LISTS:
        raise Http404
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    return risk


def _show(
    request: HttpRequest, risk, name: str, *, editing=None, form=None, adding=None, said: str = "", status: int = 200
):
    """The list with one of its rows open for change, or the form for a new one."""
    from django.utils import timezone

    risk.refresh_from_db()
    data = snapshot.one(risk, timezone.localdate())
    heading, noun = LISTS[name]
    shown = [{**row, "details": row_details(row)} for row in data[name]]
    context = {
        "risk": risk,
        "list": {"name": name, "heading": heading, "noun": noun, "rows": shown},
        "editing": str(editing.pk) if editing else "",
        "form": form,
        "adding": adding,
        "said": said,
        "can_edit": True,
        "swap": bool(request.htmx and not request.htmx.boosted),
        "subnav": navigation.risk(risk.ref, "page"),
    }
    if context["swap"]:
        # A refused form is swapped in like any other answer; htmx leaves the page alone when the status is an error.
        return render(request, "risks/parts/list.html", context)
    return render(request, "risks/list_page.html", context, status=status)


def _after(request: HttpRequest, risk, name: str, said: str) -> HttpResponse:
    if request.htmx and not request.htmx.boosted:
        return _show(request, risk, name, said=said)
    done(request, said)
    return redirect(f"{risk.get_absolute_url()}#{name}")


def _initial(row) -> dict:
    return {"text": row.text, **{name: getattr(row, name) for name in row.details}, "version": row.risk.version}


@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    risk = _open(request, ref, name)
    form = row_form(name, request.POST or None, adding=True, initial={"version": risk.version})
    noun = LISTS[name][1]
    if request.method == "POST" and form.is_valid():
        try:
            rows.add_row(risk=risk, name=name, by=request.user, reason=form.cleaned_data["reason"], **form.details())
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            return _after(request, risk, name, f"The {noun} was added.")
    return _show(request, risk, name, adding=form, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_row(request: HttpRequest, ref: str, name: str, pk: uuid.UUID) -> HttpResponse:
    """Change a row, or take it out: the button says which."""
    risk = _open(request, ref, name)
    row = get_object_or_404(ROWS[name], pk=pk, risk=risk)
    form = row_form(name, request.POST or None, initial=_initial(row))
    noun = LISTS[name][1]
    if request.method == "POST" and form.is_valid():
        told = {"by": request.user, "reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
        try:
            if "remove" in request.POST:
                rows.remove_row(row=row, **told)
                return _after(request, risk, name, f"The {noun} was removed. Its history is kept.")
            rows.edit_row(row=row, **form.details(), **told)
            return _after(request, risk, name, f"The {noun} was changed.")
        except ValidationError as problem:
            say_problem(form, problem)
    return _show(request, risk, name, editing=row, form=form, status=422 if form.errors else 200)


@require_POST
def move_row(request: HttpRequest, ref: str, name: str, pk: uuid.UUID) -> HttpResponse:
    """One place up or down."""
    risk = _open(request, ref, name)
    row = get_object_or_404(ROWS[name], pk=pk, risk=risk)
    step = -1 if request.POST.get("way") == "up" else 1
    rows.move_row(row=row, to=row.position + step, by=request.user)
    row.refresh_from_db()
    return _after(request, risk, name, f"The {LISTS[name][1]} is now number {row.position}.")
