"""What a plan officer fills in to run a round."""

from __future__ import annotations

import datetime as dt

from django import forms

from portal.design.fields import DateField


class OpenRoundForm(forms.Form):
    period_start = DateField(label="Period from")
    period_end = DateField(label="Period until", help_text="Reports drawn from this round are as at this day.")
    due_on = DateField(label="Answers due by")
    note = forms.CharField(
        label="Note to leads", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands at the head of their page and in the reminder.",
    )  # fmt: skip

    def clean(self) -> dict:
        data = super().clean()
        start, end, due = (data.get(name) for name in ("period_start", "period_end", "due_on"))
        if start and end and end <= start:
            self.add_error("period_end", "The period must end after it begins")
        if start and due and due < start:
            self.add_error("due_on", "Answers cannot be due before the period begins")
        return data


class CloseRoundForm(forms.Form):
    without = forms.CharField(
        label="Why it is closed without them", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the audit record.",
    )  # fmt: skip
    sure = forms.BooleanField(label="I understand that what was reported can no longer change")

    mark_optional = False


def next_period(last_end: dt.date | None, today: dt.date) -> dict[str, dt.date]:
    """A quarter that follows the last round, as a start for the form."""
    start = last_end + dt.timedelta(days=1) if last_end else dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    year, month = start.year + (start.month + 2) // 12, (start.month + 2) % 12 + 1
    end = dt.date(year, month, 1) - dt.timedelta(days=1)
    return {"period_start": start, "period_end": end, "due_on": end + dt.timedelta(days=10)}
