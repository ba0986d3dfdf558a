"""What is typed to give somebody a post or a group, and to hand on one's own post."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.access.models import User
from primacy.access.placing import LONGEST
from primacy.access.posts import Post
from primacy.access.readers import holding
from primacy.framework import Instance, load
from primacy.framework.queries import today


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def component_choices() -> list[tuple[str, str]]:
    components = load(Instance.here().overlay, today()).components
    return [(id, _(each.title)) for id, each in components.items()]


class GivePost(forms.Form):
    component = forms.ChoiceField(label=gettext_lazy("Component"), choices=component_choices)
    heads = forms.BooleanField(
        label=gettext_lazy("Heads it, and publishes its records"),
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: without an end."),
    )


class AddToGroup(forms.Form):
    """The name of a group; one that is new is made."""

    group = forms.CharField(
        label=gettext_lazy("Need-to-know group"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("A name that says no more than all its members may know. A new name makes a new group."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: without an end."),
    )


class HandOn(forms.Form):
    """One's own post, to somebody by name, until a day."""

    post = forms.ModelChoiceField(label=gettext_lazy("Post"), queryset=Post.objects.none(), empty_label=None)
    to = forms.CharField(
        label=gettext_lazy("To whom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    until = forms.DateField(label=gettext_lazy("Until"), widget=day_input())
    because = forms.CharField(label=gettext_lazy("Why?"), max_length=200)

    def __init__(self, given: Any = None, *, person: User) -> None:
        super().__init__(given)
        self.person = person
        names = dict(component_choices())
        choice: Any = self.fields["post"]
        choice.queryset = Post.objects.filter(holding(timezone.localdate()), person=person)
        choice.label_from_instance = lambda post: names.get(post.component, post.component)

    @property
    def offers(self) -> bool:
        """Whether there is a post to hand on."""
        choice: Any = self.fields["post"]
        return bool(choice.queryset.exists())

    def clean_to(self) -> User:
        found = User.objects.filter(username=self.cleaned_data["to"], is_active=True).exclude(pk=self.person.pk).first()
        if found is None:
            raise forms.ValidationError(_("Nobody else of this name can sign in."))
        return found

    def clean_until(self) -> date:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("From today on, for ninety days at most."))
        return until
