"""The message of a page of findings in one sentence, and how many of its findings may be wrong."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.assessment.front.overview import Headline, Overview
from primacy.assessment.views import VIEW_DUE
from primacy.ui.templatetags.ui import capital, day

register = template.Library()


@register.simple_tag
def headline(overview: Overview) -> str:
    """The message of the page as one full sentence."""
    said = overview.headline
    sentence = capital(_first_headline(overview) if said.since is None else _headline_since(said, day(said.since)))
    if overview.counts.get(VIEW_DUE):  # what is hidden from the reader may have moved: nothing is said of it
        return _("Of the %(shown)s benchmarks shown to you now: %(sentence)s") % {
            "shown": overview.applicable, "sentence": sentence[:1].lower() + sentence[1:],
        }  # fmt: skip
    return sentence


def _first_headline(overview: Overview) -> str:
    judged = overview.applicable - overview.counts["insufficient evidence"]
    if judged == 0:
        return _("There is not enough evidence yet to judge any benchmark.")
    met, lost = overview.counts["met"], overview.counts["reversed"]
    numbers = {"met": number_word(met), "judged": number_word(judged), "lost": number_word(lost)}
    if lost:
        return _("Of %(judged)s benchmarks that can be judged, %(met)s are met and %(lost)s were lost again.") % numbers
    if met:
        return (
            ngettext(
                "Of %(judged)s benchmarks that can be judged, %(met)s is met.",
                "Of %(judged)s benchmarks that can be judged, %(met)s are met.",
                met,
            )
            % numbers
        )
    return (
        ngettext(
            "%(judged)s benchmark can be judged, and it is not met yet.",
            "%(judged)s benchmarks can be judged, and none is met yet.",
            judged,
        )
        % numbers
    )


@register.simple_tag
def wrong(overview: Overview) -> str:
    """How many of the findings that say yes or no are wrong, as their probabilities leave open."""
    templates = {"met": _("%(wrong)s of %(n)s met"), "not met": _("%(wrong)s of %(n)s not met")}
    parts = []
    for name, each in overview.wrong.items():
        about = _("about %(n)s") % {"n": round(each.expected)} if round(each.expected) else _("less than one")
        if each.findings:
            parts.append(templates[name] % {"wrong": about, "n": each.findings})
    if not parts:
        return ""
    return _("Expected to be wrong, by their own likelihoods: %(parts)s.") % {"parts": _(", ").join(parts)}


def number_word(number: int) -> str:
    """A small number as a word, as a sentence is written; a greater one in digits."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"),
        _("nine"), _("ten"),
    )  # fmt: skip
    return words[number] if number < len(words) else str(number)


def _headline_since(said: Headline, day: str) -> str:
    lost, won = len(said.fell), len(said.achieved)
    numbers = {"fell": number_word(lost), "achieved": number_word(won), "moved": number_word(said.moved), "day": day}
    fell = ngettext("%(fell)s benchmark fell back since %(day)s", "%(fell)s benchmarks fell back since %(day)s", lost)
    if lost and won:
        also = ngettext("%(achieved)s was achieved", "%(achieved)s were achieved", won)
        return _("%(first)s; %(second)s.") % {"first": fell % numbers, "second": also % numbers}
    if lost:
        return _("%(first)s; none was achieved.") % {"first": fell % numbers}
    if won:
        sentence = ngettext(
            "%(achieved)s benchmark was achieved since %(day)s; none fell back.",
            "%(achieved)s benchmarks were achieved since %(day)s; none fell back.",
            won,
        )
        return sentence % numbers
    if said.moved:
        sentence = ngettext(
            "Nothing was achieved or lost since %(day)s; %(moved)s benchmark moved in between.",
            "Nothing was achieved or lost since %(day)s; %(moved)s benchmarks moved in between.",
            said.moved,
        )
        return sentence % numbers
    return _("Nothing changed since %(day)s.") % numbers
