"""What every page needs: the office, the navigation, and who is signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal import navigation
from portal.models import Office


def page(request: HttpRequest) -> dict:
    return {
        "office": SimpleLazyObject(Office.current),
        "search_url": navigation.search_url(),
        "navigation": navigation.entries_for(request) if hasattr(request, "user") else [],
        "demonstration": settings.DEMONSTRATION,
    }
