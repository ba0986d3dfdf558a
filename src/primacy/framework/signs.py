"""How reversal signs are named where people report them: BENCHMARK/sign, and BENCHMARK/alarm-INDICATOR of an alarm."""

from primacy.framework.entries import Benchmark
from primacy.framework.in_force import Framework


def signs_named(benchmark: Benchmark) -> dict[str, str]:
    """Each sign of a benchmark as data points name it, with the indicator of its alarm, or nothing."""
    found = {}
    for each in benchmark.reversal:
        if each.sign is not None:
            found[f"{benchmark.id}/{each.sign.id}"] = ""
        elif each.alarm is not None:
            found[f"{benchmark.id}/alarm-{each.alarm.indicator}"] = each.alarm.indicator
    return found


def all_signs(framework: Framework) -> frozenset[str]:
    """Every sign that can be reported: those of benchmarks, and what risks and trade-offs ask reports of."""
    asked = {each.report for entry in framework.watched for each in entry.signals if each.report}
    return frozenset(asked.union(*map(signs_named, framework.benchmarks.values())))
