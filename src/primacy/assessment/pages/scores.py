"""Scores of two coders: the items to score, one of them, and what a third person settles."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, queries, services
from primacy.assessment.double_coding import Coded, schemes
from primacy.assessment.forms import ItemToScore, Score
from primacy.evidence.bringing.locating import Locator
from primacy.framework import Instance
from primacy.places.at_hand import areas_of, place_names


@require_http_methods(["GET", "POST"])
@require("score.enter")
def scores(request: SignedIn) -> HttpResponse:
    """What awaits this coder, what is in dispute, what is done; and the form that opens another item."""
    form = _opening(request)
    if request.method == "POST" and form.is_valid():
        opened = services.open_item(by=request.user, **form.cleaned_data)
        return redirect("assessment:score", item_id=opened.pk)
    items = queries.coded_items(viewer=request.user)
    context = {
        **_shared(), "form": form, "to_do": [each for each in items if each.waits],
        "others": [each for each in items if not each.waits],
    }  # fmt: skip
    return render(request, "assessment/scores.html", context)


@require_safe
@require("score.enter")
def score(request: SignedIn, item_id: int) -> HttpResponse:
    """One item, and the form for who has not scored it."""
    return _page(request, _item(request, item_id), Score())


@require_POST
@require("score.enter")
def give_score(request: SignedIn, item_id: int) -> HttpResponse:
    """Keep a score; with the second one both become evidence."""
    item, form = _item(request, item_id), Score(request.POST)
    if not form.is_valid():
        return _page(request, item, form)
    try:
        services.give_score(by=request.user, item_id=item_id, **form.cleaned_data)
    except ValueError:
        messages.error(request, _("You have scored this item, or nothing is left to score."))
    else:
        messages.success(request, _("Your score is kept."))
    return redirect("assessment:scores")


def _item(request: SignedIn, item_id: int) -> Coded:
    for each in queries.coded_items(viewer=request.user):
        if each.id == item_id:
            return each
    raise Http404


def _page(request: SignedIn, item: Coded, form: Form) -> HttpResponse:
    return render(request, "assessment/score.html", {**_shared(), "coded": item, "form": form})


def _shared() -> dict[str, object]:
    framework, _mission = pages.here(Instance.here())
    names = place_names(Instance.here().places, pages.language())
    known = {each.category: each for each in schemes(framework)}
    return {"framework": framework, "schemes": known, "place_names": names, "section": "evidence"}


def _opening(request: SignedIn) -> ItemToScore:
    """The form with the rubrics and places in the reader's language."""
    instance, language = Instance.here(), pages.language()
    framework, mission = pages.here(instance)
    rubrics = [
        (each.category, framework.text(each.benchmark, f"labels.{each.indicator}", language)[0])
        for each in schemes(framework)
    ]
    areas = areas_of(instance.places)
    country = Locator(areas).country_code(mission.country)
    inside = sorted((name, code) for code, name in areas.names(language).items() if areas.level_of(code) == 1)
    places = [(country, _("The whole country")), *((code, name) for name, code in inside)]
    return ItemToScore(request.POST if request.method == "POST" else None, categories=rubrics, areas=places)
