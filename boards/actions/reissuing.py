"""Issue a paper again to another body, in that body's template, without retyping."""

import copy

from django.db import transaction

from boards import policy
from boards.actions import papers
from boards.document import ids, schema
from boards.models import AgendaItem, Paper
from boards.paper_templates import new_document, template
from portal.audit import record
from portal.policy import Refusal


@transaction.atomic
def reissue(*, paper: Paper, item: AgendaItem, by) -> Paper:
    """A new paper for another board. Sections go where the other template has them; what it asks for besides stands with its guidance.

    Blocks get new ids (they are another paper's), and the two papers point at each other.
    """
    policy.check_add_paper(by)
    board = item.meeting.board
    if board == paper.board:
        raise Refusal(f"This paper is already one of {board.name}. Choose an item of another body.")
    made = papers.commission(
        item=item,
        title=paper.title,
        by=by,
        authors=list(paper.authors.all()),
        from_role=paper.from_role,
        document=into_template(paper.document, board.paper_template),
        marking=paper.marking,
        open_title=paper.open_title,
    )
    made.reissue_of = paper
    made.state = Paper.State.DRAFT
    made.save()
    record(
        "paper.reissued", by=by, target=made, summary=f"Reissued “{paper.title}” to {board.name}", source=str(paper.pk)
    )
    return made


def into_template(document: dict, key: str) -> dict:
    """The same words in the sections of another template."""
    fresh = new_document(key)
    sections = [copy.deepcopy(section) for section in document["content"]]
    taken: set[int] = set()
    result = []
    for part, empty in zip(template(key).parts, fresh["content"], strict=True):
        place = next((n for n, s in enumerate(sections) if n not in taken and _fits(s, part.role)), None)
        if place is None:
            result.append(empty)
            continue
        taken.add(place)
        section = sections[place]
        if part.role != "body":
            heading = next(child for child in empty["content"] if child["type"] == "heading")
            section["content"] = [heading, *(child for child in section["content"] if child["type"] != "heading")]
        result.append(section)
    at = next(
        (n for n, s in enumerate(result) if s["attrs"].get("role") in {"conclusion", "summary", "bibliography"}),
        len(result),
    )
    rest = [
        section
        for place, section in enumerate(sections)
        if place not in taken and section["attrs"].get("role") != "conclusion"
    ]
    result[at:at] = rest
    return _new_ids(schema.normalise({**document, "content": result}))


def _fits(section: dict, role: str) -> bool:
    return section["attrs"].get("role") == role


def _new_ids(document: dict) -> dict:
    """Every id anew, and references within the paper following along."""
    renamed: dict[str, str] = {}
    for node in schema.walk(document):
        attrs = node.get("attrs") or {}
        if attrs.get("id"):
            renamed[attrs["id"]] = ids.new_id()

    def visit(node: dict) -> dict:
        attrs = dict(node.get("attrs") or {})
        if attrs.get("id"):
            attrs["id"] = renamed[attrs["id"]]
        if node["type"] == "xref" and attrs.get("target", "").startswith("block:"):
            old = attrs["target"].removeprefix("block:")
            attrs["target"] = f"block:{renamed.get(old, old)}"
        if "gen" in attrs:
            attrs["gen"] = None
        made = {**node, **({"attrs": attrs} if attrs else {})}
        if "content" in node:
            made["content"] = [visit(child) for child in node["content"]]
        return made

    return visit(document)
