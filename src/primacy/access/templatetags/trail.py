"""The audit trail on a page: its deeds in the reader's language."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.access.forms import ROLE_NAMES

register = template.Library()

DEEDS = (
    gettext_noop("added a person"), gettext_noop("changed a role"), gettext_noop("changed the password"),
    gettext_noop("renewed the hash of a password"),
    gettext_noop("confirmed translations"), gettext_noop("exported evidence"), gettext_noop("exported rejected lines"),
    gettext_noop("loaded a file"), gettext_noop("looked at evidence"), gettext_noop("ran an assessment"),
    gettext_noop("handed out a package"), gettext_noop("found the causes of changes"),
    gettext_noop("reset a password"), gettext_noop("sign-in failed"), gettext_noop("signed in"),
    gettext_noop("signed out"), gettext_noop("switched off"), gettext_noop("switched on"),
    gettext_noop("named a data set official"), gettext_noop("ended a data set's being official"),
    gettext_noop("withdrew a data set"), gettext_noop("erased a data set"), gettext_noop("compacted the store"),
    gettext_noop("decided what a name means"), gettext_noop("calibrated the trends"),
    gettext_noop("decided what a name means"), gettext_noop("gave a view"), gettext_noop("passed on a view"),
    gettext_noop("reported a sign"), gettext_noop("confirmed a sign"),
    gettext_noop("opened an item to score"), gettext_noop("gave a score"), gettext_noop("settled a score"),
    gettext_noop("created a record"), gettext_noop("changed a record"), gettext_noop("restored a record"),
    gettext_noop("undid a change of a record"),
    gettext_noop("checked a record"), gettext_noop("took a check back"), gettext_noop("sent a record back"),
    gettext_noop("published a record"), gettext_noop("recalled a record"),
    gettext_noop("archived a record"), gettext_noop("brought a record back"), gettext_noop("looked at a record"),
    gettext_noop("looked at the history of a record"), gettext_noop("looked at a list of records"),
    gettext_noop("opened very many protected records"), gettext_noop("was shown no more protected records"),
    gettext_noop("shared a record"), gettext_noop("exported records"), gettext_noop("imported records"),
    gettext_noop("saved a view"), gettext_noop("removed a view"), gettext_noop("brought a view back"),
    gettext_noop("gave a post"), gettext_noop("added to a group"),
    gettext_noop("handed on a post"), gettext_noop("ended a right"), gettext_noop("sent records to the evidence"),
    gettext_noop("made the index of records again"),
    gettext_noop("attached a file"), gettext_noop("took a file off"), gettext_noop("looked at a file"),
    gettext_noop("related two records"), gettext_noop("ended a relation"), gettext_noop("tagged a record"),
    gettext_noop("took a tag off"), gettext_noop("changed the vocabulary"), gettext_noop("redacted a field"),
    gettext_noop("placed a legal hold"), gettext_noop("lifted a legal hold"), gettext_noop("asked for a disposal"),
    gettext_noop("agreed to a disposal"), gettext_noop("refused a disposal"),
    gettext_noop("kept a page for a meeting"), gettext_noop("released a flash"), gettext_noop("withdrew a flash"),
    gettext_noop("added one-time codes"), gettext_noop("added a passkey"), gettext_noop("made recovery codes"),
    gettext_noop("used a recovery code"), gettext_noop("removed a factor"), gettext_noop("removed all factors"),
    gettext_noop("put off the second factor"), gettext_noop("ended a session"), gettext_noop("ended sessions"),
    gettext_noop("offered to make an administrator"), gettext_noop("changed an e-mail address"),
    gettext_noop("was recognised by the provider"), gettext_noop("ended the sign-in by the provider"),
    gettext_noop("created a token"), gettext_noop("withdrew a token"),
    gettext_noop("signed an assessment off"), gettext_noop("verified a package"),
    gettext_noop("downloaded a package"), gettext_noop("judged past months again"),
    gettext_noop("proposed a change of the framework"), gettext_noop("signed a change of the framework"),
    gettext_noop("withdrew a proposal"), gettext_noop("changed words of the framework"),
    gettext_noop("confirmed thresholds"),
    gettext_noop("wrote a comment"), gettext_noop("changed a comment"), gettext_noop("removed a comment"),
    gettext_noop("gave a task"), gettext_noop("changed a task"), gettext_noop("moved a task on"),
    gettext_noop("took a step back"), gettext_noop("sent a digest"),
    gettext_noop("played an exercise on"), gettext_noop("decided in an exercise"),
    gettext_noop("made a key for compartments"), gettext_noop("changed a passphrase"),
    gettext_noop("made a compartment"), gettext_noop("opened a compartment"), gettext_noop("closed a compartment"),
    gettext_noop("failed to open a compartment"),
    gettext_noop("wrote in a compartment"), gettext_noop("erased a person's data"), gettext_noop("gave a judged score"),
    gettext_noop("proposed a member of a compartment"), gettext_noop("decided about a member of a compartment"),
    gettext_noop("changed the key of a compartment"), gettext_noop("set up the keys of compartments"),
    gettext_noop("locked down"), gettext_noop("reopened"),
    gettext_noop("asked for a second person"), gettext_noop("agreed as the second person"),
    gettext_noop("refused as the second person"), gettext_noop("acted alone"),
    gettext_noop("made a backup"), gettext_noop("restored a backup"),
)  # fmt: skip
"""Every deed that is recorded; the trail itself keeps them in English, so that its chain is the same everywhere."""


@register.filter
def deed_word(deed: str) -> str:
    return _(deed)


RECORD_WORDS = {
    "see": gettext_noop("see"), "detail": gettext_noop("details"), "write": gettext_noop("write"),
    "archive": gettext_noop("archive"), "share": gettext_noop("share"), "check": gettext_noop("check"),
    "publish": gettext_noop("publish"), "post": gettext_noop("post"),
    "acting": gettext_noop("acting for somebody"), "group": gettext_noop("need-to-know group"),
    "shared": gettext_noop("a record that was shared"),
}  # fmt: skip
FACTOR_WORDS = {
    "webauthn": gettext_noop("Passkey"), "totp": gettext_noop("One-time codes"),
    "recovery_codes": gettext_noop("Recovery codes"),
}  # fmt: skip
WAY_WORDS = (
    gettext_noop("password"), gettext_noop("password and code"), gettext_noop("password and recovery code"),
    gettext_noop("passkey"), gettext_noop("provider"), gettext_noop("provider and code"),
    gettext_noop("provider and recovery code"), gettext_noop("demonstration"),
)  # fmt: skip
"""The words of `entering.WAYS`."""
LEVELS = (
    gettext_noop("Unclassified"), gettext_noop("Internal"), gettext_noop("Confidential"),
    gettext_noop("Strictly Confidential"),
)  # fmt: skip


@register.filter
def record_word(id: str) -> str:
    """An action of the table of rights, or a way of holding a right."""
    return _(RECORD_WORDS[id]) if id in RECORD_WORDS else id.replace("-", " ")


ASKED_WORDS = {
    "post": gettext_noop("a post"), "group": gettext_noop("a need-to-know group"), "role": gettext_noop("another role"),
    "password": gettext_noop("a new password"), "factors": gettext_noop("removing all second factors"),
    "address": gettext_noop("another address for the sign-in elsewhere"), "on": gettext_noop("switching on again"),
}  # fmt: skip


@register.filter
def asked_word(deed: str) -> str:
    """What an administrator asks for (`vouching.DEEDS`)."""
    return _(ASKED_WORDS[deed])


@register.filter
def factor_word(kind: str) -> str:
    """What somebody shows beside a password."""
    return _(FACTOR_WORDS[kind])


@register.filter
def way_word(how: str) -> str:
    """How somebody came in; a dash for a session that does not say."""
    return _(how) if how in WAY_WORDS else "–"


@register.filter
def up_to(level: int) -> str:
    """The highest confidentiality; a dash for none."""
    return _(LEVELS[level]) if level >= 0 else "–"


@register.filter
def role_name(role: str) -> str:
    """A role of the table of rights as people call it."""
    return str(ROLE_NAMES.get(role, role))
