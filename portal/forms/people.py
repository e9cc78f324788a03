"""Forms of accounts and appointments."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from portal.design.fields import DateField
from portal.models import Appointment, User


class PersonForm(forms.ModelForm):
    password = forms.CharField(
        label="First password",
        widget=forms.PasswordInput,
        help_text="At least 12 characters. The person changes it after signing in.",
        error_messages={"required": "Give a first password."},
    )

    class Meta:
        model = User
        fields = ["name", "email", "initials"]
        error_messages = {
            "name": {"required": "Give the person’s name."},
            "email": {"required": "Give an e-mail address.", "unique": "Somebody already has this e-mail address."},
        }

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody already has this e-mail address.")
        return email

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class AppointmentForm(forms.ModelForm):
    starts_on = DateField(label="From", error_messages={"required": "Give the first day."})
    ends_on = DateField(label="Until", required=False, help_text="Leave empty when no end is set.")

    class Meta:
        model = Appointment
        fields = ["role", "title", "starts_on", "ends_on"]
        labels = {"title": "Post title"}

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "The last day must not be before the first.")
        return cleaned
