"""The reserves strategy for everybody: only what was published, never the live plan."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from finance.models import PublishedStrategy
from finance.presenters.strategy import strategy_page


@login_not_required
def strategy(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The latest published strategy, or an earlier one by its number. Earlier ones stay reachable and say so."""
    published = list(PublishedStrategy.objects.select_related("plan"))
    shown = get_object_or_404(PublishedStrategy, pk=pk) if pk else (published[0] if published else None)
    context = {
        "published": shown,
        "earlier": [each for each in published if each != shown],
        "latest": published[0] if published else None,
    }
    if shown:
        context["strategy"] = strategy_page(json.loads(shown.canonical))
    return render(request, "finance/strategy.html", context)


@login_not_required
def strategy_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The published strategy as data, exactly as sealed."""
    shown = get_object_or_404(PublishedStrategy, pk=pk)
    response = JsonResponse(json.loads(shown.canonical))
    response["X-Content-SHA256"] = shown.sha256
    return response
