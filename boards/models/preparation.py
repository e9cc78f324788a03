"""Which meetings have changed since their papers were last rendered ahead of a pack."""

from django.db import models

from boards.models.meeting import Meeting


class Preparation(models.Model):
    """A meeting whose papers are to be rendered once it has been left alone for a few seconds. The row goes when that begins."""

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.CASCADE, related_name="+")
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(help_text="when a message was last sent for it")

    def __str__(self) -> str:
        return str(self.meeting_id)
