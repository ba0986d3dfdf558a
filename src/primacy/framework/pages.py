"""The framework in force, to read: outputs, benchmarks, rules, thresholds, and what the mission changed.

Whoever can sign in may read all of it, so these pages ask for no right beyond that.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from primacy.framework import Framework, Instance, load, read_mission
from primacy.framework.entries import Activity, Benchmark, Entry, Measured, Risk, Threshold, TradeOff
from primacy.framework.forms import ThresholdsAsked
from primacy.framework.loading import to_come
from primacy.framework.overlay import FieldChange
from primacy.framework.queries import today
from primacy.framework.reading_numbers import asked_of
from primacy.framework.searching import folded, words_of

ENTRIES = 20  # on a page of thresholds, some seventy numbers
HORIZONS = ("short", "medium", "long")


def _context(framework: Framework, **more: object) -> dict[str, object]:
    return {"framework": framework, "section": "framework", **more}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """All outputs with their benchmarks by horizon."""
    framework = load(Instance.here().overlay, today())
    outputs = [
        (
            output,
            [(horizon, framework.of_output(output.id, horizon)) for horizon in HORIZONS],
            [
                (name, [each for each in collection.values() if each.output == output.id])
                for name, collection in _around(framework)
            ],
            [each for each in framework.retired.values() if each.output == output.id],
        )
        for output in framework.outputs
    ]
    return render(request, "framework/browse.html", _context(framework, outputs=outputs))


def _around(framework: Framework) -> list[tuple[str, Mapping[str, Entry]]]:
    """What stands around the benchmarks of an output."""
    return [
        (gettext("Activities"), framework.activities),
        (gettext("Risks"), framework.risks),
        (gettext("Choices"), framework.trade_offs),
    ]


class Listed(NamedTuple):
    """One number of a rule. `asked_of`: indicators that are compared with it; `own`: the mission set it."""

    name: str
    threshold: Threshold
    asked_of: tuple[str, ...]
    published: bool
    confirmed: bool
    own: bool

    @property
    def standing(self) -> str:
        """The word under which it is looked for: a key of `forms.STANDINGS`."""
        if self.published:
            return "published"
        return "own" if self.own else "confirmed" if self.confirmed else "default"


@require_safe
def thresholds(request: HttpRequest) -> HttpResponse:
    """Every number of every rule: a default, confirmed, or published by somebody; and the register of the published."""
    framework = load(Instance.here().overlay, today())
    form = ThresholdsAsked(request.GET, framework=framework)
    every = [(each, thresholds_of(framework, each)) for each in framework.measured if each.thresholds]
    asked = form.cleaned_data if form.is_valid() else {}
    found = ((each, [row for row in rows if _asked_for(framework, each, row, asked)]) for each, rows in every)
    rows = [(each, listed) for each, listed in found if listed]
    page, keep = Paginator(rows, ENTRIES).get_page(request.GET.get("page")), request.GET.copy()
    keep.pop("page", None)
    context = _context(
        framework, page=page, keep_asked=keep.urlencode(), form=form, narrowed=any(asked.values()),
        published=() if page.has_next() else framework.published.values(),
        unconfirmed=sum(not row.confirmed for _each, listed in every for row in listed),
        counted=sum(len(listed) for _each, listed in rows),
    )  # fmt: skip
    return render(request, "framework/thresholds.html", context)


def _asked_for(framework: Framework, entry: Measured, row: Listed, asked: Mapping[str, str]) -> bool:
    """Whether a number is what somebody looks for: each word stands in what is said of it or of its entry."""
    if asked.get("output") not in (None, "", entry.output) or asked.get("standing") not in (None, "", row.standing):
        return False
    words = words_of(asked.get("q", ""))
    if not words:
        return True
    paths = ["title", "short", f"units.{row.name}", *(f"labels.{each}" for each in row.asked_of)]
    told = (framework.text(entry.id, path, get_language() or "en")[0] for path in paths)
    said = folded(" ".join([entry.id, row.name, *told]))
    return all(each in said for each in words)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What the mission sets otherwise than the standard, by whom and why, and from which day it counts."""
    instance, day = Instance.here(), today()
    framework = load(instance.overlay, day)
    mission = read_mission(instance.mission_file) if instance.exists else None
    by_entry: dict[str, list[FieldChange]] = {}
    for change in framework.changes:
        by_entry.setdefault(change.entry, []).append(change)
    context = _context(framework, by_entry=by_entry, mission=mission, to_come=to_come(instance.overlay))
    return render(request, "framework/changes.html", context)


TEMPLATES = {Benchmark: "benchmark", Activity: "activity", Risk: "risk", TradeOff: "trade_off"}


@require_safe
def entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """A benchmark, activity, risk or trade-off as it is defined, whatever its finding, also one that was set aside."""
    overlay = Instance.here().overlay
    framework = load(overlay, today())
    found = framework.readable.get(entry_id)
    if found is None:
        raise Http404
    context = _context(
        framework,
        entry=found,
        changes=framework.changes_of(entry_id),
        to_come=to_come(overlay),
        output=next(each for each in framework.outputs if each.id == found.output),
        links=framework.links[entry_id],
        thresholds=thresholds_of(framework, found) if isinstance(found, Measured) else [],
        lost_when=found.reversal if isinstance(found, Benchmark) else [],
    )
    return render(request, f"framework/{TEMPLATES[type(found)]}.html", context)


def thresholds_of(framework: Framework, entry: Measured) -> list[Listed]:
    """Each number of the rule of an entry."""
    indicators = asked_of(entry)
    return [
        Listed(
            name, each, indicators[name], framework.is_published(each), framework.is_confirmed(each),
            framework.sets(entry.id, name),
        )
        for name, each in entry.thresholds.items()
    ]  # fmt: skip
