"""The page of all components, drawn by the templates that the site itself uses."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment.forms import FlashToRelease, NewAssessment
from primacy.assessment.front.drawn import Drawn, sample_drawing
from primacy.assessment.pages import language
from primacy.framework import load
from primacy.ui import marks
from primacy.web import samples, tokens

SAMPLE = ("O2.M2", "no clear change", ("at risk", "threshold unconfirmed"))


@require_safe
@require("design.read")
def design(request: SignedIn) -> HttpResponse:
    """Type, space, colours, marks, words of likelihood, and one of every piece."""
    framework = load()
    drawn = samples.sample_overview(framework)
    found = samples.finding(*SAMPLE)
    return render(request, "web/design.html", {
        "framework": framework, "mission": samples.MISSION, "overview": drawn, "finding": found,
        "colours": tokens.colours(), "sizes": tokens.measures("size"), "gaps": tokens.measures("gap"),
        "statuses": tuple(marks.SHAPES), "likelihoods": samples.LIKELIHOODS, 
        "chart": _chart(language()),
        "history": samples.history(), "outlines": samples.outlines(), "place_names": {}, "job": samples.job(),
        "news": samples.news(), "form": NewAssessment(prefix="sample"), "keep": "",
        "faulty": FlashToRelease({}, prefix="faulty"),
        "flash_form": FlashToRelease(prefix="flash"),
    })  # fmt: skip


@lru_cache(maxsize=8)
def _chart(language: str) -> Drawn:
    """Of invented numbers by the standard framework: drawn once for everybody."""
    return sample_drawing(samples.finding(*SAMPLE), load(), samples.MISSION, language)
