"""The editor in the browser. Without a script, the plain form does the same."""

import json
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boards import grounds
from boards.forms.papers import HeaderForm
from boards.models import Paper
from boards.policy import check_edit_paper
from portal.policy import reason

#: Stands for a comment's id in addresses that the script fills in.
NO_ID = uuid.UUID(int=0)


def write(request: HttpRequest, pk) -> HttpResponse:
    papers = Paper.objects.visible_to(request.user).select_related(
        "item__meeting__board", "board", "restriction", "item__restriction"
    )
    paper = get_object_or_404(papers, pk=pk)
    refusal = reason(check_edit_paper, request.user, paper)
    if refusal:
        messages.error(request, refusal)
        return redirect("paper", pk=pk)
    context = {
        "paper": paper,
        "form": HeaderForm(instance=paper),
        "no_id": NO_ID,
        "grounds": json.dumps(grounds.CHOICES),
    }
    return render(request, "boards/paper_write.html", context)
