"""Forms for a row of a list and for a score."""

from django import forms

from portal.design.fields import DateField
from risks import scales
from risks.forms.risk import REASON_HELP
from risks.scales import CATEGORIES, LISTS


class RowForm(forms.Form):
    """One bullet with the details its list has. Made by `row_form`."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def details(self) -> dict:
        """Fields for the verb: what is not given is blank."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "version")}


def row_form(name: str, *args, adding: bool = False, **kwargs) -> RowForm:
    """The form of one list: control, assurance and action have details of their own."""
    form = RowForm(*args, **kwargs)
    noun = LISTS[name][1]
    form.fields["text"].label = noun.capitalize()
    blank = [("", "Not stated")]
    if name in ("controls", "actions"):
        form.fields["owner"] = forms.CharField(max_length=120, required=False, help_text="The post, not a name.")
    if name == "controls":
        choices = [*blank, *scales.CONTROL_EFFECTS.items()]
        form.fields["effect"] = forms.ChoiceField(label="What it does", choices=choices, required=False)
    if name == "assurances":
        choices = [*blank, *scales.ASSURANCE_LINES.items()]
        form.fields["line"] = forms.ChoiceField(label="Line of assurance", choices=choices, required=False)
        form.fields["frequency"] = forms.CharField(label="How often", max_length=60, required=False)
        form.fields["last_evidence"] = DateField(label="Date of the last evidence", required=False)
    if name == "actions":
        form.fields["due"] = DateField(label="Due", required=False)
        form.fields["done_on"] = DateField(label="Done on", required=False)
    if name == "links":
        form.fields["text"].required = False
        form.fields["text"].label = "Note"
        form.fields["target"] = forms.CharField(
            label="Points to",
            max_length=120,
            help_text="A plan action, a reserve or another risk: plans:V1, finance:general-reserve.",
        )
    form.fields["reason"] = forms.CharField(
        label="Reason for the change" if not adding else f"Reason for adding this {noun}",
        max_length=300,
        help_text=REASON_HELP if not adding else "",
    )
    return form


class ScoreForm(forms.Form):
    """Likelihood and the PESTELO categories that apply. There is no field for a rating: it is looked up."""

    likelihood = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    rationale = forms.CharField(
        label="Why this score",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown beside the score.",
    )
    reason = forms.CharField(label="Reason for the change", max_length=300, help_text=REASON_HELP)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, matrix, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["likelihood"].choices = [(n, f"{n} {label}") for n, label in enumerate(matrix.likelihood_labels, 1)]
        for name, label in CATEGORIES.items():
            choices = [("", "Does not apply")]
            choices += [
                (n, f"{n} {words}: {scales.DESCRIPTORS[name][n - 1].lower()}")
                for n, words in enumerate(matrix.impact_labels, 1)
            ]
            field = forms.TypedChoiceField(
                label=label,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                help_text=scales.SCOPES[name],
            )
            self.fields[name] = field
        self.fields["economic"].help_text += f". {scales.ECONOMIC_EDGE_RULE}"
        self.order_fields(["likelihood", *CATEGORIES, "rationale", "reason", "version"])

    @property
    def impact_fields(self) -> list:
        return [self[name] for name in CATEGORIES]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in CATEGORIES):
            self.add_error("political", "Score at least one category: the impact is the highest of them.")
        return cleaned

    def impacts(self) -> dict:
        return {name: self.cleaned_data[name] for name in CATEGORIES}
