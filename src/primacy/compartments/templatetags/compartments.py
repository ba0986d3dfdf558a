"""Words of compartments in the reader's language: classes, kinds, fields, choices, reasons, deeds."""

from datetime import date

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.compartments.content import Look
from primacy.compartments.kinds import table
from primacy.compartments.naming import number_of
from primacy.compartments.sealing import fingerprint, raw
from primacy.ui.templatetags.ui import day

register = template.Library()

CLASSES = {
    "talks": gettext_noop("Talks and good offices"), "justice": gettext_noop("Transitional justice"),
    "protection": gettext_noop("Sources, victims and witnesses"),
}  # fmt: skip
KINDS = {
    "good-offices": gettext_noop("Note of good offices"), "stance": gettext_noop("Stance or red line of a person"),
    "tie": gettext_noop("Tie of a person"), "host-consent": gettext_noop("Consent of the host, by person"),
    "obstruction": gettext_noop("Label of obstruction"), "justice-case": gettext_noop("Case of transitional justice"),
    "identity": gettext_noop("Identity of a source, victim or witness"),
}  # fmt: skip
FIELDS = {
    "day": (gettext_noop("Day"), ""), "heading": (gettext_noop("Subject"), ""), "text": (gettext_noop("Text"), ""),
    "issue": (gettext_noop("Question"), gettext_noop("What is negotiated, for instance: date of the cantonment.")),
    "position": (gettext_noop("Position"), ""),
    "red_line": (gettext_noop("Red line"), gettext_noop("What this person has said they will not accept.")),
    "conduct": (
        gettext_noop("What was said or done, and when"),
        gettext_noop("Conduct with a date: absent from three of four sessions. Not what somebody is or wants."),
    ),
    "tie_to": (gettext_noop("Tied to"), gettext_noop("An office, a group or a person.")),
    "tie": (gettext_noop("Kind of tie"), ""), "consent": (gettext_noop("Consent"), ""),
    "actor": (gettext_noop("Who"), gettext_noop("A group, party or office.")),
    "category": (
        gettext_noop("What they are"),
        gettext_noop("Candidates, journalists and civil society are never labelled."),
    ),
    "aims": (gettext_noop("Aims"), ""),
    "benign": (
        gettext_noop("The benign reading"),
        gettext_noop("How somebody who means well would explain the same conduct. It always stands beside the label."),
    ),
    "stage": (gettext_noop("Stage"), ""), "part": (gettext_noop("This person is"), ""),
    "known_as": (
        gettext_noop("Known elsewhere as"),
        gettext_noop("The label of origin in ordinary records, which says no name."),
    ),
    "reached": (gettext_noop("How to reach them safely"), ""),
    "purpose": (gettext_noop("What they were told it is for"), ""),
    "agreed": (gettext_noop("Did they agree?"), ""),
}  # fmt: skip
CHOICES = {
    "-2": gettext_noop("against, will act against it"), "-1": gettext_noop("against"), "0": gettext_noop("undecided"),
    "1": gettext_noop("for"), "2": gettext_noop("for, will act for it"),
    "command": gettext_noop("command"), "kin": gettext_noop("family"), "finance": gettext_noop("money"),
    "patronage": gettext_noop("patronage"), "alliance": gettext_noop("alliance"), "rivalry": gettext_noop("rivalry"),
    "mediation": gettext_noop("mediation"), "given": gettext_noop("given"), "wavering": gettext_noop("wavering"),
    "withdrawn": gettext_noop("withdrawn"), "armed-group": gettext_noop("armed group"),
    "political-party": gettext_noop("political party"), "state-body": gettext_noop("state body"),
    "security-force": gettext_noop("security force"), "business": gettext_noop("business"),
    "foreign-actor": gettext_noop("foreign actor"), "candidate": gettext_noop("candidate"),
    "journalist": gettext_noop("journalist"), "civil-society": gettext_noop("civil society"),
    "limited": gettext_noop("limited: a grievance that can be met"),
    "greedy": gettext_noop("growing: more with each success"),
    "total": gettext_noop("total: no settlement is accepted"),
    "reported": gettext_noop("reported"), "examined": gettext_noop("being examined"),
    "before-court": gettext_noop("before a court"), "reparation": gettext_noop("reparation"),
    "closed": gettext_noop("closed"), "source": gettext_noop("source"), "victim": gettext_noop("victim"),
    "witness": gettext_noop("witness"), "yes": gettext_noop("yes"),
    "only-purpose": gettext_noop("for this purpose only"), "no": gettext_noop("no"),
}  # fmt: skip
WHYS = {
    "prepare": gettext_noop("To prepare a meeting"), "record": gettext_noop("To write something down"),
    "review": gettext_noop("To review or correct"), "protect": gettext_noop("To protect somebody"),
    "hand-over": gettext_noop("Hand-over"),
}  # fmt: skip
DEEDS = {
    "made": gettext_noop("made the compartment"), "opened": gettext_noop("opened it"),
    "closed": gettext_noop("closed it"),
    "wrote": gettext_noop("wrote an entry"), "changed": gettext_noop("changed an entry"),
    "add": gettext_noop("confirmed a new member"), "remove": gettext_noop("confirmed that a member is taken out"),
    "proposed": gettext_noop("proposed a change of members"), "declined": gettext_noop("declined a change of members"),
    "rotated": gettext_noop("changed the key"), "withdrawn": gettext_noop("erased what was kept about a person"),
    "scored": gettext_noop("gave a judged score"),
}  # fmt: skip
TABLES = {"class": CLASSES, "kind": KINDS, "choice": CHOICES, "why": WHYS, "deed": DEEDS}


@register.filter
def word(key: str, table: str) -> str:
    """The word for a key of one of the tables; a key that is in none stands for itself."""
    found = TABLES[table].get(key)
    return _(found) if found else key


def label(field: str) -> str:
    return _(FIELDS[field][0])


def help_text(field: str) -> str:
    return _(FIELDS[field][1]) if FIELDS[field][1] else ""


@register.filter
def field_label(field: str) -> str:
    return label(field)


@register.filter
def field_value(value: str, field: str) -> str:
    """What was typed: a choice by its word, a day as days are written."""
    if field == "day":
        return str(day(date.fromisoformat(value)))
    return word(value, "choice") if field in table().choices else value


@register.filter
def compartment_number(id: str) -> str:
    """What members call a compartment before it is open: four digits that say nothing."""
    return number_of(id)


@register.filter
def looked_why(look: Look) -> str:
    """Why somebody opened it, in a word and in theirs; of other deeds, what was said with them."""
    why, _colon, words = look.words.partition(": ")
    return f"{word(why, 'why')}: {words}".removesuffix(": ") if look.did == "opened" else look.words


@register.filter
def mark(public: str) -> str:
    """What is read aloud of somebody's key."""
    return fingerprint(raw(public))
