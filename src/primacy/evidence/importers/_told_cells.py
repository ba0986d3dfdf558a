"""From the answers of respondents to the estimates that may be told: by question, area and group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primacy.evidence.bringing.locating import Locator
from primacy.evidence.importers._columns import path_part
from primacy.evidence.importers._respondents import Respondents
from primacy.evidence.mapped.survey_design import Design, Question
from primacy.evidence.mapped.survey_estimates import Estimate, Line, hidden, mean
from primacy.evidence.store.columns import SCHEMA
from primacy.framework.saying import Said, said

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[tuple[str, str], ...]  # (what is told apart, its value), in the order of the design; empty: all
AREA = "area"
EVERYBODY = ""  # no answer is empty


@dataclass(frozen=True)
class Told:
    table: pa.Table
    notes: list[Said]


@dataclass(frozen=True)
class _Asked:
    """One figure to estimate: of whom, which value each respondent has (NaN: no answer)."""

    item: str
    category: str
    measure: str
    values: Floats


def estimates(respondents: Respondents, design: Design, locator: Locator, top: str) -> Told:
    """Rows of estimates, without the cells of few and those that would give them away."""
    marks = _marks(respondents, design, locator)
    cells = _cells(design, marks)
    sample = respondents.sample()
    rows: list[dict[str, object]] = []
    few = given_away = 0
    for asked in _asked(respondents, design):
        answered = np.isfinite(asked.values)
        inside = {cell: answered & _members(cell, marks, len(answered)) for cell in cells}
        counts = {cell: int(mask.sum()) for cell, mask in inside.items()}
        dark = hidden(counts, list(_lines(counts, marks)), design.least)
        few += sum(counts[cell] < design.least for cell in dark)
        given_away += sum(counts[cell] >= design.least for cell in dark)
        for cell in (each for each in cells if counts[each] and each not in dark):
            found = mean(sample, asked.values, inside[cell])
            rows.append(_row(asked, cell, found, design, locator, top))
    schema = pa.schema([SCHEMA.field(name) for name in rows[0]]) if rows else SCHEMA
    return Told(pa.Table.from_pylist(rows, schema=schema), _notes(few, given_away, design.least))


def _asked(respondents: Respondents, design: Design) -> Iterator[_Asked]:
    for key, question in design.questions.items():
        column = question.column or key
        item = f"{design.survey}/{key}"
        category = question.category or f"survey/{item}"
        if question.mean:
            yield _Asked(item, category, "mean", respondents.numbers(column))
            continue
        code, text = respondents.answers(column)
        given = np.array([each not in ("", *design.missing) for each in text], dtype=np.bool_)
        given_by = np.bincount(code, minlength=len(text))
        chosen_by = {each: int(given_by[n]) for n, each in enumerate(text) if given[n]}
        for name, counted in _shares(question, chosen_by, design.least):
            chosen = np.array([each in counted for each in text], dtype=np.float64)
            values = np.where(given, chosen, np.nan)[code]
            inner = f"/{name}" if name else ""
            yield _Asked(f"{item}{inner}", f"{category}{inner}", "share", values)


def _shares(question: Question, chosen_by: Mapping[str, int], least: int) -> list[tuple[str, set[str]]]:
    """(name, answers that count): one without a name, or each answer by itself but for those of few respondents."""
    if question.share:
        return [("", set(question.share))]
    counts = dict(chosen_by) | {EVERYBODY: sum(chosen_by.values())}
    dark = hidden(counts, [Line(tuple(chosen_by), EVERYBODY)], least)
    return [(path_part(each) or "answer", {each}) for each in sorted(chosen_by) if each not in dark]


def _marks(respondents: Respondents, design: Design, locator: Locator) -> Mapping[str, list[str]]:
    """For each thing that is told apart the value of every respondent, empty where there is none."""
    marks: dict[str, list[str]] = {}
    for name, group in design.groups.items():
        code, text = respondents.answers(group.column)
        told = ["" if each in ("", *design.missing) else group.values.get(each, each) for each in text]
        plain = [each.replace(";", ",").replace("=", "-") for each in told]
        marks[name] = [plain[number] for number in code.tolist()]
    if design.area and len(locator.areas):
        code, text = respondents.answers(design.area.column)
        found = [_area(design.area.names.get(each, each), locator) for each in text]
        for number, count in enumerate(np.bincount(code, minlength=len(text)).tolist()):
            _count(text[number], found[number], count, locator)
        marks[AREA] = [found[number] for number in code.tolist()]
    elif design.area:
        locator.found.without_boundaries += respondents.count
    return marks


def _area(written: str, locator: Locator) -> str:
    code = locator.meant(written) if written else ""
    return code if locator.areas.level_of(code) else ""


def _count(written: str, code: str, count: int, locator: Locator) -> None:
    if code and written == code:
        locator.found.by_code += count
    elif code and locator.areas.other_edition(written) is not None:
        locator.found.by_code += count
        locator.found.of_editions[written, code] += count
    elif code:
        locator.found.by_name[written, code] += count
    else:
        locator.found.not_found[written or "(empty)"] += count


def _cells(design: Design, marks: Mapping[str, list[str]]) -> list[Cell]:
    """All cells that may be told: everybody, and each combination of values that the design asks for."""
    values = {name: sorted(set(each) - {""}) for name, each in marks.items()}
    cells: dict[Cell, None] = {(): None}
    for names in design.told_apart:
        if all(name in values for name in names):
            for chosen in product(*(values[name] for name in names)):
                cells[tuple(zip(names, chosen, strict=True))] = None
    return list(cells)


def _members(cell: Cell, marks: Mapping[str, list[str]], count: int) -> Mask:
    inside = np.ones(count, dtype=np.bool_)
    for name, value in cell:
        inside &= np.array([each == value for each in marks[name]], dtype=np.bool_)
    return inside


def _lines(counts: Mapping[Cell, int], marks: Mapping[str, list[str]]) -> Iterator[Line[Cell]]:
    """Cells that differ in one thing add up to the cell without it, where that is told too."""
    parts: dict[tuple[Cell, tuple[str, ...]], list[Cell]] = {}
    told = {frozenset(cell): cell for cell in counts}
    for cell in counts:
        for name, value in cell:
            whole = told.get(frozenset(cell) - {(name, value)})
            if whole is not None:
                parts.setdefault((whole, (name, *(each for each, _ in cell))), []).append(cell)
    for (whole, _), cells in parts.items():
        unseen = counts[whole] - sum(counts[cell] for cell in cells)
        yield Line(tuple(cells), whole, max(0, unseen))


def _row(asked: _Asked, cell: Cell, found: Estimate, design: Design, locator: Locator, top: str) -> dict[str, object]:
    place = dict(cell).get(AREA, "")
    groups = sorted(f"{name}={value}" for name, value in cell if name != AREA)
    effect = f"design effect {found.effect:.2f}" if np.isfinite(found.effect) else ""
    return {
        "kind": "survey", "item": asked.item, "date": design.date, "until": design.until or design.date,
        "area": place or top, "level": locator.areas.level_of(place) or 0 if place else 0,
        "category": asked.category, "wave": design.wave, "group": ";".join(groups), "measure": asked.measure,
        "unit": "share" if asked.measure == "share" else "score", "value": found.value,
        "se": found.se if np.isfinite(found.se) else None, "n": float(found.n), "grade": design.grade,
        "source": design.producer, "origin": f"survey/{design.survey}", "line": None, "note": effect,
    }  # fmt: skip


def _notes(few: int, given_away: int, least: int) -> list[Said]:
    if not few:
        return []
    if not given_away:
        return [said("evidence/few-not-told", count=few, least=least)]
    return [said("evidence/few-and-others-not-told", count=few, least=least, others=given_away)]
