"""What people type to come in, and about how they come in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from primacy.access.models import User

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}


class SecondStep(forms.Form):
    code = forms.CharField(
        label=_("One-time code"), max_length=20,
        help_text=_("Six digits from your application, or one of your recovery codes."),
        widget=forms.TextInput(attrs={**DIGITS, "autofocus": True}),
    )  # fmt: skip


class Answer(forms.Form):
    """What the browser says about a passkey."""

    answer = forms.JSONField()

    def clean_answer(self) -> dict[str, Any]:
        answer = self.cleaned_data["answer"]
        if not isinstance(answer, dict):
            raise forms.ValidationError("no answer of a passkey")
        return answer


class NewPasskey(Answer):
    name = forms.CharField(
        label=_("What you call it"), max_length=40, required=False,
        help_text=_("For instance: laptop at the office, key on my ring."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class NewCodes(forms.Form):
    code = forms.CharField(
        label=_("The six digits that it shows now"), max_length=10,
        widget=forms.TextInput(attrs=DIGITS),
    )  # fmt: skip

    def code_given(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class SetUpAdministrator(forms.Form):
    """Name and password of the person who can add all others."""

    name = forms.CharField(
        label=_("Name"), max_length=60, initial="admin",
        validators=[RegexValidator(r"^[\w.@+-]+\Z", _("Letters, digits and . @ + - _ only."))],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    new = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        help_text=_("Twelve characters or more; a sentence is easiest to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password again"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody has this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned:
            try:
                validate_password(cleaned["new"], User(username=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("new", error)
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class Address(forms.Form):
    """By which address the provider knows somebody."""

    email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, person: User, **named: Any) -> None:
        self.person = person
        super().__init__(*args, **named)

    def clean_email(self) -> str:
        """One address for one person: two would both be let in, or neither."""
        email: str = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.person.pk).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return email
