"""Forms of the office, its boards and seats."""

from itertools import combinations

from django import forms
from django.utils.text import slugify

from boards.models import Board, BoardMembership
from boards.paper_templates import TEMPLATES
from boards.policy import REVIEWERS
from portal.design.fields import DateField
from portal.models import Office, User

AS_BOARD, NONE = "board", "none"
REVIEW_SETS = [
    (AS_BOARD, "As chosen above"),
    (NONE, "None"),
    *(
        (" ".join(some), " and ".join(some).capitalize() if len(some) < 3 else "All three")
        for size in (1, 2, 3)
        for some in combinations(REVIEWERS, size)
    ),
]


class OfficeForm(forms.ModelForm):
    class Meta:
        model = Office
        fields = ["name", "short_name", "area", "force", "office_holder", "contact_email"]
        labels = {"contact_email": "Contact e-mail address", "office_holder": "Title of the office holder"}
        error_messages = {"name": {"required": "Give the name of the office."}}


class BoardForm(forms.ModelForm):
    aliases = forms.CharField(
        label="Other names",
        required=False,
        help_text="Spellings that mean this board, with commas between them. Findings tell authors to use its proper name.",
    )
    paper_template = forms.ChoiceField(label="Template of its papers")
    reviews = forms.MultipleChoiceField(
        label="Professional reviews it asks for",
        required=False,
        choices=[(key, key.capitalize()) for key in REVIEWERS],
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )
    starts_on = DateField(label="Since", required=False)
    ends_on = DateField(label="Until", required=False)

    class Meta:
        model = Board
        fields = [
            "name", "short_name", "aliases", "kind", "paper_template", "chair_title", "frequency", "is_public", "paper_days",
            "publish_days", "reviews", "dividers", "watermark", "parent", "successor", "starts_on", "ends_on",
        ]  # fmt: skip
        labels = {
            "kind": "Kind of body",
            "parent": "Reports to",
            "successor": "Its work passed to",
            "paper_days": "Papers are due this many working days before a meeting",
            "publish_days": "Papers are published with this many clear working days’ notice",
            "dividers": "Divider pages in its packs",
            "watermark": "Mark members’ copies of restricted packs with the reader’s name and the time",
        }
        help_texts = {
            "dividers": "A page that names the item, who leads it, what is asked and its papers. Holds from the next edition on."
        }
        error_messages = {
            "name": {"required": "Give the board’s name.", "unique": "A board of this name is there already."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper_template"].choices = [(each.key, each.name) for each in TEMPLATES.values()]
        for each in TEMPLATES.values():
            asked = self.instance.template_reviews.get(each.key)
            self.fields[f"reviews_{each.key}"] = forms.ChoiceField(
                label=f"Reviews for “{each.name}”",
                choices=REVIEW_SETS,
                initial=AS_BOARD if asked is None else " ".join(asked) or NONE,
                required=False,
            )
        at = list(self.fields).index("reviews") + 1
        extra = [f"reviews_{key}" for key in TEMPLATES]
        self.order_fields([*list(self.fields)[:at], *extra])
        self.initial["aliases"] = ", ".join(self.instance.aliases or [])
        for name in ("parent", "successor"):
            self.fields[name].queryset = Board.objects.exclude(pk=self.instance.pk)

    def save(self, commit=True):
        chosen = {key: self.cleaned_data.get(f"reviews_{key}") or AS_BOARD for key in TEMPLATES}
        self.instance.template_reviews = {
            key: [] if words == NONE else words.split() for key, words in chosen.items() if words != AS_BOARD
        }
        return super().save(commit)

    def clean_aliases(self) -> list[str]:
        return [alias.strip() for alias in self.cleaned_data["aliases"].split(",") if alias.strip()]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        taken = Board.objects.filter(slug=slugify(name)[:60]).exclude(pk=self.instance.pk)
        if not self.instance.pk and taken.exists():
            raise forms.ValidationError("A board of this name is there already.")
        return name


class SeatForm(forms.ModelForm):
    starts_on = DateField(label="From", error_messages={"required": "Give the first day."})
    ends_on = DateField(label="Until", required=False, help_text="Leave empty when no end is set.")

    class Meta:
        model = BoardMembership
        fields = ["person", "capacity", "starts_on", "ends_on"]
        error_messages = {"person": {"required": "Choose who takes the seat."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_active=True)

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "The last day must not be before the first.")
        return cleaned
