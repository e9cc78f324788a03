"""Versions of the rating matrix: the one in force, a draft beside it, and adoption."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.policy import reason as why_not
from risks import matrix as core
from risks import policy, scales
from risks.actions import matrices
from risks.forms.register import MatrixForm
from risks.forms.risk import ReasonForm
from risks.models import Assessment, Risk, RiskMatrix
from risks.presenters import navigation
from risks.setting_up import ensure_matrix
from risks.views.common import done, say_problem


@require_safe
def matrix_list(request: HttpRequest) -> HttpResponse:
    policy.check_see_register(request.user)
    in_force = RiskMatrix.objects.in_force()
    older = Assessment.objects.exclude(matrix=in_force).filter(risk__closed_on__isnull=True) if in_force else None
    context = {
        "in_force": in_force,
        "matrix": in_force.matrix if in_force else None,
        "drafts": RiskMatrix.objects.filter(adopted_on__isnull=True),
        "earlier": RiskMatrix.objects.adopted()[1:] if in_force else [],
        "older": older.values("risk").distinct().count() if older is not None else 0,
        "descriptors": [(name, scales.SCOPES[key], scales.DESCRIPTORS[key]) for key, name in scales.CATEGORIES.items()],
        "edge_rule": scales.ECONOMIC_EDGE_RULE,
        "can_manage": policy.can_manage_register(request.user),
        "subnav": navigation.register(request, "matrices"),
    }
    return render(request, "risks/matrices/list.html", context)


@require_POST
def matrix_start(request: HttpRequest) -> HttpResponse:
    """Take the matrix that the portal is shipped with into use."""
    policy.check_manage_register(request.user)
    found = ensure_matrix(by=request.user)
    done(request, f"{found} is in force.")
    return redirect("risks:matrices")


@require_http_methods(["GET", "HEAD", "POST"])
def matrix_draft(request: HttpRequest) -> HttpResponse:
    policy.check_manage_register(request.user)
    in_force = RiskMatrix.objects.in_force()
    base = in_force.matrix if in_force else core.default()
    form = MatrixForm(request.POST or None, base=base)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            drafted = matrices.draft_matrix(
                version=data["version"], data=form.data_of(data), by=request.user, reason=data["reason"]
            )
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(request, f"{drafted} is drafted. Nothing is scored with it until it is adopted.")
            return redirect("risks:matrix", drafted.pk)
    return render(request, "risks/matrices/draft.html", {"form": form, "base": base})


@require_safe
def matrix_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Old and new side by side, and what the new one would do to the scores of today."""
    policy.check_see_register(request.user)
    new = get_object_or_404(RiskMatrix, pk=pk)
    old = RiskMatrix.objects.adopted().exclude(pk=new.pk).first()
    context = {
        "version": new,
        "new": new.matrix,
        "old": old.matrix if old else None,
        "pairs": _pairs(old.matrix, new.matrix) if old else [],
        "effects": _effects(new) if not new.is_adopted else [],
        "form": ReasonForm(),
        "refusal": why_not(policy.check_adopt_matrix, request.user),
        "subnav": navigation.register(request, "matrices"),
    }
    return render(request, "risks/matrices/page.html", context)


def _pairs(old: core.Matrix, new: core.Matrix) -> list:
    """Rows of the grid with both cells in each place."""
    rows = []
    for was, now in zip(old.rows(), new.rows(), strict=True):
        pairs = [
            {"old": o, "new": n, "differs": (o.rating, o.band.name) != (n.rating, n.band.name)}
            for o, n in zip(was, now, strict=True)
        ]
        rows.append((now[0], pairs))
    return rows


def _effects(version: RiskMatrix) -> list[dict]:
    """Open risks whose current score would read otherwise, were it made again."""
    matrix, out = version.matrix, []
    current = Assessment.objects.filter(stage="current", risk__closed_on__isnull=True).select_related("risk")
    for score in current.order_by("risk__objective__number", "risk__number"):
        cell = matrix.cell(score.likelihood, score.impact)
        if (cell.rating, cell.band.name) != (score.rating, score.band) or cell.above_tolerance != score.above_tolerance:
            out.append(
                {
                    "risk": score.risk,
                    "score": score,
                    "cell": cell,
                    "crosses": cell.above_tolerance != score.above_tolerance,
                }
            )
    return out


@require_POST
def matrix_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(RiskMatrix, pk=pk)
    form = ReasonForm(request.POST)
    policy.check_adopt_matrix(request.user)
    if not form.is_valid():
        messages.error(request, "Say why this version is adopted: nothing was changed.")
        return redirect("risks:matrix", pk)
    try:
        matrices.adopt_matrix(matrix=version, by=request.user, reason=form.cleaned_data["reason"])
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        done(request, f"{version} is in force. Scores made before keep the matrix they were read from.")
    return redirect("risks:matrices")


@require_http_methods(["GET", "HEAD", "POST"])
def score_again(request: HttpRequest) -> HttpResponse:
    """Read all open risks again from the matrix in force, as new scores."""
    policy.check_manage_register(request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = matrices.score_again(
            risks=list(Risk.objects.still_open()), by=request.user, reason=form.cleaned_data["reason"]
        )
        done(request, f"{count} scores were read again from the matrix in force.")
        return redirect("risks:matrices")
    context = {"form": form, "heading": "Score all open risks again", "button": "Score again", "back": "risks:matrices"}
    return render(request, "risks/reason.html", context)
