"""The form of a scenario: each assumption with a value, from a year on."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from finance import budget, figures, years
from finance.forms.fields import ExactField, ThousandsField

SUFFIX = {kind: "%" for kind in budget.CHANGES if kind.endswith("_pct")}
HINTS = {
    "grant_pct": "1 means one per cent more than planned; -1 means one per cent less.",
    "band_d_pounds": "For example, 12.",
    "band_d_pct": "For example, 2. Use either pounds or a percentage.",
    "savings_pct": "100 means all of them; 75 means a quarter is lost.",
    "requirement_k": "A pressure above nil, relief below nil, in thousand pounds.",
}


class ScenarioForm(forms.Form):
    name = forms.CharField(max_length=120, label="Name", help_text="For example, Pay awards of 3%.")
    from_year = forms.ChoiceField(label="From")
    only = forms.BooleanField(label="In that year alone, not in later years", required=False)

    def __init__(self, *args, plan: figures.Plan, taken=(), **options):
        self.plan, self.taken = plan, {name.lower() for name in taken}
        super().__init__(*args, **options)
        self.fields["from_year"].choices = [(str(year), years.label(year)) for year in plan.period]
        for kind, label in budget.CHANGES.items():
            attrs = (
                {"width": 5, "suffix": "%"}
                if kind in SUFFIX
                else {"width": 5, "prefix": "£"}
                if kind == "band_d_pounds"
                else {"width": 5}
            )
            cls = ThousandsField if kind == "requirement_k" else ExactField
            self.fields[kind] = cls(
                label=label, required=False, help_text=HINTS.get(kind, ""), widget=forms.TextInput(attrs=attrs)
            )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name.lower() in self.taken:
            raise ValidationError(f"There is already a scenario called {name}.")
        return name

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data
        if not self.changes():
            raise ValidationError("Change at least one assumption.")
        if data.get("band_d_pounds") is not None and data.get("band_d_pct") is not None:
            self.add_error("band_d_pct", "Give the rise of band D in pounds or in per cent, not both.")
        for kind in ("grant_pct", "band_d_pct", "tax_base_pct", "pay_pct", "price_pct"):
            if data.get(kind) is not None and abs(data[kind]) > 50:
                self.add_error(kind, "Enter a change of at most 50%.")
        share = data.get("savings_pct")
        if share is not None and not 0 <= share <= 200:
            self.add_error("savings_pct", "Enter a share from 0% to 200%.")
        if not self.errors:
            try:
                budget.apply(self.plan, self.changes())
            except budget.ScenarioError as error:
                raise ValidationError(str(error)) from error
        return data

    def changes(self) -> list[budget.Change]:
        data = self.cleaned_data
        return [
            budget.Change(kind, Decimal(data[kind]), int(data["from_year"]), bool(data.get("only")))
            for kind in budget.CHANGES
            if data.get(kind) is not None
        ]
