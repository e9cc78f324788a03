"""What the editor in the browser talks to. Every answer is JSON; every refusal is a sentence."""

import json

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from boards import paper_findings, reports
from boards.actions import images as image_actions
from boards.actions import locking, saving
from boards.document import numbering, text
from boards.document.errors import DocumentError
from boards.forms.papers import HeaderForm
from boards.models import Paper
from boards.policy import check_edit_paper
from portal.policy import Refusal, reason


def _paper(user, pk) -> Paper:
    papers = Paper.objects.visible_to(user).select_related(
        "item__meeting__board", "board", "restriction", "item__restriction"
    )
    return get_object_or_404(papers, pk=pk)


def _json(request: HttpRequest) -> dict:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk) -> JsonResponse:
    """GET: the paper and its version. POST {document, base, header?}: save; 409 with both texts when the same block was changed."""
    paper = _paper(request.user, pk)
    if request.method == "GET":
        refusal = reason(check_edit_paper, request.user, paper)
        return JsonResponse(
            {"document": paper.document, "version": paper.version, "header": _kept(paper), "refusal": refusal}
        )
    body = _json(request)
    if str(body.get("person") or request.user.pk) != str(request.user.pk):
        return JsonResponse(
            {
                "error": "Somebody else is signed in now. Sign in as yourself again: this is sent under your own name only."
            },
            status=403,
        )
    if not isinstance(body.get("document"), dict) or not isinstance(body.get("base"), int):
        return JsonResponse(
            {"error": "The paper could not be read. Reload the page; what you typed is kept in this browser."},
            status=400,
        )
    header, errors = _header(paper, body.get("header"))
    if errors:
        return JsonResponse({"error": "Something at the head of the paper is not right.", "errors": errors}, status=422)
    try:
        saved = saving.save(
            paper=paper, document=body["document"], header=header, base_version=body["base"], by=request.user
        )
    except saving.SaveConflict as conflict:
        return JsonResponse(
            {
                "error": str(conflict),
                "version": conflict.current.version,
                "document": conflict.current.document,
                "merged": conflict.merged,
                "conflicts": [
                    {"block": name, "mine": mine, "theirs": theirs} for name, mine, theirs in conflict.conflicts
                ],
            },
            status=409,
        )
    except DocumentError as error:
        return JsonResponse({"error": str(error), "block": error.block_id}, status=422)
    except Refusal as refusal:
        return JsonResponse({"error": refusal.sentence}, status=403)
    answer = {"version": saved.paper.version, "merged": saved.merged}
    if saved.merged:
        answer |= {"document": saved.paper.document, "header": _kept(saved.paper)}
    return JsonResponse(answer)


def _kept(paper: Paper) -> dict[str, str]:
    """The head of the paper as it stands, in words."""
    kept = {name: getattr(paper, name) for name in saving.HEADER}
    return {**kept, "paper_date": kept["paper_date"].isoformat() if kept["paper_date"] else ""}


def _header(paper: Paper, sent) -> tuple[dict, dict]:
    if not isinstance(sent, dict):
        return {}, {}
    kept = _kept(paper)
    form = HeaderForm(
        {**kept, **{name: value for name, value in sent.items() if name in kept}}, instance=Paper(board=paper.board)
    )
    return (form.cleaned_data, {}) if form.is_valid() else ({}, form.errors)


@require_GET
def findings(request: HttpRequest, pk) -> JsonResponse:
    paper = _paper(request.user, pk)
    found = paper_findings.with_numbers(paper, numbering.number(paper.document))
    keys = ("rule", "severity", "block_id", "printed_number", "sentence", "mend")
    return JsonResponse(
        {"version": paper.version, "findings": [{key: getattr(each, key) for key in keys} for each in found]}
    )


@require_GET
def targets(request: HttpRequest, pk) -> JsonResponse:
    """What a cross-reference can lead to: blocks of this paper, items and annexes of the meeting, rows of every register."""
    paper = _paper(request.user, pk)
    if wanted := request.GET.getlist("target")[:200]:
        return JsonResponse({"targets": [found for target in wanted if (found := _target(paper, target))]})
    words = request.GET.get("q", "").strip().lower()
    numbers = numbering.number(paper.document)
    found = []
    for block in text.blocks(paper.document):
        label = numbers.label(block.id)
        if label and (words in label.lower() or words in block.text.lower()):
            found.append({"target": f"block:{block.id}", "label": label, "title": block.text[:100]})
    if paper.item:
        for item in paper.item.meeting.items.all():
            if words in f"item {item.number} {item.title}".lower():
                found.append({"target": f"item:{item.pk}", "label": f"item {item.number}", "title": item.title})
    for annex in paper.annexes.all():
        if words in f"annex {annex.letter} {annex.title}".lower():
            found.append({"target": f"annex:{annex.pk}", "label": f"Annex {annex.letter}", "title": annex.title})
    for register in reports.registers():
        found += [
            {"target": f"{register.key}:{each.ref}", "label": each.ref, "title": each.title}
            for each in register.search(words)[:20]
        ]
    return JsonResponse({"targets": found[:60]})


def _target(paper: Paper, target: str) -> dict | None:
    """What one target is called now: the label of an item or annex of this meeting, or of a row of a register."""
    kind, _, ref = target.partition(":")
    if kind == "item" and paper.item:
        found = next((each for each in paper.item.meeting.items.all() if str(each.pk) == ref), None)
        return {"target": target, "label": f"item {found.number}", "title": found.title} if found else None
    if kind == "annex":
        found = next((each for each in paper.annexes.all() if str(each.pk) == ref), None)
        return {"target": target, "label": f"Annex {found.letter}", "title": found.title} if found else None
    found = reports.resolve(target)
    return {"target": target, "label": found.ref, "title": found.title} if found else None


@require_http_methods(["GET", "POST", "DELETE"])
def locks(request: HttpRequest, pk) -> JsonResponse:
    """GET: who edits which section. POST {section}: take or keep it. DELETE: give all back."""
    paper = _paper(request.user, pk)
    if request.method == "DELETE":
        locking.release(paper=paper, by=request.user)
    elif request.method == "POST":
        section = str(_json(request).get("section", ""))[:20]
        try:
            if section:
                locking.take(paper=paper, section_id=section, by=request.user)
        except Refusal as refusal:
            return JsonResponse({"error": refusal.sentence}, status=403)
    shown = [
        {"section": lock.section_id, "name": lock.by.title, "mine": lock.by_id == request.user.pk}
        for lock in locking.in_force(paper)
    ]
    return JsonResponse({"locks": shown, "version": paper.version})


@require_http_methods(["POST"])
def images(request: HttpRequest, pk) -> JsonResponse:
    """Take a picture in: checked by its content, re-encoded, its metadata left behind."""
    paper = _paper(request.user, pk)
    upload = request.FILES.get("image")
    if upload is None:
        return JsonResponse({"error": "Choose a picture."}, status=400)
    try:
        asset = image_actions.add(paper=paper, file=upload, by=request.user)
    except Refusal as refusal:
        return JsonResponse({"error": refusal.sentence}, status=422)
    return JsonResponse({"src": f"asset:{asset.sha256}", "width": asset.width, "height": asset.height}, status=201)


@require_GET
def image(request: HttpRequest, pk, sha256: str) -> HttpResponse:
    paper = _paper(request.user, pk)
    asset = paper.assets.filter(sha256=sha256).first()
    if asset is None or not default_storage.exists(asset.file.name):
        raise Http404("No such picture in this paper.")
    response = FileResponse(default_storage.open(asset.file.name, "rb"), content_type=asset.content_type)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
