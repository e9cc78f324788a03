"""Standing pages that everybody may read."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.models import Office


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/contact.html")


@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    address = Office.current().contact_email or settings.DEFAULT_FROM_EMAIL
    expires = timezone.now().replace(microsecond=0) + dt.timedelta(days=180)
    body = f"Contact: mailto:{address}\nExpires: {expires.isoformat()}\nPreferred-Languages: en\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
