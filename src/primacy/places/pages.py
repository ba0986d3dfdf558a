"""Places: the areas of the mission's country with their editions and changes, and names to decide on."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.framework.instance import Instance
from primacy.places import services
from primacy.places.areas import FILE, Areas
from primacy.places.at_hand import areas_of
from primacy.places.decisions import NONE, Decision, Waiting, decisions, waiting
from primacy.places.editions import UNSAID, read_editions
from primacy.places.overlap import Change
from primacy.places.overlap import changes as changes_between

SECTION = "places"
CANDIDATES = 5
SHOWN_NAMES = 100
SHOWN_DECISIONS = 100
LIKELY = 0.8  # likeness from which the best candidate is chosen beforehand, for a person to look at


@require_safe
@require("place.read")
def places(request: SignedIn) -> HttpResponse:
    """The tree of areas, their map, the editions of boundaries, and what changed from one to the next."""
    folder, language = Instance.here().places, get_language() or "en"
    areas = areas_of(folder)
    context = {
        "section": SECTION, "areas": areas, "tree": _tree(areas, areas.country, language) if areas.country else None,
        "levels": [(level, len(areas.level(level))) for level in areas.levels], "disputed": areas.disputed(),
        "editions": _editions(folder, _state(folder)), "changes": _changes(folder, _state(folder)),
        "waiting": len(waiting(folder)),
    }  # fmt: skip
    return render(request, "places/places.html", context)


def _tree(areas: Areas, code: str, language: str) -> dict[str, Any]:
    """An area with all in it, by name."""
    area = areas.area(code)
    children = [_tree(areas, child, language) for child in areas.children(code)]
    own = areas.name(code, language)
    others = [name for name in dict.fromkeys(area.names.values()) if name != own] if area else []
    return {
        "code": code, "name": own, "others": others, "people": areas.population(code),
        "disputed": area.disputed if area else "", "children": sorted(children, key=lambda each: each["name"]),
    }  # fmt: skip


def _state(folder: Path) -> int:
    file = folder / FILE
    return file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=2)
def _editions(folder: Path, _state: int) -> list[tuple[int, Any, int]]:
    """(level, first day or None where its file does not say, areas), the newest first."""
    found = [
        (level, None if day == UNSAID else day, len(areas)) for (level, day), areas in read_editions(folder).items()
    ]
    return sorted(found, key=lambda each: (each[0], str(each[1] or "")), reverse=True)


@lru_cache(maxsize=2)
def _changes(folder: Path, _state: int) -> list[tuple[int, Any, Any, list[Change]]]:
    """(level, first day of the edition before and of the one after, what became of its areas); overlaying takes its
    time, so it is done once for a state of the boundaries."""
    editions = read_editions(folder)
    keys = sorted(editions)
    pairs = [(one, other) for one, other in pairwise(keys) if one[0] == other[0]]
    return [
        (one[0], None if one[1] == UNSAID else one[1], other[1], changes_between(editions[one], editions[other]))
        for one, other in pairs
    ]


@require_http_methods(["GET", "POST"])
@require("place.decide")
def review(request: SignedIn) -> HttpResponse:
    """Names that imports could not place for sure, with the areas they may mean; a decision is remembered and counts
    from the next import on."""
    folder = Instance.here().places
    areas, listed = areas_of(folder), waiting(folder)
    if request.method == "POST":
        return _decide(request, folder, areas, listed)
    language = get_language() or "en"
    asked = [(each, _candidates(each, areas, language)) for each in listed[:SHOWN_NAMES]]
    context = {
        "section": SECTION, "asked": asked, "more": max(0, len(listed) - SHOWN_NAMES), "none": NONE,
        "decided": [(each, _meaning(each, areas, language)) for each in decisions(folder)[::-1][:SHOWN_DECISIONS]],
        "all_areas": sorted(areas.names(language).items(), key=lambda each: each[1]),
    }  # fmt: skip
    return render(request, "places/review.html", context)


def _candidates(name: Waiting, areas: Areas, language: str) -> list[tuple[str, str, str, int, bool]]:
    """(code, name, the area around it, likeness in hundredths, whether it is chosen beforehand)."""
    ranked = areas.candidates(name.written)[:CANDIDATES]
    return [
        (code, areas.name(code, language), areas.name(areas.parent(code) or "", language), round(100 * score),
         place == 0 and score >= LIKELY)
        for place, (code, score) in enumerate(ranked)
    ]  # fmt: skip


def _meaning(decision: Decision, areas: Areas, language: str) -> str:
    return _("no area of this country") if decision.code == NONE else areas.name(decision.code, language)


def _decide(request: SignedIn, folder: Path, areas: Areas, listed: list[Waiting]) -> HttpResponse:
    """Keep what was chosen; a name without a choice waits on. Each choice comes with the name that it is on, so that
    a list that grew meanwhile mixes nothing up."""
    known = {each.written for each in listed} | {each.written for each in decisions(folder)}
    choices = _choices(request.POST, areas, known)
    if choices:
        services.decide_names(by=request.user, folder=folder, choices=choices)
        said = ngettext(
            "%(count)s decision is kept. It counts from the next import on, also of the same file.",
            "%(count)s decisions are kept. They count from the next import on, also of the same files.", len(choices),
        ) % {"count": len(choices)}  # fmt: skip
        messages.success(request, said)
    else:
        messages.warning(request, _("Nothing was chosen, so nothing changed."))
    return redirect("places:review")


def _choices(posted: Mapping[str, Any], areas: Areas, known: set[str]) -> list[tuple[str, str]]:
    found = []
    for field, written in posted.items():
        number = field.removeprefix("name-")
        code = str(posted.get(f"other-{number}", "")).strip() or str(posted.get(f"means-{number}", ""))
        if field.startswith("name-") and written in known and (code in areas or code == NONE):
            found.append((str(written), code))
    return found
