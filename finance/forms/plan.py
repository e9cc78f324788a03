"""Forms of the plan as a whole: start, details, copy forward, the section 25 statement, a tick of the calendar."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from finance import calendar, reserves, years
from finance.forms.fields import ExactField, ThousandsField
from portal.design.fields import DateField


class StartPlanForm(forms.Form):
    title = forms.CharField(
        max_length=160, label="Title", help_text="For example, Medium term financial strategy 2019/20 to 2022/23."
    )
    base_year = forms.CharField(
        label="Base year",
        help_text="The year before the plan begins, for example 2018/19.",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    year_count = forms.IntegerField(
        label="Years in the plan", initial=4, min_value=1, max_value=12, widget=forms.NumberInput(attrs={"width": 2})
    )

    def clean_base_year(self) -> int:
        try:
            return years.parse_year(self.cleaned_data["base_year"])
        except years.YearError as error:
            raise ValidationError(str(error)) from error


class DetailsForm(forms.Form):
    title = forms.CharField(max_length=160, label="Title")
    floor_pct = ExactField(
        label="Floor of the general reserve",
        widget=forms.TextInput(attrs={"width": 5, "suffix": "%"}),
        help_text="The office’s own policy, as a share of the net budget requirement.",
    )
    national_pct = ExactField(
        label="Level above which the reason is asked for",
        widget=forms.TextInput(attrs={"width": 5, "suffix": "%"}),
        help_text="The Home Office asks for it above 5%.",
    )
    general_reason = forms.CharField(
        label="Why the general reserve is held at this level", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    balancing_reserve = forms.ChoiceField(
        label="Reserve that balances the budget", required=False, help_text="Scenarios draw a larger gap from it."
    )
    unstated = forms.MultipleChoiceField(
        label="Dates whose balances are still to be confirmed",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tables show TBC at these dates.",
    )
    note = forms.CharField(
        label="Note for colleagues",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where the figures come from.",
    )

    def __init__(self, *args, plan, **options):
        self.plan = plan
        initial = {
            name: getattr(plan, name)
            for name in ("title", "floor_pct", "national_pct", "general_reason", "balancing_reserve", "note")
        }
        initial["unstated"] = [year for year in plan.unstated.split(",") if year]
        super().__init__(*args, initial=initial, **options)
        self.fields["balancing_reserve"].choices = [("", "None"), *((r.ref, r.name) for r in plan.reserves)]
        self.fields["unstated"].choices = [(str(year), years.closing_label(year)) for year in plan.period]

    def clean(self) -> dict:
        data = super().clean()
        for name in ("floor_pct", "national_pct"):
            if data.get(name) is not None and not 0 <= data[name] <= 100:
                self.add_error(name, "Enter a percentage from 0 to 100.")
        return data

    def applied(self):
        data = dict(self.cleaned_data)
        data["unstated"] = ",".join(sorted(data["unstated"]))
        return replace(self.plan, **data)


class CopyForwardForm(forms.Form):
    """A closing balance for each reserve, empty where the accounts are not closed."""

    def __init__(self, *args, plan, **options):
        super().__init__(*args, **options)
        base, held = plan.base_year + 1, reserves.balances(plan)
        for reserve in plan.reserves:
            forecast = held.closing(reserve.ref, base)
            self.fields[f"actual_{reserve.ref}"] = ThousandsField(
                label=reserve.name, required=False, help_text=f"Forecast {forecast:,}"
            )

    def actuals(self) -> dict[str, int]:
        return {name.removeprefix("actual_"): value for name, value in self.cleaned_data.items() if value is not None}


class StatementForm(forms.Form):
    robustness = forms.CharField(
        label="Robustness of the estimates",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="How far the figures can be relied on, and what could make them wrong.",
    )
    adequacy = forms.CharField(
        label="Adequacy of the reserves",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Whether the proposed reserves are enough, and what is done where they are not.",
    )


class TickForm(forms.Form):
    done_on = DateField(label="Done on")
    note = forms.CharField(label="Note", max_length=300, required=False)

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(f"{calendar.day(day)} is in the future. Tick a step when it is done.")
        return day
