"""Write to the audit record, beside the change and in its transaction."""

from django.db import models

from portal.models.audit import AuditEvent


def record(
    event: str, *, by, target: models.Model | None = None, summary: str, reason: str = "", **detail
) -> AuditEvent:
    """Keep who did what. `event` is a dotted verb (“paper.submitted”); `by` is a person or None for the portal itself.

    Details are ids, numbers and states, never the text of a paper.
    """
    return AuditEvent.append(
        actor=by if by is not None and by.pk else None,
        actor_title=(by.title if by is not None and by.pk else "The portal")[:120],
        event=event,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        summary=summary[:400],
        reason=reason,
        detail=detail,
    )


def events_of(target: models.Model) -> models.QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).select_related(
        "actor"
    )
