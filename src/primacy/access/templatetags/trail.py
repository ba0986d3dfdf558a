"""The audit trail on a page: its deeds in the reader's language."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.access.forms import ROLE_NAMES

register = template.Library()

DEEDS = (
    gettext_noop("added a person"), gettext_noop("changed a role"), gettext_noop("changed the password"),
    gettext_noop("confirmed translations"), gettext_noop("exported evidence"), gettext_noop("exported rejected lines"),
    gettext_noop("loaded a file"), gettext_noop("looked at evidence"), gettext_noop("ran an assessment"),
    gettext_noop("handed out a package"), gettext_noop("found the causes of changes"),
    gettext_noop("reset a password"), gettext_noop("sign-in failed"), gettext_noop("signed in"),
    gettext_noop("signed out"), gettext_noop("switched off"), gettext_noop("switched on"),
    gettext_noop("withdrew a data set"), gettext_noop("erased a data set"), gettext_noop("compacted the store"),
    gettext_noop("decided what a name means"), gettext_noop("calibrated the trends"),
    gettext_noop("decided what a name means"), gettext_noop("gave a view"), gettext_noop("passed on a view"),
    gettext_noop("reported a sign"), gettext_noop("confirmed a sign"),
    gettext_noop("opened an item to score"), gettext_noop("gave a score"), gettext_noop("settled a score"),
    gettext_noop("created a token"), gettext_noop("withdrew a token"),
    gettext_noop("signed an assessment off"), gettext_noop("verified a package"),
    gettext_noop("downloaded a package"), gettext_noop("judged past months again"),
    gettext_noop("proposed a change of the framework"), gettext_noop("signed a change of the framework"),
    gettext_noop("withdrew a proposal"), gettext_noop("changed words of the framework"),
    gettext_noop("kept a page for a meeting"), gettext_noop("released a flash"), gettext_noop("withdrew a flash"),
    gettext_noop("played an exercise on"), gettext_noop("decided in an exercise"),
)  # fmt: skip
"""Every deed that is recorded; the trail itself keeps them in English, so that its chain is the same everywhere."""


@register.filter
def deed_word(deed: str) -> str:
    return _(deed)


@register.filter
def role_name(role: str) -> str:
    """A role of the table of rights as people call it."""
    return str(ROLE_NAMES.get(role, role))
