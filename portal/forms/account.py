"""The sign-in forms with labels in our own style; what they do is allauth's."""

from allauth.account import forms

#: Said once in our words; what is refused says its own reason.
RULES = "At least 12 characters. Not like your name or address, and not a common password."


def _relabel(form, labels: dict[str, str]) -> None:
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
    if "password1" in form.fields:
        form.fields["password1"].help_text = RULES


class SignInForm(forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _relabel(self, {"login": "E-mail address", "password": "Password"})


class ChangePasswordForm(forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _relabel(
            self, {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
        )


class ResetPasswordForm(forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _relabel(self, {"email": "E-mail address"})


class ChooseNewPasswordForm(forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _relabel(self, {"password1": "New password", "password2": "New password again"})
