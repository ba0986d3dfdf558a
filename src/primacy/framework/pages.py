"""The framework in force, to read: outputs, benchmarks, rules, thresholds, and what the mission changed.

Whoever can sign in may read all of it, so these pages ask for no right beyond that.
"""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from primacy.framework import Framework, Instance, load, read_mission
from primacy.framework.entries import Activity, Benchmark, Entry, Measured, Risk, Threshold, TradeOff
from primacy.framework.loading import to_come
from primacy.framework.overlay import FieldChange
from primacy.framework.queries import today
from primacy.framework.reading_numbers import asked_of

HORIZONS = ("short", "medium", "long")


def _context(framework: Framework, **more: object) -> dict[str, object]:
    return {"framework": framework, "section": "framework", **more}


@require_GET
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


@require_GET
def thresholds(request: HttpRequest) -> HttpResponse:
    """Every number of every rule: a default, confirmed, or published by somebody; and the register of the published."""
    framework = load(Instance.here().overlay, today())
    rows = [(each, _thresholds(framework, each)) for each in framework.measured if each.thresholds]
    unconfirmed = sum(not confirmed for _each, listed in rows for *_rest, confirmed in listed)
    context = _context(framework, rows=rows, unconfirmed=unconfirmed, published=framework.published.values())
    return render(request, "framework/thresholds.html", context)


@require_GET
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


@require_GET
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
        thresholds=_thresholds(framework, found) if isinstance(found, Measured) else [],
        lost_when=found.reversal if isinstance(found, Benchmark) else [],
    )
    return render(request, f"framework/{TEMPLATES[type(found)]}.html", context)


def _thresholds(framework: Framework, benchmark: Measured) -> list[tuple[str, Threshold, tuple[str, ...], bool, bool]]:
    """(name, threshold, indicators that it is asked of, published, confirmed) of each number of the rule."""
    indicators = asked_of(benchmark)
    return [
        (name, each, indicators[name], framework.is_published(each), framework.is_confirmed(each))
        for name, each in benchmark.thresholds.items()
    ]
