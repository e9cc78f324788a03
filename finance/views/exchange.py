"""Data in and out: workbook, CSV, JSON, a pasted table, and the question when its dates and figures do not match."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from finance import compare, findings, store
from finance.actions import imports
from finance.exchange import flat, pasted
from finance.forms import AnswerForm, PasteForm, UploadForm
from finance.models import FinancialPlan
from finance.presenters import tables
from finance.views.base import of_plan, page
from portal import audit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@of_plan
def data(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    kept = plan.imports.select_related("created_by", "answered_by")[:20]
    return page(request, "finance/data.html", plan, upload=UploadForm(), paste=PasteForm(), imports=kept)


@require_POST
@of_plan
def upload(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(
            request,
            "finance/data.html",
            plan,
            upload=form,
            paste=PasteForm(),
            imports=plan.imports.all()[:20],
            tab="finance_data",
            status=422,
        )
    file = form.cleaned_data["file"]
    record = imports.take_file(plan=plan, name=file.name, data=file.read(flat.LARGEST_FILE + 1), by=request.user)
    return redirect("finance_import", plan.pk, record.pk)


@require_POST
@of_plan
def paste(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    form = PasteForm(request.POST)
    if not form.is_valid():
        return page(
            request,
            "finance/data.html",
            plan,
            upload=UploadForm(),
            paste=form,
            imports=plan.imports.all()[:20],
            tab="finance_data",
            status=422,
        )
    record = imports.take_table(plan=plan, text=form.cleaned_data["table"], by=request.user)
    return redirect("finance_import", plan.pk, record.pk)


@of_plan
def imported(request: HttpRequest, plan: FinancialPlan, record_pk: int) -> HttpResponse:
    """One import: the question, the problems, or what would change. Nothing is saved before it is confirmed."""
    record = get_object_or_404(plan.imports.select_related("created_by", "answered_by"), pk=record_pk)
    form = (
        AnswerForm(request.POST if request.method == "POST" else None, record=record)
        if record.state == "asking"
        else None
    )
    if form is not None and form.is_valid():
        imports.answer(record=record, answer=form.cleaned_data["answer"], by=request.user)
        return redirect("finance_import", plan.pk, record.pk)
    context = {
        "record": record,
        "form": form,
        "answer_label": dict(record.choices).get(record.answer, ""),
        "status": 422 if form is not None and form.is_bound else 200,
    }
    if record.state == "ready":
        try:
            new = imports.proposed(record)
        except pasted.PasteError as error:
            context["problem"] = str(error)
        else:
            changes = compare.news(imports.preview(record))
            context |= {
                "changes": [compare.line(change) for change in changes[:200]],
                "header": ["Line", "Figure", "Was", "Now"],
                "more": max(len(changes) - 200, 0),
                "table": tables.reserves_table(new),
                "findings": findings.check(new),
            }
    return page(request, "finance/import.html", plan, tab="finance_data", **context)


@require_POST
@of_plan
def confirm(request: HttpRequest, plan: FinancialPlan, record_pk: int) -> HttpResponse:
    record = get_object_or_404(plan.imports, pk=record_pk)
    changed = imports.confirm(record=record, by=request.user)
    messages.success(
        request,
        f"Saved: {changed} rows changed." if changed else "The figures were already the same, so nothing changed.",
    )
    return redirect("finance_reserves", plan.pk)


@of_plan
def export(request: HttpRequest, plan: FinancialPlan, kind: str) -> HttpResponse:
    """The plan as a workbook with live formulas, CSV, JSON, or an empty template of its period."""
    from finance.exchange import workbook

    now = store.read(plan)
    makers = {
        "xlsx": (lambda: workbook.write(now), XLSX, "xlsx"),
        "template": (lambda: workbook.template(now), XLSX, "template.xlsx"),
        "csv": (lambda: flat.to_csv(now).encode("utf-8-sig"), "text/csv; charset=utf-8", "csv"),
        "json": (lambda: flat.to_json(now).encode(), "application/json", "json"),
    }
    if kind not in makers:
        raise Http404
    make, content_type, ending = makers[kind]
    if kind != "template":
        audit.record("finance.plan.exported", by=request.user, target=plan, summary=f"Exported {plan} as {ending}")
    response = HttpResponse(make(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(plan.title)}-version-{plan.number}.{ending}"'
    return response
