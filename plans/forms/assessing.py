"""What a plan officer fills in about a strategic assessment and its findings."""

from __future__ import annotations

from django import forms
from django.db.models import Max

from plans.models import Assessment, Finding, PriorityAction
from plans.models.assessment import POSITION_CHOICES, TAKEN_FORWARD
from portal.design.fields import DateField


class AssessmentForm(forms.ModelForm):
    completed_on = DateField(label="Completed on")

    class Meta:
        model = Assessment
        fields = ["title", "completed_on", "reviewed_by", "escalates_to"]

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if self.instance.plan.assessments.filter(title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is an assessment of this title already: add its year")
        return title


class FindingForm(forms.ModelForm):
    """A finding is taken forward, with a date to be answered by, or remitted: one or the other."""

    target_date = DateField(label="To be answered by", required=False, help_text="If it is taken forward.")

    class Meta:
        model = Finding
        fields = ["number", "text", "owner", "pillar", "disposition", "target_date", "action"]
        labels = {
            "action": "Action of the plan that it serves",
            "text": "What was found",
            "pillar": "Part of the corporate plan",
        }
        help_texts = {
            "owner": "The head of business who owns it.",
            "action": "If it is taken forward and serves one.",
            "pillar": "",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "disposition": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        assessment = self.instance.assessment
        self.fields["action"].queryset = PriorityAction.objects.of_plan(assessment.plan).in_force().in_order()
        self.fields["disposition"].choices = Finding._meta.get_field("disposition").choices
        if self.instance.pk is None:
            last = assessment.findings.aggregate(last=Max("number"))["last"] or 0
            self.initial["number"] = last + 1

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if self.instance.assessment.findings.filter(number=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"There is a finding {number} already: choose another number")
        return number

    def clean(self) -> dict:
        data = super().clean()
        is_undated = not data.get("target_date") and "target_date" not in self.errors
        if data.get("disposition") == TAKEN_FORWARD and is_undated:
            self.add_error("target_date", "A finding that is taken forward needs a date to be answered by")
        return data


class FindingReviewForm(forms.Form):
    position = forms.ChoiceField(label="Position", choices=POSITION_CHOICES, widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    is_escalated = forms.BooleanField(label="Escalate it", required=False)


class TargetForm(forms.Form):
    target_date = DateField(label="To be answered by")
