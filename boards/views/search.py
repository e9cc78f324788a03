"""Searching what was circulated."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from boards.forms.search import SearchForm
from boards.presenters.search_page import SearchPage
from boards.search.find import boards_for, find, years_for

HITS = 20


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """Members find in their own copy, everybody else in what is published."""
    form = SearchForm(request.GET or None, boards=boards_for(request.user), years=years_for(request.user))
    results = None
    if form.is_valid() and form.cleaned_data["q"]:
        asked = form.cleaned_data
        found = find(request.user, asked["q"], board=asked["board"], year=asked["year"])
        page = Paginator(found.entries.values_list("pk", flat=True), HITS).get_page(request.GET.get("page"))
        results = SearchPage(found, page, {name: request.GET.get(name) for name in form.fields})
    return render(
        request,
        "boards/search.html",
        {"form": form, "results": results, "words": form["q"].value() or ""},
        status=422 if form.is_bound and form.errors else 200,
    )
