"""A rule as a sentence: the same tree, in words."""

from collections.abc import Mapping
from typing import Any

from primacy.assessment.finding import Phrase
from primacy.framework.entries import Measured
from primacy.framework.grammar import Each, Rule
from primacy.framework.values import Span, awaited, comparison, day_named, k_of_n_span, number

DOWN = "rule.shifts.down"
"""A difference that may not go below what it was by more than so much."""


def rule_phrase(benchmark: Measured, rule: Rule) -> Phrase:
    """The whole node: prerequisites, `each`, head, vetoes."""
    phrase = _head(benchmark, rule)
    phrase = each_phrase(benchmark, rule, phrase)
    if rule.veto:
        vetoes = [rule_phrase(benchmark, veto) for veto in rule.veto]
        phrase = Phrase("rule.veto", {"rule": phrase, "vetoes": vetoes})
    if rule.after:
        phrase = Phrase("rule.after", {"rule": phrase, "names": [after_phrase(name) for name in rule.after]})
    return phrase


def each_phrase(benchmark: Measured, rule: Rule, inside: Phrase) -> Phrase:
    """For how many areas, actors or groups a rule must hold; the rule alone where it has no `each`."""
    if rule.each is None:
        return inside
    asked = rule.each.at_least
    values: dict[str, Any] = {"rule": inside, "at_least": "all" if asked == "all" else _number(benchmark, asked)}
    if rule.each.group is not None:
        values["group"] = rule.each.group
    return Phrase(f"rule.each.{rule.each.dimension}.{_how_many(benchmark, rule.each)}", values)


def _how_many(benchmark: Measured, each: Each) -> str:
    """Whether all, so many, such a share of them, or where such a share of the people live."""
    if each.at_least == "all":
        return "all"
    return "people" if each.weight == "population" else "some" if counts_whole(benchmark, each.at_least) else "share"


def counts_whole(entry: Measured, given: Any) -> bool:
    """Whether a number of elements is a count: a share is written with % or as a fraction, a whole number counts."""
    if isinstance(given, str) and given in entry.thresholds:
        given = entry.thresholds[given].value
    return isinstance(given, int) or (isinstance(given, str) and given.strip().isdigit())


def leaf_phrase(benchmark: Measured, rule: Rule) -> Phrase:
    """A node without what stands around it: no `each`, vetoes or prerequisites."""
    return _head(benchmark, rule)


def after_phrase(name: str) -> Phrase:
    """What is waited for: an event, or a benchmark as it stands now or stood at an event."""
    subject, event = awaited(name)
    if event:
        return Phrase("after.benchmark-at", {"name": subject, "event": event})
    return Phrase("after.benchmark" if "." in subject else "after.event", {"name": subject})


def _head(benchmark: Measured, rule: Rule) -> Phrase:
    inside = [rule_phrase(benchmark, child) for child in rule.children]
    match rule.head:
        case "all" | "any":
            return inside[0] if len(inside) == 1 else Phrase(f"rule.{rule.head}", {"parts": inside})
        case "k_of":
            return Phrase("rule.k_of", {"k": rule.call.k, "n": len(inside), "parts": inside})
        case "not":
            if inside[0].key == DOWN:
                return Phrase(f"rule.not.{DOWN.removeprefix('rule.')}", inside[0].values)
            return Phrase("rule.not", {"rule": inside[0]})
        case "sustained":
            if rule.call.for_ is not None:
                return Phrase("rule.sustained", {"rule": inside[0], "span": str(rule.call.for_)})
            needed, span = k_of_n_span(rule.call.in_)
            return Phrase("rule.sustained_in", {"rule": inside[0], "needed": needed, "span": str(span)})
    if rule.head == "sequence":
        return _sequence(benchmark, rule)
    values = _values(benchmark, rule)
    falls = rule.head == "shifts" and (_number(benchmark, rule.call.by) or 0) < 0
    return Phrase(DOWN if falls else f"rule.{rule.head}", values)


def _sequence(benchmark: Measured, rule: Rule) -> Phrase:
    """The step that is asked for, and, where order counts, those that must not come later or earlier."""
    call, values = rule.call, _values(benchmark, rule)
    place = call.steps.index(call.reached)
    before, after = call.steps[:place], call.steps[place + 1 :]
    if not call.in_order or not (before or after):
        return Phrase("rule.sequence", values)
    key = "rule.sequence.between" if before and after else "rule.sequence.after" if before else "rule.sequence.before"
    return Phrase(key, {**values, "earlier": before, "later": after})


def _values(benchmark: Measured, rule: Rule) -> dict[str, Any]:
    """What fills the template of a verb: its label, its numbers, its bound as a phrase of its own."""
    call: Mapping[str, Any] = {name: getattr(rule.call, name) for name in type(rule.call).model_fields}
    values: dict[str, Any] = {"label": f"{benchmark.id}/{rule.call.indicator}"}
    for name, value in call.items():
        if value is None or name == "indicator":
            continue
        if name in ("at_least", "at_most", "more_than") and rule.head in ("reaches", "share", "believes", "scored"):
            shape = shape_of(benchmark, value)
            values["bound"] = Phrase(f"bound.{shape}.{name}", {"threshold": _number(benchmark, value)})
        elif name in ("between", "band") and rule.head == "reaches":
            values["bound"] = _range(benchmark, name, value)
        elif name == "by" and rule.head == "shifts":
            values["amount"] = amount(benchmark, value, signed=False)
        elif name in ("by", "at_least", "at_most", "min") and rule.head != "sequence":
            values["threshold" if name in ("at_least", "at_most") else {"min": "count"}.get(name, name)] = _number(
                benchmark, value
            )
        elif name == "against":
            values["against"] = _period(value)
        elif isinstance(value, Span):
            values["window"] = str(value)
        elif name == "reached":
            values["step"] = value
        elif name == "pass_":
            test = comparison(value.get("value", ">= 1"))
            values["condition"] = Phrase(
                f"condition.{_SIGNS[test.sign]}", {"threshold": _number(benchmark, test.right)}
            )
        elif name == "weight":
            values["whole"] = Phrase(f"covers.{'population' if value == 'population' else 'areas'}")
    if rule.head == "gap":
        values["between"] = call["between"] if isinstance(call["between"], str) else ", ".join(call["between"])
    return values


def _period(against: str) -> Phrase:
    if against in ("baseline", "previous"):
        return Phrase(f"period.{against}")
    return Phrase("period.date", {"day": against}) if day_named(against) else Phrase("period.event", {"event": against})


def amount(benchmark: Measured, value: Any, *, signed: bool = True) -> Phrase:
    """A difference: of shares in percentage points, of anything else as a number; not `signed`, however it goes."""
    by = _number(benchmark, value)
    return Phrase(f"amount.{shape_of(benchmark, value)}", {"by": by if signed or by is None else abs(by)})


_SIGNS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "==": "equal"}


def shape_of(benchmark: Measured, value: Any) -> str:
    """Whether a number is told as a share or as a plain number: as its threshold is written, `60 %` or `0.6`."""
    if isinstance(value, dict):
        return shape_of(benchmark, value["else"])
    if isinstance(value, tuple | list):
        return shape_of(benchmark, value[0])
    written = benchmark.thresholds[value].value if value in benchmark.thresholds else value
    return "share" if isinstance(written, str) and "%" in written else "number"


def _range(benchmark: Measured, name: str, value: Any) -> Phrase:
    shape = shape_of(benchmark, value)
    if name == "band":
        return Phrase(f"bound.{shape}.at_least", {"threshold": _number(benchmark, value)})
    lower, upper = (_number(benchmark, each) for each in value)
    return Phrase(f"bound.{shape}.between", {"lower": lower, "upper": upper})


def _number(benchmark: Measured, name: Any) -> float | None:
    """The number that a threshold stands for; of `{from, else}` the one to fall back on."""
    if isinstance(name, dict):
        return _number(benchmark, name["else"])
    if isinstance(name, str) and name in benchmark.thresholds:
        return benchmark.thresholds[name].number
    try:
        return number(name)
    except ValueError:
        return None
