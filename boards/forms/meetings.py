"""Forms of meetings and agenda items."""

from django import forms

from boards.grounds import CHOICES as GROUNDS
from boards.models import AgendaItem, Meeting
from portal.design.fields import DateField
from portal.models import User
from portal.roles import Role


class MeetingForm(forms.ModelForm):
    date = DateField(label="Date", help_text="For example, 6 February 2017.")

    class Meta:
        model = Meeting
        fields = ["board", "date", "start_time", "venue", "is_public", "chair", "note"]
        widgets = {
            "start_time": forms.TextInput(attrs={"width": 5}),
            "venue": forms.TextInput(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "start_time": "Start time",
            "venue": "Place",
            "is_public": "The public may attend",
            "chair": "Chair",
            "note": "Note to the public",
        }
        help_texts = {
            "start_time": "For example, 14:00.",
            "chair": "By post, such as Police and Crime Commissioner.",
            "note": "For example, how to attend or to ask a question.",
        }
        error_messages = {
            "start_time": {"invalid": "Enter the start time as hours and minutes, such as 14:00."},
        }

    def clean(self):
        cleaned = super().clean()
        board, date = cleaned.get("board"), cleaned.get("date")
        if board and date and Meeting.objects.filter(board=board, date=date).exclude(pk=self.instance.pk).exists():
            self.add_error("date", f"{board} already has a meeting on {date:%-d %B %Y}.")
        return cleaned


class ChangeMeetingForm(MeetingForm):
    """The board of a meeting stays: its papers and editions belong to it."""

    class Meta(MeetingForm.Meta):
        fields = ["date", "start_time", "venue", "is_public", "chair", "note"]

    def clean(self):
        cleaned = forms.ModelForm.clean(self)
        date = cleaned.get("date")
        if date and Meeting.objects.filter(board=self.instance.board, date=date).exclude(pk=self.instance.pk).exists():
            self.add_error("date", f"{self.instance.board} already has a meeting on {date:%-d %B %Y}.")
        if date and self.instance.editions.exists() and date != Meeting.objects.get(pk=self.instance.pk).date:
            self.add_error(
                "date", "An edition is sealed for this date, so the date cannot change. Plan another meeting instead."
            )
        return cleaned


class ReasonForm(forms.Form):
    """A reason, where one must go with the deed."""

    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Give the reason."}
    )


class ItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = [
            "title",
            "kind",
            "lead_role",
            "presenter_initials",
            "action_requested",
            "note",
            "open_title",
            "late_reason",
        ]
        widgets = {
            "presenter_initials": forms.TextInput(attrs={"width": 5}),
        }
        labels = {
            "kind": "Type of item",
            "lead_role": "Lead",
            "presenter_initials": "Presenter’s initials",
            "action_requested": "The board is asked",
            "note": "Note under the title",
            "open_title": "Open title",
            "late_reason": "Reason for urgency, if the item is late",
        }
        error_messages = {"title": {"required": "Give the item a title."}}


class AddItemForm(ItemForm):
    under = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        required=False,
        label="Place",
        empty_label="At the end, with the next number",
        help_text="Choose an item to put this under it, as 5.1 under 5.",
    )

    class Meta(ItemForm.Meta):
        fields = ["title", "kind", "lead_role", "action_requested"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["under"].queryset = meeting.items.filter(number_minor=0)


class RestrictionForm(forms.Form):
    open_title = forms.CharField(
        label="Open title", max_length=200, help_text="What the public reads in its place. It must say nothing restricted.",
        error_messages={"required": "Give an open title that is safe for the public."},
    )  # fmt: skip
    grounds = forms.MultipleChoiceField(
        label="Grounds",
        choices=GROUNDS,
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        help_text="The public is shown the ground, never the reason.",
        error_messages={"required": "Choose at least one ground."},
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), help_text="Kept with the record.",
        error_messages={"required": "Give the reason: it is kept with the record."},
    )  # fmt: skip
    public_interest = forms.CharField(
        label="Public interest test",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Why keeping it back outweighs publishing it. Not needed for personal information or information given in confidence.",
    )
    review_on = DateField(label="Review on", required=False, help_text="When to ask again whether it can be released.")

    def clean(self):
        from boards.grounds import ABSOLUTE

        cleaned = super().clean()
        grounds = set(cleaned.get("grounds") or [])
        if grounds - ABSOLUTE and not cleaned.get("public_interest"):
            self.add_error("public_interest", "Write down the public interest test for these grounds.")
        return cleaned


class CommissionForm(forms.Form):
    title = forms.CharField(
        label="Title of the paper", max_length=200, error_messages={"required": "Give the paper a title."}
    )
    from_role = forms.CharField(
        label="From", max_length=120, required=False, help_text="A post, such as Chief Finance Officer."
    )
    template = forms.ChoiceField(label="Template")
    authors = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Authors", required=False, widget=forms.CheckboxSelectMultiple(attrs={"small": True})
    )
    due_on = DateField(label="Due on", required=False, help_text="Leave empty to use the board’s own deadline.")

    def __init__(self, *args, **kwargs):
        from boards.paper_templates import TEMPLATES

        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(each.key, each.name) for each in TEMPLATES.values()]
        self.fields["authors"].queryset = possible_authors()


class AuthorsForm(forms.Form):
    authors = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Authors", required=False, widget=forms.CheckboxSelectMultiple(attrs={"small": True})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authors"].queryset = possible_authors()


def possible_authors():
    """Anybody who works for the office or the force and may write: not administrators, not auditors."""
    return User.objects.holding(*(set(Role.values) - {Role.ADMINISTRATOR, Role.AUDITOR}))


class SealForm(forms.Form):
    """The kind of edition, its reason, and a reason for each finding that must be acknowledged."""

    def __init__(self, *args, kinds: list[str], findings: list, given: dict[str, str] | None = None, **kwargs):
        """`given` are reasons kept with earlier editions, by key: they are offered again for what still stands."""
        super().__init__(*args, **kwargs)
        given = given or {}
        labels = {
            "agenda": "Agenda and papers",
            "supplement": "Supplement: late or changed items only",
            "correction": "Correction: replaces what was circulated",
        }
        if len(kinds) > 1:
            self.fields["kind"] = forms.ChoiceField(
                label="What to seal", choices=[(kind, labels[kind]) for kind in kinds], widget=forms.RadioSelect,
                error_messages={"required": "Choose a supplement or a correction."},
            )  # fmt: skip
            self.fields["reason"] = forms.CharField(
                label="Reason", widget=forms.Textarea(attrs={"rows": 2}), help_text="Printed on the edition.",
                error_messages={"required": "Give the reason: it is printed on the edition."},
            )  # fmt: skip
        self.only_kind = kinds[0] if len(kinds) == 1 else ""
        self.acknowledge = [finding for finding in findings if finding.severity == "acknowledge"]
        for finding in self.acknowledge:
            self.fields[f"ack-{finding.key}"] = forms.CharField(
                label=finding.sentence,
                initial=given.get(finding.key) or finding.given,
                max_length=300,
                help_text=f"{finding.where}. {finding.mend}" if finding.where else finding.mend,
                error_messages={"required": "Give the reason for going ahead."},
            )

    @property
    def kind(self) -> str:
        return self.only_kind or self.cleaned_data["kind"]

    @property
    def acknowledged(self) -> dict[str, str]:
        return {finding.key: self.cleaned_data[f"ack-{finding.key}"] for finding in self.acknowledge}


class PublishForm(forms.Form):
    """Why a pack is published in which the accessibility checks found something."""

    reason = forms.CharField(
        label="Why it is published as it is",
        help_text="Asked for because of what the accessibility checks found. Kept with the publication.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
