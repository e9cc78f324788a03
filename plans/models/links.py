"""Links from an action to a risk, a reserve or a paper. The row lives here; both ends show it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from plans.models.actions import PriorityAction


class ActionLink(models.Model):
    """That an action has to do with something in another register or with a paper.

    ``target`` is written as in papers: ``risks:SR3.1``, ``finance:general-reserve``, ``paper:12``. What is at the other
    end is asked of the register that owns it, never imported.
    """

    action = models.ForeignKey(PriorityAction, on_delete=models.CASCADE, related_name="links")
    target = models.CharField(max_length=120)
    note = models.CharField("why they belong together", max_length=240, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["target"]
        constraints = [
            models.UniqueConstraint(fields=["action", "target"], name="action_link_once"),
            models.CheckConstraint(name="action_link_names_a_register", condition=Q(target__regex=r"^[a-z]+:.+$")),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref} and {self.target}"
