"""The framework as a handbook: its contents, each chapter, and the whole of it on one page to print.

Whoever can sign in may read all of it.
"""

from collections import OrderedDict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from primacy.assessment.pages import language
from primacy.assessment.told import handbook as book
from primacy.assessment.told.glossary import glossary
from primacy.evidence.shown.lately import kept_lately
from primacy.framework import Framework, Instance, load
from primacy.framework.queries import today

MOST_KEPT = 50  # chapters: of the three languages, and of a framework that was just changed
_KEPT: OrderedDict[tuple[int, str, str], tuple[Framework, dict[str, Any]]] = (
    OrderedDict()
)  # each holds what its id names


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """What it holds: each chapter is a page of its own."""
    return _shown(request, "assessment/handbook.html", _framework())


@require_safe
def chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    """One output with what belongs to it, or one of the lists at the end."""
    framework = _framework()
    listed = book.listed(framework, language())
    place = next((n for n, each in enumerate(listed) if each.id == chapter), None)
    if place is None:
        raise Http404
    around = {
        "number": place + 1, "listed": listed[place], "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place + 1 < len(listed) else None,
    }  # fmt: skip
    return _shown(request, "assessment/handbook_chapter.html", framework, **around, **_written(framework, chapter))


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """All chapters on one page, to read offline and to print."""
    framework = _framework()
    listed = book.listed(framework, language())
    chapters = [(each, _written(framework, each.id)) for each in listed]
    return _shown(request, "assessment/handbook_whole.html", framework, chapters=chapters)


def _framework() -> Framework:
    return load(Instance.here().overlay, today())


def _shown(request: HttpRequest, template: str, framework: Framework, **more: object) -> HttpResponse:
    context = {"framework": framework, "section": "framework", "contents": book.listed(framework, language())}
    return render(request, template, context | more)


def _written(framework: Framework, chapter: str) -> dict[str, Any]:
    """The content of a chapter under the name by which the template knows what it is; put together once."""
    key = id(framework), language(), chapter
    return kept_lately(_KEPT, key, MOST_KEPT, lambda: (framework, _put_together(framework, chapter)))[1]


def _put_together(framework: Framework, chapter: str) -> dict[str, Any]:
    match chapter:
        case "components":
            return {"components": book.components(framework, language())}
        case "published":
            return {"published": book.published(framework, language())}
        case "glossary":
            return {"glossary": glossary(framework, language())}
    return {"chapter": book.chapter(framework, chapter, language())}
