"""Verbs of comments: write, reply, resolve. A person is mentioned by @ and their initials or e-mail address."""

import re

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from boards import notifications, policy
from boards.document import text as document_text
from boards.models import Comment, Paper
from portal.audit import record
from portal.models import User

MENTION = re.compile(r"@([\w.+-]+(?:@[\w.-]+\w)?)")


def threads(paper: Paper) -> list[Comment]:
    """Threads in the order of the paper's blocks, those on removed blocks last."""
    order = {block.id: place for place, block in enumerate(document_text.blocks(paper.document))}
    found = paper.comments.filter(parent=None).select_related("by", "resolved_by").prefetch_related("replies__by")
    return sorted(found, key=lambda each: (order.get(each.block_id, len(order)), each.at))


def mentions(words: str, paper: Paper):
    """People named with @ who may see the paper: nobody learns of a paper by being mentioned."""
    names = MENTION.findall(words)
    if not names:
        return []
    wanted = Q()
    for name in names:
        wanted |= Q(email__iexact=name) if "@" in name else Q(initials__iexact=name) | Q(email__istartswith=f"{name}@")
    people = User.objects.filter(wanted, is_active=True)
    return [person for person in people if Paper.objects.visible_to(person).filter(pk=paper.pk).exists()]


@transaction.atomic
def comment(*, paper: Paper, by, block_id: str, text: str, quote: str = "", parent: Comment | None = None) -> Comment:
    policy.check_comment(by, paper)
    made = Comment.objects.create(paper=paper, by=by, block_id=block_id, text=text, quote=quote, parent=parent)
    record("comment.added", by=by, target=paper, summary="Commented on the paper", block=block_id)
    people = [person for person in mentions(text, paper) if person.pk != by.pk]
    if people:
        transaction.on_commit(lambda: notifications.mentioned(made, people), robust=True)
    return made


@transaction.atomic
def resolve(*, comment: Comment, by, undo: bool = False) -> None:
    policy.check_comment(by, comment.paper)
    comment.resolved_at, comment.resolved_by = (None, None) if undo else (timezone.now(), by)
    comment.save()
    record(
        "comment.resolved", by=by, target=comment.paper, summary="Reopened a comment" if undo else "Resolved a comment"
    )


def as_dict(made: Comment) -> dict:
    return {
        "id": str(made.pk),
        "block_id": made.block_id,
        "quote": made.quote,
        "text": made.text,
        "by": made.by.title if made.by else "",
        "at": made.at.isoformat(),
        "resolved": made.resolved_at is not None,
        "replies": [as_dict(each) for each in made.replies.all()],
    }
