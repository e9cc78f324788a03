"""Forms for bringing figures in."""

from django import forms


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Workbook, CSV or JSON file",
        help_text="An Excel workbook (.xlsx), or a .csv or .json file saved from this page. Up to 5 MB.",
    )


class PasteForm(forms.Form):
    table = forms.CharField(
        label="Table of balances",
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Copy the table from Excel or a paper: a line of headings with each 31 March, then a "
        "line for each reserve, in thousand pounds.",
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label="Which date has no figures?", widget=forms.RadioSelect)

    def __init__(self, *args, record, **options):
        super().__init__(*args, **options)
        self.fields["answer"].label = record.question
        self.fields["answer"].choices = [tuple(choice) for choice in record.choices]
