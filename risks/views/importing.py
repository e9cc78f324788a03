"""Import: look at every problem first, then say go."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from risks import policy
from risks.actions import importing
from risks.exchange.files import Unreadable
from risks.forms.register import ImportForm
from risks.models import ImportRun
from risks.presenters import navigation
from risks.views.common import done

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    policy.check_manage_register(request.user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            run = importing.upload(name=given.name, content=given.read(), by=request.user)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("risks:import_run", run.pk)
    return render(request, "risks/import/start.html", {"form": form, "subnav": navigation.register(request, "import")})


@require_http_methods(["GET", "HEAD", "POST"])
def run_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The dry run: all problems with row and column, and what would change in words. Nothing has changed yet."""
    policy.check_manage_register(request.user)
    run = get_object_or_404(ImportRun, pk=pk)
    error = ""
    if request.method == "POST":
        try:
            outcome = importing.apply_run(
                run=run, by=request.user, accept_rest=request.POST.get("accept_rest") == "yes"
            )
        except ValidationError as problem:
            error = " ".join(problem.messages)
        else:
            left = f" {len(outcome.spoiled)} with problems were left out." if outcome.spoiled else ""
            done(request, f"{len(outcome.risks)} risks were read in.{left}")
            return redirect("risks:home")
    outcome = importing.look(run.rows)
    context = {
        "run": run,
        "outcome": outcome,
        "problems": outcome.problems[:MOST_SHOWN],
        "more": max(len(outcome.problems) - MOST_SHOWN, 0),
        "changes": importing.difference(outcome) if not run.applied_at else [],
        "error": error,
        "subnav": navigation.register(request, "import"),
    }
    return render(request, "risks/import/run.html", context, status=422 if error else 200)
