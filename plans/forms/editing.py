"""What a plan officer fills in to change the plan."""

from __future__ import annotations

from django import forms

from plans import words
from plans.actions.succession import EVERYTHING, THEMES
from plans.exchange.reading import MAX_BYTES
from plans.models import Activity, Measure, Objective, Observation, Plan, PriorityAction, Theme
from portal.design.fields import DateField
from portal.models import User
from portal.roles import Role


class PlanForm(forms.ModelForm):
    starts_on = DateField(label="In force from")
    ends_on = DateField(label="Until", required=False)

    class Meta:
        model = Plan
        fields = ["title", "slug", "starts_on", "ends_on", "version", "is_working_document"]
        labels = {"slug": "Short name in addresses"}
        help_texts = {"slug": "Small letters, figures and hyphens, such as 2017-20."}

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] == "add":
            raise forms.ValidationError("Choose another word: this one is used by the portal")
        return self.cleaned_data["slug"]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", "The plan must end after it begins")
        return data


class NewPlanForm(PlanForm):
    """A plan that may begin with what another holds."""

    begin_with = forms.ChoiceField(
        label="Begin with", required=False, help_text="Rounds and what was reported stay with the plan they belong to."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Nothing: I shall import it or add it myself")]
        for plan in Plan.objects.all():
            named = f"{plan}, version {plan.version}"
            choices += [
                (f"{THEMES}:{plan.slug}", f"The themes and objectives of {named}"),
                (f"{EVERYTHING}:{plan.slug}", f"Everything in {named}: actions, activities and leads too"),
            ]
        self.fields["begin_with"].choices = choices

    @property
    def source(self) -> tuple[Plan | None, str]:
        """The plan to begin with and how much of it."""
        part, _, slug = self.cleaned_data["begin_with"].partition(":")
        return Plan.objects.filter(slug=slug).first(), part


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name", "aim", "shared_outcome"]
        widgets = {"aim": forms.Textarea(attrs={"rows": 3}), "shared_outcome": forms.Textarea(attrs={"rows": 3})}


class NewThemeForm(ThemeForm):
    """A theme with the letter that begins its references; the letter never changes, because papers name it."""

    class Meta(ThemeForm.Meta):
        fields = ["code", *ThemeForm.Meta.fields]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if not ("A" <= code <= "Z"):
            raise forms.ValidationError("Enter one letter, such as V")
        if self.instance.plan.themes.filter(code=code).exists():
            raise forms.ValidationError(f"The plan has a theme {code} already: choose another letter")
        return code


class ObjectiveForm(forms.ModelForm):
    remove = forms.BooleanField(label="Take it out of the plan", required=False)

    class Meta:
        model = Objective
        fields = ["number", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["remove"]

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if Objective.objects.filter(theme=self.instance.theme, number=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"{self.instance.theme.name} has an objective {number} already")
        return number


class ActionForm(forms.ModelForm):
    removed_on = DateField(label="Taken out of the plan on", required=False)

    class Meta:
        model = PriorityAction
        fields = ["title", "text", "inspection_note", "opportunities", "removed_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "inspection_note": forms.Textarea(attrs={"rows": 3}),
            "opportunities": forms.Textarea(attrs={"rows": 4}),
        }


class ActivityForm(forms.ModelForm):
    """An activity with the people who answer for it. A delivery lead is a body, never initials."""

    leads = forms.ModelMultipleChoiceField(
        label="OPCC leads", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        error_messages={"required": "Choose at least one OPCC lead: nobody would be asked to report the activity"},
    )  # fmt: skip
    removed_on = DateField(label="Ended on", required=False)

    class Meta:
        model = Activity
        fields = ["title", "leads", "delivery_lead", "removed_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leads"].queryset = User.objects.holding(Role.PLAN_LEAD) | User.objects.filter(
            pk__in=self.instance.activity_leads.values("person") if self.instance.pk else []
        )
        if self.instance.pk:
            self.initial["leads"] = [lead.person_id for lead in self.instance.activity_leads.all()]

    def clean_delivery_lead(self) -> str:
        value = self.cleaned_data["delivery_lead"].strip()
        if words.looks_like_initials(value):
            raise forms.ValidationError(
                "The delivery lead is a body or group, such as Constabulary, not a person’s initials"
            )
        return value


class LinkForm(forms.Form):
    target = forms.ChoiceField(label="Link to", choices=[])
    note = forms.CharField(label="Why they belong together", required=False, max_length=240)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = choices


class ObservationForm(forms.ModelForm):
    period_start = DateField(label="From")
    period_end = DateField(label="Until")

    class Meta:
        model = Observation
        fields = ["period_start", "period_end", "rolling_months", "value", "comparator"]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("period_start") and data.get("period_end") and data["period_end"] < data["period_start"]:
            self.add_error("period_end", "The period must end after it begins")
        same = Observation.objects.filter(
            measure=self.instance.measure_id,
            period_end=data.get("period_end"),
            rolling_months=data.get("rolling_months"),
            comparator=data.get("comparator") or "",
        )
        if data.get("period_end") and same.exclude(pk=self.instance.pk).exists():
            self.add_error("period_end", "There is a figure for this period already")
        return data


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = ["name", "theme", "actions", "unit", "polarity", "frequency", "average_over", "source"]
        widgets = {"actions": forms.CheckboxSelectMultiple(attrs={"small": True})}

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.plan = plan
        self.fields["theme"].queryset = plan.themes.all()
        self.fields["actions"].queryset = PriorityAction.objects.of_plan(plan).in_force().in_order()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.instance.plan.measures.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("The plan has a measure of this name already")
        return name


class UploadForm(forms.Form):
    """A file to bring in. Its size is looked at before its bytes are."""

    file = forms.FileField(
        label="CSV, Excel or JSON file", help_text="Up to 5 MB. Nothing changes until you have read what was found."
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                "The file is larger than 5 MB. A plan is far smaller: check that it is the right file"
            )
        return upload
