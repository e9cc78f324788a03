"""Forms of papers."""

from django import forms

from boards.models import AgendaItem, Annex, Meeting, Paper
from portal.design.fields import DateField


class MoveForm(forms.Form):
    """A step of the workflow with the note that goes with it."""

    mark_optional = False  # what must be given depends on the step

    verb = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    late_reason = forms.CharField(label="Why the paper is late", required=False, max_length=300)

    def __init__(self, *args, findings=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        for finding in self.findings:
            self.fields[f"ack-{finding.key}"] = forms.CharField(
                label=f"{finding.number}: {finding.sentence}" if finding.number else finding.sentence,
                help_text=finding.mend,
                required=False,
                max_length=300,
                initial=finding.given,
            )

    @property
    def acknowledgements(self) -> list:
        """The fields that ask why a finding may stand."""
        return [self[f"ack-{finding.key}"] for finding in self.findings]

    @property
    def acknowledged(self) -> dict[str, str]:
        return {finding.key: self.cleaned_data.get(f"ack-{finding.key}", "") for finding in self.findings}


class HeaderForm(forms.ModelForm):
    """The block at the head of a paper."""

    paper_date = DateField(label="Date", required=False)

    class Meta:
        model = Paper
        fields = ["to", "from_role", "paper_date", "title", "open_title", "marking"]
        labels = {"to": "To", "from_role": "From", "title": "Title", "open_title": "Open title", "marking": "Marking"}
        help_texts = {
            "from_role": "A post, such as Chief Executive.",
            "open_title": "Only for a restricted paper: what the public reads in its place.",
        }
        error_messages = {"title": {"required": "Give the paper a title."}}


class AnnexForm(forms.Form):
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Give the annex a title."})
    marking = forms.ChoiceField(label="Marking", choices=Annex._meta.get_field("marking").choices)
    file = forms.FileField(
        label="File", error_messages={"required": "Choose a file.", "empty": "That file is empty. Choose another."}
    )

    def __init__(self, *args, accept: tuple[str, ...] = (".pdf",), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(accept)


class AnnexChangeForm(forms.ModelForm):
    class Meta:
        model = Annex
        fields = ["title", "open_title", "marking"]
        labels = {"open_title": "Open title"}
        help_texts = {"open_title": "Only for a restricted annex: what the public reads in its place."}


class ReissueForm(forms.Form):
    """The item of another body's meeting under which a paper is issued again."""

    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label="Agenda item",
        empty_label="Choose an item",
        error_messages={"required": "Choose the item it is to go under."},
    )

    def __init__(self, *args, paper: Paper, **kwargs):
        super().__init__(*args, **kwargs)
        meetings = Meeting.objects.exclude(board=paper.board).exclude(
            status__in=["held", "cancelled", "minutes_approved"]
        )
        items = AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting__board")
        self.fields["item"].queryset = items.order_by("-meeting__date", "number_major", "number_minor")
        self.fields["item"].label_from_instance = lambda item: f"{item.meeting}: {item.number} {item.title}"


class WordForm(forms.Form):
    file = forms.FileField(
        label="Word document",
        help_text="A .docx file. The original is kept and can be downloaded.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Choose a Word document.", "empty": "That file is empty. Choose another."},
    )


class CommentForm(forms.Form):
    block_id = forms.CharField(widget=forms.HiddenInput, max_length=20)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    text = forms.CharField(
        label="Comment", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write the comment."}
    )
