"""A paper in the making, as staff see it."""

import hashlib
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from boards import paper_findings, paper_head, policy, reports, states
from boards.actions import workflow
from boards.addressing import addressee
from boards.document import html, numbering
from boards.document.context import Context, Place
from boards.grounds import title_of
from boards.models import Paper
from boards.paper_templates import template
from boards.preflight import handed_in as rule_of_handed_in
from boards.preflight.papers import to_acknowledge
from boards.presenters import handed_in
from boards.presenters.preparation import STATE_TONES
from portal.policy import reason


class LiveContext(Context):
    """Resolves references while a paper is being written: titles from the live rows, no page numbers yet."""

    def __init__(self, paper: Paper):
        super().__init__()
        self.paper = paper

    def resolve_target(self, target: str):
        kind, _, ref = target.partition(":")
        if kind == "annex":
            annex = next((each for each in self.paper.annexes.all() if str(each.pk) == ref), None)
            return Place(f"Annex {annex.letter}", reverse("annex_file", args=[annex.pk]), None) if annex else None
        if kind == "item" and self.paper.item:
            item = self.paper.item.meeting.items.filter(pk=ref).first()
            return Place(f"item {item.number}", None, None) if item else None
        found = reports.resolve(target)
        return Place(found.ref, found.url or None, None) if found else None

    def image_src(self, src: str) -> str:
        return reverse("paper_image", args=[self.paper.pk, src.removeprefix("asset:")])

    def chart(self, kind: str, data: dict, caption: str, alt: str) -> str:
        return reports.draw_chart(kind, data, caption, alt) or ""

    def ground(self, code: str) -> str:
        return title_of(code)

    def addressee(self, to: str) -> str:
        return addressee(self.paper.board.kind, to)


class LivePaper:
    def __init__(self, paper: Paper, person):
        self.paper, self.person = paper, person

    @property
    def tone(self) -> str:
        return STATE_TONES[self.paper.state]

    @property
    def owner(self) -> str:
        return states.OWNER[self.paper.state]

    @property
    def template_name(self) -> str:
        return template(self.paper.template).name

    @property
    def header(self) -> list[tuple[str, str]]:
        """What the paper's head will say; what every paper has is shown empty until it is filled in."""
        item, paper = self.paper.item, self.paper
        told = paper_head.rows({
            "to": paper.to or "–", "from_role": paper.from_role or "–", "paper_date": paper.paper_date,
            "template": paper.template, "number": item.number if item else "", "document": paper.document,
        })  # fmt: skip
        return told if paper.paper_date else [*told, ("Date", "–")]

    @property
    def has_capital_headings(self) -> bool:
        return paper_head.layout({"template": self.paper.template}).capital_headings

    @cached_property
    def numbers(self) -> numbering.Numbering:
        return numbering.number(self.paper.document)

    @cached_property
    def body(self) -> SafeString:
        # Safe: the renderer escapes all text and writes only what its allow list names.
        return mark_safe(html.render(self.paper.document, context=LiveContext(self.paper), show_guidance=True))  # noqa: S308

    @cached_property
    def findings(self) -> list:
        return paper_findings.with_numbers(self.paper, self.numbers)

    @property
    def blocking(self) -> list:
        return [finding for finding in self.findings if finding.severity == "blocks"]

    @cached_property
    def to_acknowledge(self) -> list:
        """Findings that may stand for a reason, while this person may submit the paper and nothing else stands in the way."""
        may_submit = not self.blocking and any(move.verb == "submit" for move in self.moves)
        return to_acknowledge(self.paper, self.findings) if may_submit else []

    @property
    def edit_refusal(self) -> str:
        return reason(policy.check_edit_paper, self.person, self.paper)

    @cached_property
    def moves(self) -> list:
        return workflow.moves_for(self.person, self.paper)

    @property
    def steps(self) -> list:
        return list(self.paper.steps.select_related("by").order_by("-at"))

    @property
    def is_late(self) -> bool:
        due = self.paper.due_on
        return bool(due and self.paper.state in {"commissioned", "draft"} and timezone.localdate() > due)

    @cached_property
    def annexes(self) -> list:
        return list(self.paper.annexes.select_related("restriction"))

    @cached_property
    def handed_in(self) -> list[handed_in.HandedIn]:
        """Office files that are not annexes yet."""
        return handed_in.of_paper(self.paper)

    @property
    def handed_in_blocks(self) -> list:
        return rule_of_handed_in.of_paper(self.paper, [each.row for each in self.handed_in])

    @property
    def look_again(self) -> str:
        """How often the page looks whether the list of annexes has changed by itself; empty when it cannot."""
        if any(each.is_moving for each in self.handed_in):
            return "2s"
        return "15s" if any(not each.row.is_failed for each in self.handed_in) else ""

    @property
    def annexes_mark(self) -> str:
        """Stands for what the list of annexes shows, so that a page which looks again changes only when it does."""
        shown = [(str(each.row.pk), each.label, each.sentence) for each in self.handed_in]
        shown += [(str(annex.pk), annex.letter) for annex in self.annexes]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def annexes_news(self) -> str:
        """For who cannot see the list change: what it holds now."""
        files = [f"{each.row.title}: {each.label.lower()}." for each in self.handed_in]
        bound = ", ".join(f"{annex.letter} {annex.title}" for annex in self.annexes)
        return " ".join([*files, f"Annexes: {bound or 'none'}."])

    @property
    def may_restrict(self) -> bool:
        return policy.can_restrict(self.person)

    @property
    def may_manage(self) -> bool:
        return policy.can_manage_meetings(self.person)

    @property
    def register(self):
        return reports.get(self.paper.register) if self.paper.register else None

    @property
    def links(self) -> list:
        return reports.links_to(f"paper:{self.paper.pk}")

    @property
    def open_comments(self) -> int:
        return self.paper.comments.filter(parent=None, resolved_at=None).count()

    @property
    def reviews(self) -> list[tuple[str, bool]]:
        given = workflow.reviews_given(self.paper)
        return [(name, name in given) for name in workflow.required_reviews(self.paper)]
