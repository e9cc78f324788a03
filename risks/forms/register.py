"""Forms about the register as a whole: filters, bulk dates, rounds, matrices, imports, comparison of two days."""

import json

from django import forms
from django.core.exceptions import ValidationError

from portal.design.fields import DateField
from risks import matrix as core
from risks.models import Lead, Objective

BANDS = (
    ("critical", "Critical"),
    ("high", "High"),
    ("mediumHigh", "Medium-high"),
    ("medium", "Medium"),
    ("low", "Low"),
)
SHOWS = (
    ("above", "Above tolerance"),
    ("overdue", "Review overdue"),
    ("no_target", "No target"),
    ("closed", "Closed risks"),
)


class FilterForm(forms.Form):
    """Filters of the list. All are optional; what is not understood is ignored."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"width": 20}))
    objective = forms.ModelChoiceField(Objective.objects.all(), required=False, empty_label="All objectives")
    lead = forms.ModelChoiceField(Lead.objects.all(), required=False, empty_label="All leads")
    band = forms.ChoiceField(required=False, choices=[("", "All bands"), *BANDS], label="Current band")
    show = forms.ChoiceField(required=False, choices=[("", "All open risks"), *SHOWS])


class BulkReviewForm(forms.Form):
    """One review date for the ticked risks."""

    next_review_on = DateField(label="Next review")
    refs = forms.MultipleChoiceField(error_messages={"required": "Tick at least one risk."})

    def __init__(self, *args, refs: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["refs"].choices = [(ref, ref) for ref in refs]


class RoundForm(forms.Form):
    """A quarterly review round."""

    title = forms.CharField(max_length=120, help_text="For example, Spring 2017.")
    due_on = DateField(label="Answers are due on")
    next_review_on = DateField(label="Next review after this one", help_text="An answer sets this date on the risk.")

    def clean(self) -> dict:
        cleaned = super().clean()
        due, after = cleaned.get("due_on"), cleaned.get("next_review_on")
        if due and after and after <= due:
            self.add_error("next_review_on", "The next review must be after the answers are due.")
        return cleaned


class AnswerForm(forms.Form):
    """The answer of a lead. “No change” is an answer."""

    choice = forms.ChoiceField(
        label="Has this risk changed?",
        choices=[("no_change", "No change"), ("changed", "Yes, and the register shows it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two answers."},
    )
    note = forms.CharField(required=False, max_length=400, label="Note")


class MatrixForm(forms.Form):
    """A draft version of the matrix: 25 ratings, the top of each band, and tolerance."""

    version = forms.CharField(
        max_length=20, help_text="A short name, such as 2018.", widget=forms.TextInput(attrs={"width": 10})
    )
    title = forms.CharField(max_length=80)
    tolerance = forms.IntegerField(widget=forms.NumberInput(attrs={"width": 3}))
    confirmed = forms.BooleanField(required=False, label="The office has confirmed the cut-offs between bands")
    reason = forms.CharField(max_length=300, label="Why a new version is proposed")

    def __init__(self, *args, base: core.Matrix, **kwargs):
        super().__init__(*args, **kwargs)
        self.base = base
        self.fields["tolerance"].initial = base.tolerance
        small = {"width": 2}
        for row in base.rows():
            for cell in row:
                self.fields[f"cell_{cell.likelihood}_{cell.impact}"] = forms.IntegerField(
                    label=f"{cell.likelihood_label}, {cell.impact_label.lower()}",
                    initial=cell.rating,
                    min_value=1,
                    widget=forms.NumberInput(attrs=small),
                )
        for band in base.bands:
            self.fields[f"top_{band.tone}"] = forms.IntegerField(
                label=f"Highest rating of {band.name}",
                initial=band.highest,
                min_value=1,
                widget=forms.NumberInput(attrs=small),
            )

    @property
    def grid(self) -> list:
        """Rows of the grid: the impact's words and the five fields, highest impact first."""
        return [
            (f"{row[0].impact} {row[0].impact_label}", [self[f"cell_{cell.likelihood}_{cell.impact}"] for cell in row])
            for row in self.base.rows()
        ]

    @property
    def tops(self) -> list:
        return [self[f"top_{band.tone}"] for band in self.base.bands]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            try:
                core.from_data(self.data_of(cleaned))
            except core.MatrixError as problem:
                raise ValidationError(str(problem)) from problem
        return cleaned

    def data_of(self, cleaned: dict) -> dict:
        """The JSON form of the version."""
        data = json.loads(json.dumps(self.base.as_data()))
        data.update(version=cleaned["version"], title=cleaned["title"], tolerance=cleaned["tolerance"], adopted_on=None)
        data["cells"] = [
            [cleaned[f"cell_{likelihood}_{impact}"] for impact in range(1, 6)] for likelihood in range(1, 6)
        ]
        lowest = 1
        for band in data["bands"]:
            band["from"], band["to"] = lowest, cleaned[f"top_{band['tone']}"]
            lowest = band["to"] + 1
        data["bands_confirmed"] = cleaned["confirmed"]
        return data


class ImportForm(forms.Form):
    """A file to read in."""

    file = forms.FileField(label="File", help_text="CSV, Excel (.xlsx) or JSON, in the form of an export.")


class PeriodForm(forms.Form):
    """Two days to compare."""

    start = DateField(label="From")
    end = DateField(label="To", required=False, help_text="Leave empty for today.")
