"""Import with a dry run, and export."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from plans import policy
from plans.actions import importing
from plans.exchange import writing
from plans.exchange.leaving import tables_of
from plans.exchange.tables import COLUMNS, UnreadableFile
from plans.forms.editing import UploadForm
from plans.models import ImportRun
from plans.views.common import get_live_plan, page
from portal import audit

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exchange(request: HttpRequest, plan: str) -> HttpResponse:
    """Choose a file to bring in, or a form to take the plan out."""
    found = get_live_plan(request, plan)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = importing.try_import(plan=found, content=upload.read(), name=upload.name, by=request.user)
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("plans:import_run", found.slug, run.pk)
    context = page(
        request, found, "exchange", form=form, tables=list(COLUMNS), runs=found.imports.select_related("by")[:10]
    )
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/exchange.html", context, status=422 if form.errors else 200)


def import_run(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """What was found in a file, row by row, before anything is changed."""
    found = get_live_plan(request, plan)
    policy.check_edit_plan(request.user, found)
    run = get_object_or_404(ImportRun, plan=found, pk=pk)
    refusal = "Put the findings that stop the file right, then choose it again." if run.stops else ""
    if run.applied_at:
        refusal = "This file has been brought in."
    rows = [[table.capitalize(), each["new"], each["changed"], each["same"]] for table, each in run.counts.items()]
    context = page(
        request, found, "exchange", run=run, refusal=refusal, rows=rows, head=["Table", "New", "Changed", "The same"]
    )
    return render(request, "plans/import_run.html", context)


@require_POST
def bring_in(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    run = get_object_or_404(ImportRun, plan=found, pk=pk)
    try:
        importing.bring_in(run=run, by=request.user)
    except UnreadableFile as problem:
        messages.error(request, str(problem))
        return redirect("plans:import_run", found.slug, run.pk)
    messages.success(request, f"{run.file_name} has been brought into the plan.")
    return redirect(found)


def export(request: HttpRequest, plan: str, kind: str, table: str = "") -> HttpResponse:
    """The live plan as Excel, CSV (one table) or JSON. Who took it out is recorded."""
    found = get_live_plan(request, plan)
    policy.check_export(request.user)
    tables = tables_of(found)
    name = f"plan-{found.slug}{'-' + table if table else ''}"
    if kind == "xlsx":
        content, mime = writing.as_excel(tables), EXCEL
    elif kind == "json":
        content, mime = writing.as_json(tables), "application/json"
    elif kind == "csv" and table in COLUMNS:
        content, mime = writing.as_csv(tables, table), "text/csv; charset=utf-8"
    else:
        raise Http404("There is no such export.")
    audit.record("plan.exported", by=request.user, target=found, summary=f"Exported {found} as {kind}", table=table)
    return HttpResponse(
        content,
        content_type=mime,
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"},
    )
