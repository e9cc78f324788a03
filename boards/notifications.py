"""E-mail about what happened. A message names the paper only to people who may read it, and never quotes its text."""

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from portal.models import User
from portal.roles import Role

log = structlog.get_logger(__name__)


def _send(people, subject: str, body: str) -> None:
    addresses = sorted({person.email for person in people if person.is_active})
    for address in addresses:  # one message each: nobody reads the others' addresses
        try:
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError as error:
            # What was done stands; a message that did not go out must not undo it.
            log.warning("mail_not_sent", error=type(error).__name__)


def _link(name: str, *args) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


def paper_moved(paper, transition, *, by, note: str) -> None:
    """Tell those who have the paper in hand next."""
    from boards.policy import REVIEWERS

    audience = {
        "submitted": User.objects.holding(Role.GOVERNANCE),
        "review": User.objects.holding(*(role for name in paper.board.reviews for role in REVIEWERS.get(name, ()))),
        "clearance": User.objects.holding(Role.CHIEF_EXECUTIVE),
    }.get(transition.target, paper.authors.all())
    if transition.verb in {"start", "approve_review"}:
        audience = User.objects.holding(Role.GOVERNANCE) if transition.verb == "approve_review" else []
    text = f"“{paper.title}” for {paper.board.name} is now “{paper.get_state_display().lower()}”.\n"
    if note:
        text += f"\nNote: {note}\n"
    _send(
        [p for p in audience if by is None or p.pk != by.pk],
        f"Board paper: {transition.label.lower()}",
        f"{text}\n{_link('paper', paper.pk)}\n",
    )


def authors_asked(paper) -> None:
    due = f" It is due on {paper.due_on:%-d %B %Y}." if paper.due_on else ""
    _send(
        paper.authors.all(),
        "You are asked to write a board paper",
        f"You are an author of “{paper.title}” for {paper.board.name}.{due}\n\n{_link('paper', paper.pk)}\n",
    )


def mentioned(comment, people) -> None:
    _send(
        people,
        "You are mentioned in a comment on a board paper",
        f"{comment.by} mentions you in a comment on “{comment.paper.title}”.\n\n{_link('paper', comment.paper_id)}\n",
    )


def edition_sealed(edition) -> None:
    """Members are told that papers are ready. The message names the meeting only."""
    members = User.objects.filter(board_memberships__in=edition.meeting.board.memberships.in_force())
    _send(
        members.distinct(),
        f"Papers for {edition.meeting}",
        f"{edition.get_kind_display()} of {edition.meeting} can be read now.\n\n"
        f"{_link('meeting', edition.meeting.board.slug, edition.meeting.date.isoformat())}\n",
    )


def edition_published(edition) -> None:
    officers = User.objects.holding(Role.GOVERNANCE)
    _send(
        officers,
        f"Published: {edition.meeting}",
        f"{edition} of {edition.meeting} is published.\n\n"
        f"{_link('meeting', edition.meeting.board.slug, edition.meeting.date.isoformat())}\n",
    )
