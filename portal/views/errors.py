"""Error pages say what happened, what was kept and what to do."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.middleware import KeepTypedWords


def refused(request: HttpRequest, exception=None) -> HttpResponse:
    """403: the sentence of the refusal, where there is one."""
    sentence = getattr(exception, "sentence", "") or "You may not see or do this."
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500: must work when the database does not, so the template uses no context processor."""
    from django.template import loader

    return HttpResponse(loader.get_template("errors/500.html").render({}), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token has run out is given back as it was typed, like one sent after the session ended."""
    response = KeepTypedWords.give_back(request)
    response.status_code = 403
    return response
