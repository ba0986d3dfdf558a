"""Help: what every word means with a worked example, terms in all languages, tours for each role, what to do on errors.

Whoever can sign in may read all of it.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from primacy.access.requiring import may
from primacy.assessment.pages import language
from primacy.assessment.told.glossary import glossary
from primacy.assessment.told.help_texts import SECTIONS, meanings, tour
from primacy.framework import Instance, load
from primacy.framework.queries import today

SECTION = "help"
TOURS = ("leader", "analyst", "administrator")
# Where each step of a tour leads: (route, anchor, deed that its page asks for).
STEPS = {
    "front": ("assessment:front", "", "assessment.read"), "risks": ("assessment:risks", "", "assessment.read"),
    "benchmark": ("assessment:changes", "", "assessment.read"), "view": ("assessment:front", "", "assessment.read"),
    "compare": ("assessment:compare", "", "assessment.read"),
    "sign": ("assessment:assessments", "", "assessment.sign-off"),
    "load": ("evidence:load", "", "evidence.load"), "gaps": ("assessment:gaps", "", "evidence.read"),
    "run": ("assessment:assessments", "run", "assessment.run"), "trace": ("assessment:front", "", "assessment.read"),
    "verify": ("assessment:verify", "", "package.verify"),
    "back-test": ("assessment:back-test", "", "assessment.back-test"),
    "propose": ("framework:browse", "", "framework.propose"), "people": ("access:people", "", "people.manage"),
    "trail": ("access:people", "", "people.manage"), "proposals": ("assessment:proposals", "", "framework.sign"),
    "packages": ("assessment:assessments", "", "package.hand-out"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of a tour; `address` is empty where there is no page for it, or none for this reader."""

    text: str
    address: str


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Every word with its meaning, each under an anchor of its own."""
    framework, said = load(Instance.here().overlay, today()), language()
    context = {
        "section": SECTION, "framework": framework, "tours": TOURS,
        "sections": {name: meanings(name, said) for name in SECTIONS},
        "glossary": glossary(framework, said),
    }  # fmt: skip
    return render(request, "assessment/help.html", context)


@require_safe
def tour_page(request: HttpRequest, role: str) -> HttpResponse:
    """A short way through the site for one role, as a list of pages to open."""
    if role not in TOURS:
        raise Http404
    steps = [Step(text, _address(request, key)) for key, text in tour(role, language())]
    return render(request, "assessment/tour.html", {"section": SECTION, "role": role, "steps": steps, "tours": TOURS})


def _address(request: HttpRequest, key: str) -> str:
    if key not in STEPS:
        return ""
    route, anchor, deed = STEPS[key]
    return f"{reverse(route)}{'#' if anchor else ''}{anchor}" if may(request.user, deed) else ""
