"""What each cause contributed to a change, on a page."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change
from primacy.framework import languages
from primacy.ui.wording import number_text

register = template.Library()


def words() -> dict[str, str]:
    return {
        "new evidence": _("new evidence"),
        "the passing of time": _("the passing of time"),
        "a changed rule": _("a changed rule"),
        "a revised figure": _("a revised figure"),
        "withdrawn data": _("withdrawn data"),
        "another calibration": _("another calibration"),
        "changed places": _("changed places"),
        "other rights to read": _("other rights to read"),
        "another version of Primacy": _("another version of Primacy"),
        "not replayed": _("cannot be computed again"),
    }


@register.filter
def cause_word(cause: str) -> str:
    return words().get(cause, cause)


@register.filter
def points(value: float | None) -> str:
    """A change of probability in points of a hundred, with its sign, such as `+83`; nothing where it is not known."""
    if value is None:
        return ""
    hundredth = round(100 * value, 2)
    decimals = 0 if hundredth == round(hundredth) else 1 if hundredth == round(hundredth, 1) else 2
    language = (get_language() or "en").split("-")[0]
    sign = "plus" if hundredth > 0 else "minus" if hundredth < 0 else ""
    return (str(languages.words(language, sign)) if sign else "") + number_text(abs(hundredth), decimals, language)


@register.filter
def way(share: float) -> str:
    """How far a cause led to the new status, in words."""
    said = {1.0: _("all the way"), 0.5: _("half the way"), -0.5: _("half the way back"), -1.0: _("all the way back")}
    return said.get(share, "") if share else ""


@register.filter
def telling(change: Change) -> list[Contribution]:
    """The contributions that did something; none where one cause did it all, which its name says already."""
    found = [each for each in change.contributions if each.probability or (change.of_status and each.status)]
    return found if len(found) > 1 else []
