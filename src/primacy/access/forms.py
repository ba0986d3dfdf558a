"""What people type about themselves and about each other."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from primacy.access.models import User
from primacy.access.rights import table

ROLE_NAMES = {
    "reader": _("reader"), "leader": _("leadership"), "analyst": _("analyst"),
    "duty-officer": _("duty officer"), "administrator": _("administrator"),
}  # fmt: skip


def role_choices() -> list[tuple[str, Any]]:
    return [(role, ROLE_NAMES.get(role, role)) for role in table().roles]


class SignIn(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def person(self, request: HttpRequest) -> User | None:
        """Whoever has this name and password and is not switched off."""
        return authenticate(request, username=self.cleaned_data["name"], password=self.cleaned_data["password"])


class NewPassword(forms.Form):
    """The old password and twice the new one."""

    old = forms.CharField(
        label=_("Password until now"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("Twelve characters or more; a sentence is easiest to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, given: QueryDict | None = None, *, person: User) -> None:
        self.person = person
        super().__init__(given)

    def clean_old(self) -> str:
        if not self.person.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.person)
        return self.cleaned_data["new"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return cleaned


class NewPerson(forms.Form):
    username = forms.CharField(
        label=_("Name"),
        max_length=60,
        validators=[RegexValidator(r"^[\w.@+-]+\Z", _("Letters, digits and . @ + - _ only."))],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody has this name already."))
        return name


class Role(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)


DAYS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("1 year")))


class NewToken(forms.Form):
    """What a token is for, and how long it works; the password again, because somebody else may sit here. Whoever has
    none comes to this form only within some minutes of a sign-in."""

    name = forms.CharField(
        label=_("What it is for"), max_length=60, help_text=_("For instance: weekly table of the planning cell."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("How long it works"), choices=DAYS, coerce=int, initial=90)
    password = forms.CharField(
        label=_("Your password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, given: QueryDict | None = None, *, person: User) -> None:
        self.person = person
        super().__init__(given)
        if not person.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        if not self.person.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]
