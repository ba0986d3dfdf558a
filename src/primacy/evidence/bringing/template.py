"""A table to fill in by hand: columns, allowed values, and an example line for each benchmark that asks for it."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from primacy.evidence.errors import BadInput
from primacy.evidence.kinds import KINDS, Kind
from primacy.framework.grammar import Indicator
from primacy.framework.in_force import Framework
from primacy.framework.saying import said

COLUMNS = (
    "kind", "item", "date", "until", "area", "actor", "target", "category", "group", "stratum", "wave", "measure",
    "unit", "value", "low", "high", "se", "n", "grade", "source", "origin", "confidentiality", "note", "known",
)  # fmt: skip


@dataclass(frozen=True)
class ExampleRow:
    """What one indicator of a benchmark needs: a line of the table without date and value."""

    benchmark: str
    indicator: str
    label: str = ""
    measure: str = ""
    item: str = ""
    area: str = ""
    actor: str = ""
    target: str = ""
    category: str = ""
    group: str = ""
    stratum: str = ""
    wave: str = ""


def template(kind: str, examples: Sequence[ExampleRow] = ()) -> str:
    """CSV text for one kind. Its lines have no value, so that an untouched template imports nothing."""
    if kind not in KINDS:
        raise BadInput(said("evidence/no-kind", kind=kind), "", said("evidence/do.kinds", names=tuple(KINDS)))
    known = KINDS[kind]
    text = io.StringIO()
    for line in _comments(known):
        text.write(f"# {line}\n")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(known, each) for each in (examples or [ExampleRow("", "")]))
    return text.getvalue()


def _comments(kind: Kind) -> list[str]:
    lines = [
        f"{kind.name}: {kind.about} ({_SUMMED[kind.nature]})",
        "Fill in date and value, one line for each thing; add lines as needed. Lines without a value are not imported.",
        "Lines that begin with # are remarks. A file imported again under the same name replaces what it covers.",
        "producer: <who says so>",
        "source type: producer",
        f"coverage: <{kind.name}; AREA, AREA; 2024-01-01 to 2024-12-31; complete>",
        "Complete coverage means that what is not listed did not happen. Leave it out unless that is true.",
        "date and until: 2024-12-31. area: P-code or name. group: sex=f, age=15-29 and the like, joined by a semicolon",
        "measure: " + ", ".join(f"{name} ({unit})" for name, unit in kind.measures.items() if name not in kind.deeds),
    ]
    for key, stages in kind.stages.items():
        numbered = ", ".join(f"{number} {name}" for number, name in enumerate(stages, 1))
        of = f"measure {key}" if key in kind.measures else f"category {key}"
        lines.append(f"value of {of}: a number or a name: {numbered}")
    lines += [f"{name}: a whole number from 0 to {most}" for name, most in kind.scores.items()]
    if "share" in kind.measures.values():
        lines.append("a share: 0.45 or 45 %")
    if kind.deeds:
        lines.append(f"never in a table: {', '.join(kind.deeds)}. A person does that on the page of the sign")
    if "expected" in kind.measures:
        lines.append("expected = 1 puts an item on the list of those that ought to exist")
    if kind.nature == "estimate":
        lines += _OF_AN_ESTIMATE
    if kind.nature == "estimate" or kind.scores:
        lines.append(_OF_A_ROUND)
    lines.append("grade: reliability A to F and credibility 1 to 6, such as B2; empty if not graded")
    lines.append("confidentiality: 0 unclassified, 1 internal, 2 confidential, 3 strictly confidential. Never a name")
    lines.append("longitude and latitude, as columns of their own, may stand in place of area")
    lines.append("known: the day on which a register entered the line, such as 2024-12-31; may stay empty")
    return lines


_SUMMED = {
    "event": "an event: counted over time",
    "effort": "effort: how hard somebody looked, counted over time",
    "state": "a state: the last line of each item counts",
    "estimate": "an estimate: the latest counts, with its error",
}

_OF_AN_ESTIMATE = (
    "se: the standard error of the value, by which it is judged; n: how many were asked, divided by the design effect",
    "low and high: the bounds between which the value lies; they are kept, and no rule asks for them",
    "stratum: the part of the country or of the people that was drawn by itself; empty if all of it",
)
_OF_A_ROUND = "wave: the name of the round, such as 2024 or after the vote; the same in each line of a round"


def _row(kind: Kind, example: ExampleRow) -> dict[str, str]:
    measure = example.measure or next(iter(kind.measures))
    unit = kind.measures.get(measure, "")
    why = " ".join(each for each in (example.benchmark, example.label or example.indicator) if each)
    return {
        "kind": kind.name, "item": example.item, "area": example.area, "actor": example.actor, "target": example.target,
        "category": example.category, "group": example.group, "stratum": example.stratum, "wave": example.wave,
        "measure": measure,
        "unit": "" if unit == "currency" else unit, "note": f"example: {why}" if why else "",
    }  # fmt: skip


def examples(framework: Framework, kind: str, present: Collection[tuple[str, str]]) -> list[ExampleRow]:
    """One example for each indicator that reads `kind` and has no evidence yet.

    present   (measure, category) pairs of the kind for which there are data points
    """
    found: dict[tuple[str, ...], ExampleRow] = {}
    for benchmark in framework.benchmarks.values():
        for name, indicator in benchmark.indicators.items():
            if indicator.kind != kind:
                continue
            row = _example(benchmark.id, name, indicator)
            if not _is_there(row, present):
                found.setdefault((benchmark.id, row.measure, row.item, row.target, row.category, row.group), row)
    return list(found.values())


def _example(benchmark: str, name: str, indicator: Indicator) -> ExampleRow:
    conditions = {**indicator.where, **({"group": indicator.pass_["group"]} if "group" in indicator.pass_ else {})}
    stated = {column: _first(conditions.get(column)) for column in _COPIED}
    passed = _first(indicator.pass_.get("measure")) or ("stage" if "stage" in indicator.pass_ else "")
    measure = indicator.measure or passed
    return ExampleRow(benchmark, name, indicator.label or name.replace("-", " "), measure, **stated)


_COPIED = ("item", "actor", "target", "category", "group", "stratum", "wave")


def _first(value: object) -> str:
    """The first plain value of a filter; nothing of references and negations."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) and not value.startswith("mission.") else ""


def _is_there(row: ExampleRow, present: Collection[tuple[str, str]]) -> bool:
    return any(
        (not row.measure or measure == row.measure)
        and (not row.category or category == row.category or category.startswith(f"{row.category}/"))
        for measure, category in present
    )
