"""Links between actions and what other registers hold: who is at the other end, seen from both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from boards import reports
from boards.models import Paper
from plans.models import ActionLink, PriorityAction


@dataclass(frozen=True)
class Linked:
    """One linked thing as a page shows it. ``missing`` when its register no longer knows it; ``pk`` of a link of our own."""

    target: str
    title: str
    url: str
    note: str
    register: str
    missing: bool = False
    pk: int | None = None


def of_action(action: PriorityAction) -> list[Linked]:
    """What an action is linked to, from either end: its own links and those other registers make to it."""
    found = [replace(_linked(link.target, link.note), pk=link.pk) for link in action.links.all()]
    if action.theme.plan.is_over():
        return found  # what others link to a reference is linked to the plan in force
    known = {link.url for link in found}
    for target in reports.links_to(f"plans:{action.ref}"):
        if target.url not in known:
            found.append(
                Linked(target.ref, _name(target.ref, target.title), target.url, "", "Linked from its own page")
            )
    return found


def linked_from(target: str) -> list[reports.Target]:
    """The actions that are linked to a risk, a reserve or a paper. Answers the other register's page."""
    rows = ActionLink.objects.filter(target=target, action__removed_on__isnull=True).select_related(
        "action__theme__plan"
    )
    return [
        reports.Target(ref=link.action.ref, title=link.action.title, url=link.action.get_absolute_url())
        for link in rows
    ]


def choices(words: str, user, *, limit: int = 20) -> list[tuple[str, str]]:
    """What an action can be linked to: rows of every other register, and papers the person may name."""
    found = []
    for register in reports.registers():
        if register.key != "plans":
            found += [
                (f"{register.key}:{each.ref}", f"{_name(each.ref, each.title)} ({register.title})")
                for each in register.search(words)
            ]
    found = found[:limit]
    open_papers = Q(state="final", restriction__isnull=True, item__restriction__isnull=True)
    own = Paper.objects.visible_to(user).values("pk")
    papers = Paper.objects.filter(open_papers | Q(pk__in=own), title__icontains=words.strip()).select_related(
        "item__meeting", "restriction", "item__restriction"
    )
    for paper in papers.order_by("-item__meeting__date", "title")[: limit // 2]:
        when = f", {paper.meeting.date:%-d %B %Y}" if paper.meeting else ""
        found.append((f"paper:{paper.pk}", f"{paper.title} (paper{when})"))
    return found


def _linked(target: str, note: str) -> Linked:
    key, _, ref = target.partition(":")
    register = reports.get(key)
    title = register.title if register else key.capitalize()
    there = paper_target(ref) if key == "paper" else reports.resolve(target)
    if key == "paper":
        title = "Paper"
    if there is None:
        return Linked(target, ref, "", note, title, missing=True)
    return Linked(target, _name(ref, there.title), there.url, note, title)


def _name(ref: str, title: str) -> str:
    """A risk is known by its reference, a reserve by its name and a paper by its title."""
    return f"{ref} {title}" if ref[:1].isupper() and not title.startswith(ref) else title


def paper_target(ref: str) -> reports.Target | None:
    """A paper by its id. The title of a restricted one is not told here."""
    try:
        paper = Paper.objects.select_related("restriction", "item__restriction").filter(pk=UUID(ref)).first()
    except ValueError:
        return None
    if paper is None:
        return None
    title = (paper.open_title or "A restricted paper") if paper.is_restricted else paper.title
    return reports.Target(ref=ref, title=title, url=paper.get_absolute_url())
