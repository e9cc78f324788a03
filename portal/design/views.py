"""The gallery: every part of the design system in every state, for people and for the accessibility test."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.design import gallery as samples


def gallery(request: HttpRequest) -> HttpResponse:
    empty = samples.EveryFieldForm(prefix="empty")
    wrong = samples.EveryFieldForm(data={"wrong-paper_date_day": "31", "wrong-paper_date_month": "Feb"}, prefix="wrong")
    filled = samples.EveryFieldForm(initial=samples.FILLED, prefix="filled")
    for field in filled.fields.values():
        field.disabled = field.label == "Closed field"
    context = {
        "forms": [("Empty", empty), ("With errors", wrong), ("Filled", filled)],
        "wrong": wrong,
        "charts": samples.charts_shown(),
        "spark": samples.spark(),
        "page_obj": Paginator(range(95), 10).get_page(4),
        **samples.RECORDS,
    }
    return render(request, "design/gallery.html", context)
