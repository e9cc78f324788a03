"""Quarterly review rounds: open one, answer, see who has not."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from risks import policy
from risks.actions import reviews
from risks.forms.register import AnswerForm, RoundForm
from risks.models import ReviewAnswer, ReviewRound
from risks.presenters import navigation
from risks.views.common import done, say_problem


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    policy.check_see_register(request.user)
    rounds = [
        {"round": review, "asked": len(answers), "answered": sum(1 for answer in answers if answer.answer)}
        for review in ReviewRound.objects.prefetch_related("answers")
        for answers in [list(review.answers.all())]
    ]
    context = {
        "rounds": rounds,
        "can_manage": policy.can_manage_register(request.user),
        "is_open": any(row["round"].closed_on is None for row in rounds),
        "subnav": navigation.register(request, "reviews"),
    }
    return render(request, "risks/reviews/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: HttpRequest) -> HttpResponse:
    policy.check_manage_register(request.user)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review = reviews.open_round(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(request, f"{review} is open: {review.answers.count()} questions were put to senior leads.")
            return redirect("risks:review", review.pk)
    return render(request, "risks/reviews/open.html", {"form": form})


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked what, and who has not answered, lead by lead."""
    policy.check_see_register(request.user)
    review = get_object_or_404(ReviewRound, pk=pk)
    answers = list(review.answers.select_related("risk", "lead", "answered_by", "round"))
    own = set(request.user.risk_leads.values_list("pk", flat=True))
    manager = policy.can_manage_register(request.user)
    groups: dict = {}
    for answer in answers:
        may = review.closed_on is None and (manager or answer.lead_id in own)
        groups.setdefault(answer.lead, []).append({"answer": answer, "may": may})
    context = {
        "review": review,
        "groups": [
            {"lead": lead, "answers": group, "missing": sum(1 for row in group if not row["answer"].answer)}
            for lead, group in groups.items()
        ],
        "waiting": [lead for lead, group in groups.items() if any(not row["answer"].answer for row in group)],
        "asked": len(answers),
        "answered": (answered := sum(1 for answer in answers if answer.answer)),
        "progress": f"{answered} of {len(answers)} questions answered",
        "late": review.closed_on is None and review.due_on < timezone.localdate(),
        "can_manage": manager,
        "subnav": navigation.register(request, "reviews"),
    }
    return render(request, "risks/reviews/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    policy.check_see_register(request.user)
    found = get_object_or_404(ReviewAnswer.objects.select_related("round", "risk", "lead"), pk=answer_pk, round=pk)
    policy.check_answer_review(request.user, found)
    initial = {"choice": found.answer or None, "note": found.note}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            reviews.answer_review(answer=found, choice=data["choice"], note=data["note"], by=request.user)
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(request, f"The answer for {found.risk.ref} is recorded.")
            return redirect("risks:review", pk)
    return render(request, "risks/reviews/answer.html", {"form": form, "answer": found})


@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    policy.check_manage_register(request.user)
    review = get_object_or_404(ReviewRound.objects.still_open(), pk=pk)
    reviews.close_round(review=review, by=request.user)
    done(request, f"{review} is closed.")
    return redirect("risks:review", pk)
