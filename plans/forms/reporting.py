"""What a lead fills in: one activity, in under a minute."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone

from boards.models import Board
from plans import status
from plans.models.rounds import DIRECTION_CHOICES, RAG_CHOICES
from portal.design.fields import DateField

HINTS = {rag.value: meaning.capitalize() for rag, meaning in status.MEANINGS.items()}


class ReportForm(forms.Form):
    """Status, what happened, what next. Red and Yellow also need the way back to target; the error names the activity."""

    rag = forms.ChoiceField(
        label="How does it stand?", choices=RAG_CHOICES, widget=forms.RadioSelect(attrs={"hints": HINTS}),
        error_messages={"required": "Choose a status: Red, Yellow, Green or White"},
    )  # fmt: skip
    narrative = forms.CharField(
        label="What has happened?", required=False, max_length=8000,
        help_text="A line beginning with “- ” becomes a bullet. Name other actions by reference, such as O1.1.",
        widget=forms.Textarea(attrs={"rows": 7, "maxwords": 300}),
    )  # fmt: skip
    next_steps = forms.CharField(
        label="What happens next?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    recovery_date = DateField(
        label="Expected back on target by", required=False, help_text="For Red and Yellow. For example, 31 3 2027."
    )
    needed = forms.CharField(
        label="What is needed to bring it back on target?", required=False, max_length=2000,
        help_text="For Red and Yellow.", widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    #: Which answer the person was looking at while writing, so that a colleague's answer is never replaced unseen.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    mark_optional = False

    def __init__(self, *args, activity, **kwargs):
        self.activity = activity
        super().__init__(*args, **kwargs)

    def see(self, mark: str) -> None:
        """The form goes back with a colleague's answer beside it: the next sending replaces that one knowingly."""
        self.data = self.data.copy()
        self.data["seen"] = mark

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("rag"):
            return data
        typed_wrong = "recovery_date" in self.errors
        for gap in status.missing(
            self.activity.ref,
            data["rag"],
            narrative=data.get("narrative") or "",
            recovery_date=dt.date.max if typed_wrong else data.get("recovery_date"),
            needed=data.get("needed") or "",
        ):
            self.add_error(gap.field, gap.sentence)
        return data


class UpdateForm(forms.Form):
    """A dated piece of news between rounds."""

    dated = DateField(label="Date")
    text = forms.CharField(label="What happened?", max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dated"].latest = timezone.localdate()


class OverrideForm(forms.Form):
    """The office's own judgement of a direction, for one body, with its reason."""

    board = forms.ModelChoiceField(label="For which body?", queryset=Board.objects.none(), empty_label=None)
    direction = forms.ChoiceField(
        label="Direction", choices=[("", "As worked out from the status"), *DIRECTION_CHOICES], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label="Why it differs", required=False, max_length=600, help_text="It is printed beside the direction.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    mark_optional = False

    def __init__(self, *args, boards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards

    def clean(self) -> dict:
        data = super().clean()
        if data.get("direction") and not (data.get("reason") or "").strip():
            self.add_error("reason", "Say why the direction differs from the one worked out from the status")
        return data
