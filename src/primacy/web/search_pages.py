"""The one search page: everything that its reader may see, by kind."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.records.queries.search import alike
from primacy.records.search_terms import LONGEST_QUERY
from primacy.web.search import Kind, Question, kinds, suggestions

FEW, ROWS = 5, 25
SUGGESTED, FEWEST_LETTERS = 8, 3


def _question(request: SignedIn) -> Question:
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    return Question(request.user, query, (get_language() or "en").split("-")[0])


@require_safe
@require("search.read")
def search(request: SignedIn) -> HttpResponse:
    """A few of each kind, or all of one kind page by page; without a query what can be looked for."""
    question, wanted = _question(request), request.GET.get("kind", "")
    found = kinds(question) if question.query else []
    chosen = next((each for each in found if each.key == wanted), None)
    page = _page(request.GET.get("page"), chosen)
    some = slice((page - 1) * ROWS, page * ROWS) if chosen else slice(0, FEW)
    results = [(each, each.hits(some)) for each in ([chosen] if chosen else found)]
    context = {
        "section": "search", "query": question.query, "kinds": found, "chosen": chosen, "results": results,
        "page": page,
        "total": sum(each.count for each in found), "more": any(each.more for each in found),
        "last": chosen is None or page * ROWS >= chosen.count, "few": FEW,
        "alike": [] if any(each.records for each in found) else alike(viewer=request.user, query=question.query),
    }  # fmt: skip
    return render(request, "web/search.html", context)


def _page(text: str | None, chosen: Kind | None) -> int:
    asked = int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(asked, 1), (chosen.count + ROWS - 1) // ROWS) if chosen else 1


@require_safe
@require("search.read")
def suggest(request: SignedIn) -> HttpResponse:
    """Titles that go on as what was typed, for the list under the box."""
    question = _question(request)
    told = suggestions(question, SUGGESTED) if len(question.query) >= FEWEST_LETTERS else []
    return render(request, "web/_suggestions.html", {"suggestions": told})
