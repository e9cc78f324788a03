"""What a plan officer fills in about another body's plan and its aims."""

from __future__ import annotations

from django import forms

from plans.models import Aim, Objective, OtherPlan


class OtherPlanForm(forms.ModelForm):
    class Meta:
        model = OtherPlan
        fields = ["title", "body"]

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if self.instance.plan.other_plans.filter(title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("A plan of this title is mapped already")
        return title


class AimForm(forms.ModelForm):
    """An aim of the other plan and which objectives of this one it meets: none, one or many."""

    objectives = forms.ModelMultipleChoiceField(
        label="Objectives that this aim meets", queryset=Objective.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )  # fmt: skip
    mark_optional = False

    class Meta:
        model = Aim
        fields = ["code", "heading", "text"]
        labels = {"code": "Reference there", "heading": "Heading it stands under", "text": "The aim"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.other_plan.plan
        self.fields["objectives"].queryset = Objective.objects.filter(theme__plan=plan).select_related("theme")
        if self.instance.pk:
            self.initial["objectives"] = list(self.instance.objectives.values_list("pk", flat=True))

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.instance.other_plan.aims.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"The other plan has an aim {code} already")
        return code
