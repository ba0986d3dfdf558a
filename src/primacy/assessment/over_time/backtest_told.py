"""A backtest for the terminal, for scripts and for spreadsheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from primacy.assessment.over_time.backtesting import REAL, Month
from primacy.assessment.over_time.reversals import KINDS, Lead, Record, records
from primacy.evidence.errors import BadInput
from primacy.framework import Framework
from primacy.ui.csv_cells import csv_line

LETTERS = {
    "met": "M", "progressing": "p", "no clear change": "~", "not met": "N", "reversed": "R",
    "insufficient evidence": "?", "not yet applicable": "-", "not applicable": ".",
}  # fmt: skip
UNJUDGED = {"insufficient evidence", "not yet applicable", "not applicable"}
COLUMNS = ("as_of", "known", "knowledge", "benchmark", "status", "reason", "probability", "flags")
Tree = dict[str, Any]


def check_only(only: Sequence[str], framework: Framework) -> None:
    """Raises BadInput for what is no benchmark."""
    wrong = [each for each in only if each not in framework.benchmarks]
    if wrong:
        raise BadInput(f"{', '.join(wrong)}: no such benchmark", "", "`primacy framework show` lists them")


@dataclass(frozen=True)
class Told:
    months: Sequence[Month]
    knowledge: str
    every: str
    events: Mapping[str, date]

    @property
    def hindsight(self) -> bool:
        return self.knowledge != REAL

    @cached_property
    def records(self) -> list[Record]:
        return records(self.months, self.events)

    def as_tree(self) -> Tree:
        return {
            "backtest": {
                "from": self.months[0].as_of.isoformat(), "to": self.months[-1].as_of.isoformat(), "every": self.every,
                "knowledge": self.knowledge, "with_hindsight": self.hindsight,
                "events": {name: day.isoformat() for name, day in self.events.items()},
            },
            "months": [
                {"as_of": each.as_of.isoformat(), "known": each.known.isoformat().replace("+00:00", "Z")}
                for each in self.months
            ],
            "benchmarks": [_tree(each) for each in self.records],
        }  # fmt: skip

    def csv(self) -> str:
        """One line for each month and benchmark."""
        lines = [csv_line(COLUMNS)]
        for month in self.months:
            for id, each in month.standings.items():
                chance = "" if each.probability is None else f"{each.probability:.3f}"
                known = month.known.isoformat().replace("+00:00", "Z")
                lines.append(
                    csv_line([month.as_of.isoformat(), known, self.knowledge, id, each.status, each.reason or "",
                              chance, "; ".join(each.flags)])
                )  # fmt: skip
        return "".join(lines)

    def lines(self) -> Iterator[str]:
        """Statuses as letters, a space between years; below, what was called and how soon."""
        if self.hindsight:
            yield f"WITH HINDSIGHT ({self.knowledge}): today's releases, as if known then."
        yield "  ".join(f"{letter} {status}" for status, letter in LETTERS.items())
        yield f"{'':<7}{self._years()}  flips  reversed  signs  false a year"
        for each in self._told:
            counted = [sum(call.kind == kind for call in each.calls) for kind in KINDS]
            strip = self._spaced([LETTERS[standing.status] for standing in each.standings])
            yield f"{each.benchmark:<7}{strip}  {each.flips:>5}  {counted[0]:>8}  {counted[1]:>5}  {_rates(each)}"
        quiet = [each.benchmark for each in self.records if each not in self._told]
        if quiet:
            yield f"Never judged for want of evidence, or not due: {', '.join(quiet)}"
        yield from self._leads()

    @property
    def _told(self) -> list[Record]:
        """Benchmarks that were judged in some month."""
        return [each for each in self.records if {standing.status for standing in each.standings} - UNJUDGED]

    def _spaced(self, marks: Sequence[str]) -> str:
        found, year = "", self.months[0].as_of.year
        for month, mark in zip(self.months, marks, strict=True):
            found += ("" if month.as_of.year == year else " ") + mark
            year = month.as_of.year
        return found

    def _years(self) -> str:
        """The years above their months, as far as there is room."""
        years = [month.as_of.year for month in self.months]
        return " ".join(f"{year:<{years.count(year)}}"[: years.count(year)] for year in dict.fromkeys(years))

    def _leads(self) -> Iterator[str]:
        told = [(each.benchmark, lead) for each in self.records for lead in each.leads if lead.call is not None]
        if self.events and not told:
            yield f"No reversal was called within two years of {', '.join(sorted(self.events))}."
        for benchmark, lead in told:
            yield f"{benchmark:<7}{lead.event} ({lead.day}): {_called(lead)}"


def _called(lead: Lead) -> str:
    """How and when it was called, before or after its event."""
    if lead.call is None or lead.months is None:
        return "not called"
    how = "reversed" if lead.call.kind == "status" else "sign, unconfirmed"
    when = f"{abs(lead.months)} months {'before' if lead.months > 0 else 'after'}" if lead.months else "the same month"
    return f"{how} in {lead.call.as_of:%Y-%m}, {when}"


def _rates(record: Record) -> str:
    rates = [record.false_a_year[kind] for kind in KINDS]
    return " / ".join("-" if each is None else f"{each:g}" for each in rates)


def _tree(record: Record) -> Tree:
    return {
        "benchmark": record.benchmark,
        "statuses": [each.status for each in record.standings],
        "probabilities": [each.probability for each in record.standings],
        "flips": record.flips,
        "calls": [{"as_of": e.as_of.isoformat(), "kind": e.kind, "false": e.false} for e in record.calls],
        "false_reversals_a_year": record.false_a_year["status"],
        "false_signs_a_year": record.false_a_year["sign"],
        "events": [
            {"event": e.event, "date": e.day.isoformat(), "months_before": e.months,
             "called": None if e.call is None else e.call.as_of.isoformat(),
             "kind": None if e.call is None else e.call.kind}
            for e in record.leads
        ],
    }  # fmt: skip
