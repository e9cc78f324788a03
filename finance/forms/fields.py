"""Fields that read money and percentages the way finance staff write them."""

from django import forms
from django.core.exceptions import ValidationError

from finance import money


class ThousandsField(forms.CharField):
    """A whole number of thousands: 1,234, (1,234), a dash for nil. Refuses words, pence and part thousands."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"width": 10, "inputmode": "numeric"}))
        super().__init__(max_length=20, **options)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return money.parse_thousands(text)
        except money.MoneyError as error:
            raise ValidationError(str(error)) from error


class ExactField(forms.CharField):
    """A decimal with at most two places, kept exactly."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"width": 5, "inputmode": "decimal"}))
        super().__init__(max_length=20, **options)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return money.parse_pounds(text)
        except money.MoneyError as error:
            raise ValidationError(str(error)) from error
