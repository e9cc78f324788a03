"""Leads and the people who hold their posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal import audit
from risks import policy
from risks.forms.risk import LeadForm
from risks.models import Lead
from risks.presenters import navigation
from risks.views.common import done


@require_safe
def lead_list(request: HttpRequest) -> HttpResponse:
    policy.check_manage_register(request.user)
    leads = Lead.objects.prefetch_related("people")
    return render(request, "risks/leads/list.html", {"leads": leads, "subnav": navigation.register(request, "leads")})


@require_http_methods(["GET", "HEAD", "POST"])
def lead_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    policy.check_manage_register(request.user)
    lead = get_object_or_404(Lead, pk=pk) if pk else Lead()
    form = LeadForm(request.POST or None, instance=lead)
    if request.method == "POST" and form.is_valid():
        form.instance._change_reason = "Lead changed" if pk else "Lead added"
        saved = form.save()
        people = saved.people.count()
        audit.record(
            "risk_lead.saved", by=request.user, target=saved, summary=f"The lead {saved} was saved", people=people
        )
        done(request, f"{saved} was saved.")
        return redirect("risks:leads")
    return render(request, "risks/leads/edit.html", {"form": form, "lead": lead})
