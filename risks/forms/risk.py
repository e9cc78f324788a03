"""Forms about a risk as a whole, its closing and its acceptance."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.design.fields import DateField
from risks import scales
from risks.models import Lead, Objective, Risk

REASON_HELP = "Kept in the history, so that a colleague next year knows why."


class ReasonForm(forms.Form):
    """A reason, nothing else."""

    reason = forms.CharField(label="Reason", max_length=300, help_text=REASON_HELP)


class RiskForm(forms.ModelForm):
    """The plain fields of a risk. The reference follows from objective and number."""

    next_review_on = DateField(label="Next review", required=False)
    reason = forms.CharField(label="Reason for the change", max_length=300, help_text=REASON_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Risk
        fields = [
            "objective",
            "number",
            "title",
            "description",
            "risk_type",
            "exec_lead",
            "senior_lead",
            "next_review_on",
        ]
        labels = {"number": "Number within the objective", "risk_type": "Type of risk", "exec_lead": "Executive lead"}
        help_texts = {
            "number": "Objective 3 and number 1 give the reference SR3.1.",
            "title": "A few words that a board member would recognise.",
            "description": "What could happen, and why it matters.",
        }
        widgets = {
            "number": forms.NumberInput(attrs={"width": 3}),
            "description": forms.Textarea(attrs={"rows": 4}),
            "risk_type": forms.RadioSelect(attrs={"inline": True}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objective"].queryset = Objective.objects.all()
        self.fields["risk_type"].choices = list(scales.TYPES.items())
        for name in ("exec_lead", "senior_lead"):
            self.fields[name].queryset = Lead.objects.all()
        if self.instance._state.adding:
            self.fields.pop("version")
            self.fields["reason"].label = "Reason for adding this risk"
        else:
            self.fields["version"].initial = self.instance.version

    def values(self) -> dict:
        """The fields for the verb."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AcceptForm(forms.Form):
    """Who accepts the risk above tolerance, why, and until when."""

    accepted_by = forms.CharField(label="Accepted by", max_length=120, help_text="The post, such as Commissioner.")
    reason = forms.CharField(
        label="Why it is accepted",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, that bringing it inside tolerance is not realistic, or costs more than it is worth.",
    )
    until = DateField(label="Review the acceptance by", help_text="After this day the acceptance no longer counts.")

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError("This day has passed, so the acceptance would not count. Give a day from today on.")
        return until


class CloseForm(ReasonForm):
    """Why the risk is closed."""

    reason = forms.CharField(
        label="Why is this risk closed?", max_length=400, help_text="The boards are told this once."
    )


class LeadForm(forms.ModelForm):
    """A lead's title and the people who hold the post."""

    class Meta:
        model = Lead
        fields = ["title", "people"]
        widgets = {"people": forms.CheckboxSelectMultiple}
        help_texts = {
            "title": "As the boards know it, such as Chief Finance Officer.",
            "people": "They may change the risks of this lead, and are asked in a review.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = self.fields["people"].queryset.filter(is_active=True)
