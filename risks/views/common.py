"""What the views share: finding a risk that the person may see, and showing a refusal beside the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from risks.models import Risk


def find(request: HttpRequest, ref: str) -> Risk:
    """The live risk, or 404 for a person who does not work on the register."""
    risks = Risk.objects.visible_to(request.user).select_related("objective", "exec_lead", "senior_lead")
    return get_object_or_404(risks, ref=ref)


def say_problem(form, problem: ValidationError) -> None:
    """Put the sentences of a refused verb into the form's error summary."""
    form.add_error(None, list(problem.messages))


def done(request: HttpRequest, sentence: str) -> None:
    messages.success(request, sentence)
