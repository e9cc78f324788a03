"""Accounts and appointments, for the administrator; the audit record, for the auditor and the administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.audit import record
from portal.forms.people import AppointmentForm, PersonForm
from portal.models import Appointment, AuditEvent, User
from portal.policy import check_role
from portal.roles import Role


def _check(request: HttpRequest) -> None:
    check_role(request.user, Role.ADMINISTRATOR, to="manage accounts")


def people_list(request: HttpRequest) -> HttpResponse:
    _check(request)
    posts: dict[int, list[str]] = {}
    for post in Appointment.objects.in_force():
        held = posts.setdefault(post.person_id, [])
        if (name := post.title or post.get_role_display()) not in held:
            held.append(name)
    people = [{"person": person, "posts": posts.get(person.pk, [])} for person in User.objects.all()]
    return render(request, "portal/people.html", {"people": people})


def person_add(request: HttpRequest) -> HttpResponse:
    _check(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = User.objects.create_user(**form.cleaned_data)
        record("person.added", by=request.user, target=person, summary="Added an account")
        messages.success(request, "The account is made. Add the person’s appointments.")
        return redirect("person", pk=person.pk)
    return render(request, "portal/person_form.html", {"form": form, "heading": "Add a person"})


def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    person = get_object_or_404(User, pk=pk)
    return render(request, "portal/person.html", {"person": person, "appointments": person.appointments.all()})


def appointment_add(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    person = get_object_or_404(User, pk=pk)
    form = AppointmentForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        post = form.save(commit=False)
        post.person = person
        post.save()
        record(
            "appointment.made",
            by=request.user,
            target=person,
            summary=f"Appointed as {post.get_role_display()}",
            role=post.role,
        )
        messages.success(request, "The appointment is made.")
        return redirect("person", pk=pk)
    return render(
        request, "portal/person_form.html", {"form": form, "person": person, "heading": f"Appointment of {person}"}
    )


@require_POST
def appointment_end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    _check(request)
    post = get_object_or_404(Appointment, pk=appointment, person=pk)
    post.ends_on = max(timezone.localdate(), post.starts_on)
    post.save()
    record(
        "appointment.ended",
        by=request.user,
        target=post.person,
        summary=f"Ended as {post.get_role_display()}",
        role=post.role,
    )
    messages.success(request, "The appointment ends today.")
    return redirect("person", pk=pk)


@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    person = get_object_or_404(User, pk=pk)
    person.is_active = request.POST.get("active") == "1"
    if person == request.user and not person.is_active:
        messages.error(request, "You cannot close your own account: ask another administrator.")
        return redirect("person", pk=pk)
    person.save()
    record(
        "person.opened" if person.is_active else "person.closed",
        by=request.user,
        target=person,
        summary="Changed an account",
    )
    messages.success(
        request, "The account is open." if person.is_active else "The account is closed; the person cannot sign in."
    )
    return redirect("person", pk=pk)


def audit(request: HttpRequest) -> HttpResponse:
    check_role(request.user, Role.ADMINISTRATOR, Role.AUDITOR, to="read the audit record")
    page = Paginator(AuditEvent.objects.select_related("actor"), 50).get_page(request.GET.get("page"))
    return render(request, "portal/audit.html", {"page": page})
