"""The framework in force, to read: outputs, benchmarks, rules, thresholds, and what the mission changed.

Whoever can sign in may read all of it, so these pages ask for no right beyond that.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from primacy.framework import Framework, Instance, load
from primacy.framework.entries import Benchmark, Threshold

HORIZONS = ("short", "medium", "long")


def _context(framework: Framework, **more: object) -> dict[str, object]:
    return {"framework": framework, "section": "framework", **more}


@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """All outputs with their benchmarks by horizon."""
    framework = load(Instance.here().overlay, timezone.localdate())
    outputs = [
        (output, [(horizon, framework.of_output(output.id, horizon)) for horizon in HORIZONS])
        for output in framework.outputs
    ]
    return render(request, "framework/browse.html", _context(framework, outputs=outputs))


@require_GET
def thresholds(request: HttpRequest) -> HttpResponse:
    """Every number of every rule: a default, confirmed, or published by somebody; and the register of the published."""
    framework = load(Instance.here().overlay, timezone.localdate())
    rows = [(each, _thresholds(framework, each)) for each in framework.benchmarks.values() if each.thresholds]
    unconfirmed = sum(not confirmed for _each, listed in rows for *_rest, confirmed in listed)
    context = _context(framework, rows=rows, unconfirmed=unconfirmed, published=framework.published.values())
    return render(request, "framework/thresholds.html", context)


@require_GET
def benchmark(request: HttpRequest, benchmark_id: str) -> HttpResponse:
    """One benchmark as it is defined, whatever its finding."""
    framework = load(Instance.here().overlay, timezone.localdate())
    if benchmark_id not in framework.benchmarks:
        raise Http404
    found = framework.benchmarks[benchmark_id]
    context = _context(
        framework,
        benchmark=found,
        output=next(each for each in framework.outputs if each.id == found.output),
        thresholds=_thresholds(framework, found),
        signs=[each.sign for each in found.reversal if each.sign is not None],
    )
    return render(request, "framework/benchmark.html", context)


def _thresholds(framework: Framework, benchmark: Benchmark) -> list[tuple[str, Threshold, bool, bool]]:
    """(name, threshold, published, confirmed) of each number of the rule."""
    return [
        (name, each, framework.is_published(each), framework.is_confirmed(each))
        for name, each in benchmark.thresholds.items()
    ]
