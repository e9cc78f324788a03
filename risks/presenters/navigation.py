"""Navigation within the register and within one risk."""

from django.http import HttpRequest
from django.urls import reverse

from risks import policy


def register(request: HttpRequest, active: str) -> list[dict]:
    """Sections of the register. What a person may not open is not offered."""
    entries = [
        ("list", "Risks", "risks:home"),
        ("map", "Map", "risks:map"),
        ("reviews", "Reviews", "risks:reviews"),
        ("boards", "As boards saw it", "risks:boards"),
        ("matrices", "Matrix", "risks:matrices"),
    ]
    if policy.can_manage_register(request.user):
        entries += [("leads", "Leads", "risks:leads"), ("import", "Import and export", "risks:import")]
    return [{"title": title, "url": reverse(name), "active": key == active} for key, title, name in entries]


def risk(ref: str, active: str) -> list[dict]:
    """Sections of one risk."""
    entries = [("page", "The risk", "risks:risk"), ("history", "History", "risks:history")]
    return [{"title": title, "url": reverse(name, args=[ref]), "active": key == active} for key, title, name in entries]
