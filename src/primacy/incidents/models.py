"""Field reports: what somebody of the mission heard or saw in the field. Who told it has no column here."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from primacy.records.models import PlacedRecord

# The paths are those of the schemes of evidence; what begins with `violation` is a breach of something agreed.
CATEGORIES = (
    ("violence/state-based", _("fighting with the state")),
    ("violence/non-state", _("fighting between groups")),
    ("violence/one-sided", _("attack on civilians")),
    ("violence/one-sided/abduction", _("abduction")),
    ("violence/political", _("political violence")),
    ("violence/political/assassination", _("assassination")),
    ("violence/mob-justice", _("mob justice")),
    ("extortion/illegal-toll", _("illegal checkpoint or toll")),
    ("protest", _("protest")),
    ("protest/unmet-promises", _("protest over unmet promises")),
    ("speech/hate", _("hate speech")),
    ("violation/ceasefire", _("breach of the ceasefire")),
    ("violation/confidence-building", _("breach of a confidence-building measure")),
    ("violation/status-of-forces", _("breach of the mission’s freedom of movement")),
    ("violation/human-rights", _("violation of human rights")),
)
BY = (
    ("unknown", _("unknown")), ("state-forces", _("forces of the state")), ("allied-forces", _("forces allied to it")),
    ("armed-groups", _("an armed group")), ("self-defence", _("a self-defence group")), ("criminals", _("criminals")),
    ("community", _("a community")),
)  # fmt: skip
AGAINST = (
    ("", _("nobody in particular")), ("civilians", _("civilians")),
    ("institutions", _("a school, clinic, court or office")),
    ("civil-society", _("civil society")), ("journalists", _("journalists")), ("voters", _("voters")),
    ("election-staff", _("election staff")), ("polling-places", _("polling places")),
)  # fmt: skip
SOURCES = (
    ("own", _("the mission saw it")), ("community", _("a member of the community")),
    ("authority", _("a local authority")),
    ("party", _("a party to the conflict")), ("partner", _("an agency or organisation")), ("media", _("media")),
)  # fmt: skip
RELIABILITY = (
    ("A", _("A: always reliable")), ("B", _("B: usually reliable")), ("C", _("C: fairly reliable")),
    ("D", _("D: not usually reliable")), ("E", _("E: unreliable")), ("F", _("F: cannot be judged")),
)  # fmt: skip
CREDIBILITY = (
    ("1", _("1: confirmed by others")), ("2", _("2: probably true")), ("3", _("3: possibly true")),
    ("4", _("4: doubtful")), ("5", _("5: improbable")), ("6", _("6: cannot be judged")),
)  # fmt: skip


def _count(name: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(name, null=True, blank=True)


class FieldReport(PlacedRecord):
    category = models.CharField(_("What happened"), max_length=60, choices=CATEGORIES)
    actor = models.CharField(_("By whom"), max_length=40, choices=BY, default="unknown")
    target = models.CharField(_("Against whom"), max_length=40, blank=True, choices=AGAINST)
    killed = _count(_("Killed"))
    civilians_killed = _count(_("Civilians among them"))
    injured = _count(_("Injured"))
    abducted = _count(_("Abducted"))
    displaced = _count(_("Driven from home"))
    summary = models.CharField(_("In one sentence"), max_length=200)
    account = models.TextField(
        _("Account"), blank=True, max_length=8000,
        help_text=_("Posts and groups, never the names of sources, victims or witnesses."),
    )  # fmt: skip
    source_type = models.CharField(_("Who told it"), max_length=20, choices=SOURCES)
    origin = models.CharField(
        _("Origin"), max_length=60, blank=True,
        validators=[RegexValidator(r"^[^A-Z@\d]*\Z", _("Small letters only, such as “radio”."))],
        help_text=_("A short label, the same for reports of one source. Never the name of a person."),
    )  # fmt: skip
    source_protected = models.BooleanField(
        _("The source must be protected"), default=False,
        help_text=_("Evidence then has the district and the week only, and nothing of the source."),
    )  # fmt: skip
    use_forbidden = models.BooleanField(
        _("The source forbids its use"), default=False, help_text=_("It is then no evidence at all.")
    )
    reliability = models.CharField(_("Reliability of the source"), max_length=1, choices=RELIABILITY, default="F")
    credibility = models.CharField(_("Credibility of what it says"), max_length=1, choices=CREDIBILITY, default="6")
    asked = models.TextField(_("What is asked of the mission"), blank=True, max_length=2000)

    def __str__(self) -> str:
        return self.summary
