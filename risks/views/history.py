"""What was done to a risk, a comparison of any two days, and putting one field back."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from risks import past, policy
from risks.actions import reverting
from risks.forms.register import PeriodForm
from risks.presenters import navigation
from risks.scales import STATUSES
from risks.views.common import find
from risks.words import LABELS, day, sentences


def end_of(value: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(value, dt.time.max))


@require_safe
def history(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    asked = "start_day" in request.GET or "start" in request.GET
    form = PeriodForm(request.GET if asked else None)
    compared = None
    if asked and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        compared = _compared(request, risk, start, end)
    events = [_event(entry) for entry in past.entries(risk)]
    context = {
        "risk": risk, "form": form, "events": events, "compared": compared, "subnav": navigation.risk(risk.ref, "history"),
    }  # fmt: skip
    return render(request, "risks/history.html", context)


def _event(entry: past.Entry) -> dict:
    """A few changes stand above their reason; many changes for one reason stand beneath it."""
    said, why = " ".join(entry.sentences), entry.reason
    title, text = (why, said) if why and len(entry.sentences) > 2 else (said, why)
    if text and text.rstrip(".").lower() in title.lower():
        text = ""
    when = date_format(timezone.localtime(entry.when), "j F Y, H:i")
    return {"title": title, "when": when, "by": entry.by, "text": text}


def _compared(request: HttpRequest, risk, start: dt.date, end: dt.date | None) -> dict:
    then = past.as_of(risk, end_of(start))
    now = end is None or end >= timezone.localdate()
    changes = past.between(risk, end_of(start), None if now else end_of(end))
    may = now and policy.can_edit_risk(request.user, risk)
    return {
        "start": start,
        "start_words": day(start.isoformat()),
        "end_words": "today" if now else day(end.isoformat()),
        "missing": then is None,
        "rows": [
            {
                "label": LABELS[change.field].capitalize(),
                "sentence": " ".join(sentences([change])),
                "old": _shown(change.field, change.old),
                "new": _shown(change.field, change.new),
                "key": reverting.key_of(change),
                "can": may and reverting.can_be_put_back(change),
            }
            for change in changes
        ],
    }


def _shown(field: str, value) -> str:
    """A value of a change for a narrow column."""
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    match field:
        case "status":
            return f"{STATUSES.get(value['kind'], value['kind'])}, {day(value['date'])}"
        case "review":
            return f"Next on {day(value['next'])}" if value["next"] else "No next review"
        case "closed":
            return f"Closed on {day(value['on'])}"
        case "acceptance":
            return f"By the {value['by']}" + (f", until {day(value['until'])}" if value["until"] else "")
        case _ if "rating" in value:
            return f"{value['rating']} {value['band']}"
    return value.get("text") or value.get("target") or ""


@require_POST
def put_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Undo one of the changes between a day and now."""
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    try:
        start = dt.date.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        messages.error(request, "The day to go back to is not a date. Compare again, then put the field back.")
        return redirect("risks:history", ref)
    wanted = request.POST.get("key", "")
    change = next((c for c in past.between(risk, end_of(start)) if reverting.key_of(c) == wanted), None)
    if change is None:
        messages.error(request, "That field has changed again meanwhile. Compare again, then put it back.")
        return redirect("risks:history", ref)
    try:
        why = f"Put back to what it was on {day(start.isoformat())}"
        reverting.put_back(risk=risk, change=change, by=request.user, reason=why)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, f"Put back as on {day(start.isoformat())}: {LABELS[change.field]} of {ref}.")
    return redirect("risks:history", ref)
