"""The form of one reserve: what it is for and how it is governed. Its figures are in the grid."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError

from finance import figures
from finance.forms.fields import ThousandsField
from portal.design.fields import DateField

TEXTS = ("name", "group", "purpose", "intention", "restricted", "controller", "funding_plan", "opening_basis")


class ReserveForm(forms.Form):
    name = forms.CharField(max_length=120, label="Name")
    group = forms.ChoiceField(
        label="Group", choices=figures.GROUPS.items(), widget=forms.RadioSelect(attrs={"inline": True})
    )
    categories = forms.MultipleChoiceField(
        label="Home Office category",
        choices=[(key, f"{key}: {title}") for key, title in figures.CATEGORIES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="With more than one, give the amount in each on the categories page.",
    )
    opening_k = ThousandsField(
        label="Opening balance", help_text="At 31 March of the base year, in thousand pounds. 0 for nil."
    )
    opening_basis = forms.ChoiceField(
        label="The opening balance is", choices=figures.BASES.items(), widget=forms.RadioSelect(attrs={"inline": True})
    )
    purpose = forms.CharField(label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    intention = forms.CharField(
        label="How it will be used in this plan", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    restricted = forms.BooleanField(label="It may only be used for certain things", required=False)
    controller = forms.CharField(
        label="Who controls it", max_length=120, required=False, help_text="A role, not a person’s name."
    )
    review_date = DateField(label="Next reviewed on", required=False)
    funding_plan = forms.CharField(label="Plan to fund an overdraft", required=False, widget=forms.Textarea(attrs={"rows": 3}),
                                   help_text="Needed only when the reserve is planned to be overdrawn.")  # fmt: skip

    def __init__(self, *args, plan: figures.Plan, reserve: figures.Reserve | None = None, **options):
        self.plan, self.reserve = plan, reserve
        if reserve:
            initial = {name: getattr(reserve, name) for name in TEXTS}
            initial |= {
                "categories": reserve.codes,
                "opening_k": f"{reserve.opening_k:,}",
                "review_date": reserve.review_date or None,
            }
            options["initial"] = initial
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = [each for each in self.plan.reserves if not self.reserve or each.ref != self.reserve.ref]
        if any(each.name.lower() == name.lower() for each in others):
            raise ValidationError(f"There is already a reserve called {name}.")
        return name

    def applied(self) -> tuple[figures.Plan, str]:
        """The plan with this reserve, and its reference. Changing a dual code drops divisions of categories it no longer has."""
        from finance.exchange.pasted import _new_ref

        data = self.cleaned_data
        own = {name: data[name] for name in TEXTS}
        own |= {"categories": ",".join(sorted(data["categories"])), "opening_k": data["opening_k"],
                "review_date": data["review_date"].isoformat() if data["review_date"] else ""}  # fmt: skip
        if self.reserve:
            made = replace(self.reserve, **own)
            kept = tuple(made if each.ref == made.ref else each for each in self.plan.reserves)
        else:
            ref = _new_ref(data["name"], {each.ref: each for each in self.plan.reserves})
            made = figures.Reserve(ref, order=len(self.plan.reserves), **own)
            kept = (*self.plan.reserves, made)
        codes = made.codes if len(made.codes) > 1 else []
        splits = tuple(s for s in self.plan.splits if s.reserve != made.ref or s.category in codes)
        return replace(self.plan, reserves=kept, splits=splits), made.ref
