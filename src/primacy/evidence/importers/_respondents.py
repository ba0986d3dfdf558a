"""The answers of a survey's respondents while estimates are made of them: codes in memory, and nothing after."""

from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.importers._repeated import Repeated
from primacy.evidence.mapped.survey_design import Design
from primacy.evidence.mapped.survey_estimates import Sample
from primacy.framework.saying import Said, said
from primacy.places.files.rows import Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Answers(NamedTuple):
    """One column: the code of each respondent's answer, and what the codes stand for."""

    code: Ints
    text: list[str]


class Respondents:
    """Those whose line can be used. What is wrong in a line is told without what it says."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._codes: dict[str, list[Ints]] = {name: [] for name in design.columns}
        self._texts: dict[str, dict[str, int]] = {name: {} for name in design.columns}
        self._numbers: dict[str, list[Floats]] = {name: [] for name in self._numeric}
        self._repeated = Repeated()
        self.count = 0

    @property
    def _numeric(self) -> list[str]:
        design = self.design
        means = [each.column or name for name, each in design.questions.items() if each.mean]
        weight = [] if design.weight == "none" else [design.weight]
        return list(dict.fromkeys([*weight, *design.units, *means]))

    def add(self, rows: Rows) -> None:
        if self.design.respondent:
            ids = rows.column(self.design.respondent).to_pylist()
            why = said("evidence/respondent-otherwise")
            self._repeated.sort_out(rows, ids, "", why)
        for name in (*self.design.strata, *self.design.clusters):
            rows.reject(np.asarray(pc.equal(rows.column(name), "")), said("places/empty", column=name))
        numbers = {name: self._read_numbers(rows, name) for name in self._numbers}
        kept = np.flatnonzero(rows.keep)
        for name, values in numbers.items():
            self._numbers[name].append(values[kept])
        for name, known in self._texts.items():
            texts = rows.column(name).to_pylist()
            codes = [known.setdefault(texts[place], len(known)) for place in kept.tolist()]
            self._codes[name].append(np.array(codes, dtype=np.int64))
        self.count += len(kept)

    def _read_numbers(self, rows: Rows, name: str) -> Floats:
        """Numbers of a column; no answer is NaN. No weight, or words where a number belongs, are faults."""
        texts = rows.column(name).to_pylist()
        missing = {"", *self.design.missing}
        values = np.array([np.nan if each in missing else _number(each) for each in texts], dtype=np.float64)
        given = np.array([each not in missing for each in texts], dtype=np.bool_)
        rows.reject(given & ~np.isfinite(values), said("places/no-number", column=name))
        if name in (self.design.weight, *self.design.units):
            rows.reject(~given, said("places/empty", column=name))
            rows.reject(values < 0, said("places/below", column=name, least=0))
        return values

    def answers(self, name: str) -> Answers:
        return Answers(np.concatenate(self._codes[name]), list(self._texts[name]))

    def numbers(self, name: str) -> Floats:
        return np.concatenate(self._numbers[name])

    def sample(self) -> Sample:
        design = self.design
        weight = None if design.weight == "none" else self.numbers(design.weight)
        if weight is None and not design.units:
            weight = np.ones(self.count)
        return Sample.drawn(
            weight, strata=[self.answers(name).code for name in design.strata],
            clusters=[self.answers(name).code for name in design.clusters],
            units=[self.numbers(name) for name in design.units], count=self.count,
        )  # fmt: skip

    @property
    def notes(self) -> list[Said]:
        told = list(self._repeated.notes)
        if self.design.weight == "none" and not self.design.units:
            why = self.design.unweighted.strip().rstrip(".")
            told.append(said("evidence/without-weights", why=why))
        return told


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return np.inf
