"""What is typed about compartments. It is never kept as a draft, and browsers are asked not to remember it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.access.models import User
from primacy.compartments.kinds import Kind, table
from primacy.compartments.queries import people_by_name
from primacy.compartments.scores import SCORES
from primacy.compartments.templatetags.compartments import CHOICES, CLASSES, WHYS, help_text, label
from primacy.framework.queries import today

SHORTEST = 20  # letters of a passphrase: whoever steals the file of keys may try as fast as machines can
LONG = ("text", "conduct", "benign", "red_line", "reached", "purpose")
QUIET = {"autocomplete": "off", "spellcheck": "false"}  # some browsers send what is spell-checked to other machines
SCORE_WORDS = {
    0: gettext_lazy("0: not at all"), 1: gettext_lazy("1: a little"), 2: gettext_lazy("2: mostly"),
    3: gettext_lazy("3: fully"),
}  # fmt: skip
REFUSALS = {
    "two members": gettext_lazy("A compartment has two members at least."),
    "no such key": gettext_lazy("Nobody has this name and this mark, or they have not made their key yet."),
    "second person": gettext_lazy("Somebody else must confirm it."),
    "class": gettext_lazy("You cannot begin a compartment of this kind."),
}


def _secret(label: Any, autocomplete: str = "off", help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, strip=False, help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )  # fmt: skip


def _line(label: Any, help_text: Any = "", longest: int = 200, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, required=required, widget=forms.TextInput(attrs=QUIET)
    )


class OwnKey(forms.Form):
    """A passphrase for one's own key, and the password, because somebody else may sit here."""

    old = _secret(gettext_lazy("Passphrase until now"))
    passphrase = _secret(
        gettext_lazy("Passphrase"),
        "new-password",
        gettext_lazy("Twenty letters or more: six words that do not belong together. It is kept nowhere."),
    )
    again = _secret(gettext_lazy("Passphrase again"), "new-password")
    password = _secret(gettext_lazy("Your password"), "current-password")

    def __init__(self, given: Any = None, *, person: User, has_key: bool) -> None:
        super().__init__(given)
        self.person = person
        if has_key:
            self.fields["old"].required = False
            self.fields["old"].help_text = _(
                "Empty if you forgot it: then you get another key, and open nothing until the other members have added "
                "you again."
            )
        else:
            del self.fields["old"]
        if not person.has_usable_password():  # they signed in within the last minutes
            del self.fields["password"]

    def clean_password(self) -> str:
        if not self.person.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]

    def clean_passphrase(self) -> str:
        words = " ".join(self.cleaned_data["passphrase"].split())
        if len(words) < SHORTEST or len(set(words)) < 8:
            raise forms.ValidationError(_("Twenty letters or more, and not the same few again and again."))
        if check_password(words, self.person.password):
            raise forms.ValidationError(_("Not the password with which you sign in."))
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "passphrase" in cleaned and " ".join(cleaned.get("again", "").split()) != cleaned["passphrase"]:
            self.add_error("again", _("The two passphrases differ."))
        return cleaned


class Opening(forms.Form):
    """Why somebody opens a compartment, and the passphrase."""

    why = forms.ChoiceField(label=gettext_lazy("Why?"))
    words = _line(gettext_lazy("In your words"), gettext_lazy("Stays inside, for its members."), required=False)
    passphrase = _secret(gettext_lazy("Your passphrase"))
    code = _line(gettext_lazy("One-time code"), required=False)

    def __init__(self, given: Any = None, *, codes: bool = False) -> None:
        super().__init__(given, auto_id="opening-%s")
        if not codes:
            del self.fields["code"]
        choice: Any = self.fields["why"]
        choice.choices = [(key, _(words)) for key, words in WHYS.items()]


class NewCompartment(forms.Form):
    """A title that only members see, and who else opens it."""

    class_ = forms.ChoiceField(label=gettext_lazy("For"))
    title = _line(gettext_lazy("Title"), gettext_lazy("Only members see it, once it is open."), 120)
    members = _line(
        gettext_lazy("The other members"),
        gettext_lazy("Their names as they sign in, with commas. Each needs a key first; one member more at least."),
    )

    def __init__(self, given: Any = None, *, classes: Sequence[str]) -> None:
        super().__init__(given)
        choice: Any = self.fields["class_"]
        choice.choices = [(key, _(CLASSES[key])) for key in classes]

    def clean_members(self) -> list[User]:
        names = [name.strip() for name in self.cleaned_data["members"].split(",") if name.strip()]
        found = list(people_by_name(names))
        if len(found) != len(set(names)):
            raise forms.ValidationError(_("Nobody has this name and this mark, or they have not made their key yet."))
        return found


class EntryForm(forms.Form):
    """An entry of one kind; its fields come from the table. `seen`: the version that was changed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, given: Any = None, *, kind: Kind, initial: dict[str, Any] | None = None, new: bool) -> None:
        super().__init__(given, initial=initial)
        self.kind = kind
        if new:
            self.fields["people"] = self._people()
        for name, required in kind.fields.items():
            self.fields[name] = _field(name, required)

    def _people(self) -> forms.CharField:
        return forms.CharField(
            label=_("Whom it is about"), required=self.kind.person, max_length=1000,
            help_text=_(
                "One person a line, always by the same name. Each gets a key; destroying it erases every entry about "
                "them."
            ),
            widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
        )  # fmt: skip

    def clean_people(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["people"].splitlines() if line.strip()]
        return list(dict.fromkeys(names))

    def clean_day(self) -> date:
        if self.cleaned_data["day"] > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["day"]

    def clean_category(self) -> str:
        if self.cleaned_data["category"] in table().never_labelled:
            raise forms.ValidationError(_("Candidates, journalists and civil society are never labelled."))
        return self.cleaned_data["category"]

    @property
    def values(self) -> dict[str, str]:
        """The fields as they are kept."""
        found = {name: self.cleaned_data.get(name) for name in self.kind.fields}
        return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in found.items()}


def _field(name: str, required: bool) -> forms.Field:
    shared: dict[str, Any] = {"label": label(name), "help_text": help_text(name), "required": required}
    if name == "day":
        return forms.DateField(**shared, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if name in table().choices:
        choices = [("", "–"), *((key, _(CHOICES[key])) for key in table().choices[name])]
        return forms.ChoiceField(**shared, choices=choices)
    if name in LONG:
        return forms.CharField(**shared, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5, **QUIET}))
    return forms.CharField(**shared, max_length=300, widget=forms.TextInput(attrs=QUIET))


class AddMember(forms.Form):
    """Somebody by name, with the mark of their key as they read it out."""

    name = _line(gettext_lazy("Name"), gettext_lazy("As they sign in."), 150)
    mark = _line(
        gettext_lazy("Mark of their key"),
        gettext_lazy(
            "Sixteen letters and digits on their page “Your key”. Let them read it to you, face to face or by "
            "telephone."
        ),
        40,
    )  # fmt: skip

    def clean_name(self) -> User:
        found = next(iter(people_by_name([self.cleaned_data["name"].strip()])), None)
        if found is None:
            raise forms.ValidationError(_("Nobody has this name and this mark, or they have not made their key yet."))
        return found

    def clean_mark(self) -> str:
        letters = re.sub(r"[^0-9a-f]", "", self.cleaned_data["mark"].lower())
        return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


class Erase(forms.Form):
    """The one deed here that nothing takes back."""

    sure = forms.BooleanField(label=gettext_lazy("I know that nobody can bring it back, from no copy."))


class JudgedScore(forms.Form):
    category = forms.ChoiceField(label=gettext_lazy("Which question"))
    month = forms.DateField(
        label=gettext_lazy("A day of the month"),
        help_text=gettext_lazy("Only the month is told."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    score = forms.TypedChoiceField(label=gettext_lazy("Score"), coerce=int)

    def __init__(self, given: Any = None, *, categories: Sequence[tuple[str, str]]) -> None:
        super().__init__(given)
        choice: Any = self.fields["category"]
        choice.choices = categories
        score: Any = self.fields["score"]
        score.choices = [(each, SCORE_WORDS[each]) for each in SCORES]

    def clean_month(self) -> date:
        if self.cleaned_data["month"] > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["month"]


class LockDown(forms.Form):
    """The password once more; whoever has none signed in within the last minutes. The people of an exercise lock
    nothing down: whoever opens it could."""

    password = _secret(gettext_lazy("Your password"), "current-password")

    def __init__(self, given: Any = None, *, person: User) -> None:
        super().__init__(given)
        self.person = person
        if not person.has_usable_password() and not person.demonstration:
            del self.fields["password"]

    def clean_password(self) -> str:
        if not self.person.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]
