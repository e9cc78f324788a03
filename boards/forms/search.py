"""The search box and its filters."""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from boards.models import Board

MOST_LETTERS = 200


class SearchForm(forms.Form):
    """Nothing is required: a page without words shows how to search."""

    q = forms.CharField(
        label="Search for",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    board = forms.ModelChoiceField(
        label="Board", queryset=Board.objects.none(), required=False, empty_label="All boards"
    )
    year = forms.TypedChoiceField(label="Year of the meeting", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, boards, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards
        self.fields["board"].to_field_name = "slug"
        self.fields["board"].error_messages["invalid_choice"] = "Choose a board from the list, or all boards."
        self.fields["year"].choices = [("", "All years"), *((year, str(year)) for year in years)]
        self.fields["year"].error_messages["invalid_choice"] = "Choose a year from the list, or all years."
        for validator in self.fields["q"].validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = (
                    "The search holds a character that cannot be searched for. Take it out and search again."
                )

    def clean_q(self) -> str:
        words = " ".join(self.cleaned_data["q"].split())
        if len(words) > MOST_LETTERS:
            raise forms.ValidationError(
                f"The search is {len(words)} letters long. Use a few words, {MOST_LETTERS} letters at most."
            )
        return words
