"""The framework as one document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from primacy.assessment.told import handbook as book
from primacy.assessment.told.glossary import glossary
from primacy.framework import Instance, load
from primacy.framework.languages import words
from primacy.framework.queries import today


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """The whole framework as one document to read and print; whoever can sign in may read it."""
    framework = load(Instance.here().overlay, today())
    language = get_language() or "en"
    context = {
        "framework": framework, "section": "framework", "chapters": list(book.chapters(framework, language)),
        "published": book.published(framework, language), "components": book.components(framework, language),
        "components_heading": words(language, "handbook")["components"],
        "glossary": glossary(framework, language),
    }  # fmt: skip
    return render(request, "assessment/handbook.html", context)
