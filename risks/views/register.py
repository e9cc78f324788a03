"""The register as a desk: list, map, bulk review date, exports."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal import audit
from risks import heatmap, policy
from risks.actions.register import set_review_dates
from risks.exchange.files import WRITERS
from risks.forms.register import BulkReviewForm, FilterForm
from risks.models import Risk, RiskMatrix
from risks.presenters import listing, navigation
from risks.scales import STAGES
from risks.snapshot import NoMatrix, take
from risks.words import number

PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Officers come to the list; a member comes to the register as sealed for their board."""
    if not policy.can_see_register(request.user):
        boards = list(policy.boards_of(request.user))
        if not boards:
            raise Http404
        return redirect("risks:board", boards[0].slug)
    return show_list(request, BulkReviewForm(refs=[]))


def show_list(request: HttpRequest, bulk: BulkReviewForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    form = FilterForm(request.GET)
    form.is_valid()
    found = listing.filtered(Risk.objects.visible_to(request.user), form.cleaned_data, today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "risks/list.html",
        {
            "form": form,
            "page": page,
            "lines": listing.lines(list(page), today),
            "figures": listing.figures(today),
            "query": urlencode(query),
            "filtered": bool(query),
            "bulk": bulk,
            "ticked": set(request.POST.getlist("refs")),
            "can_manage": policy.can_manage_register(request.user),
            "has_matrix": RiskMatrix.objects.in_force() is not None,
            "subnav": navigation.register(request, "list"),
        },
        status=status,
    )


@require_POST
def review_dates(request: HttpRequest) -> HttpResponse:
    """One review date for the ticked risks."""
    policy.check_manage_register(request.user)
    refs = request.POST.getlist("refs")
    known = dict(Risk.objects.visible_to(request.user).still_open().filter(ref__in=refs).values_list("ref", "pk"))
    form = BulkReviewForm(request.POST, refs=list(known))
    if not form.is_valid():
        return show_list(request, form, status=422)
    risks = list(Risk.objects.filter(pk__in=known.values()))
    count = set_review_dates(risks=risks, next_review_on=form.cleaned_data["next_review_on"], by=request.user)
    told = f"The review date of {number(count, 'risk')} was set." if count else "They had this review date already."
    messages.success(request, told)
    return redirect(request.POST.get("back") or "risks:home") if _is_own(request) else redirect("risks:home")


def _is_own(request: HttpRequest) -> bool:
    from django.utils.http import url_has_allowed_host_and_scheme

    return url_has_allowed_host_and_scheme(request.POST.get("back") or "/", allowed_hosts={request.get_host()})


@require_safe
def risk_map(request: HttpRequest) -> HttpResponse:
    """The five by five map, at one stage or with the way of one risk."""
    policy.check_see_register(request.user)
    stage = request.GET.get("stage") if request.GET.get("stage") in STAGES else "current"
    try:
        snapshot = take(timezone.localdate(), include_closed=False)
    except NoMatrix:
        return redirect("risks:matrices")
    chosen = request.GET.get("risk", "")
    refs = [risk["ref"] for risk in snapshot["risks"]]
    paths = [chosen] if chosen in refs else []
    if request.GET.get("show") == "above":
        paths = [r["ref"] for r in snapshot["risks"] if r["current"]["above_tolerance"]][: heatmap.MOST_PATHS]
    data = heatmap.data(snapshot, stage=stage, paths=paths)
    caption = f"{STAGES[stage]} scores of all risks" if not paths else "From inherent through current to future"
    return render(
        request,
        "risks/map.html",
        {
            "chart": heatmap.chart(data, caption=caption),
            "stage": stage,
            "stages": STAGES,
            "risks": snapshot["risks"],
            "chosen": chosen,
            "above": request.GET.get("show") == "above",
            "matrix": snapshot["matrix"],
            "subnav": navigation.register(request, "map"),
        },
    )


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole register as a file."""
    policy.check_see_register(request.user)
    if kind not in WRITERS:
        raise Http404
    today = timezone.localdate()
    try:
        snapshot = take(today)
    except NoMatrix as problem:
        raise Http404 from problem
    write, content_type = WRITERS[kind]
    audit.record("risk.exported", by=request.user, summary=f"The register was exported ({kind})", kind=kind)
    return attachment(write(snapshot), content_type, f"strategic-risk-register-{today.isoformat()}.{kind}")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The live register as a PDF in the printed layout."""
    from risks.printing import register_pdf

    policy.check_see_register(request.user)
    try:
        snapshot = take(timezone.localdate(), include_closed=False)
    except NoMatrix as problem:
        raise Http404 from problem
    stamp = f"Working copy, {dt.date.today():%-d %B %Y}. Not what any board was sent."
    name = f"strategic-risk-register-{dt.date.today().isoformat()}.pdf"
    return attachment(register_pdf(snapshot, stamp=stamp), "application/pdf", name)
