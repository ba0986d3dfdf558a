"""The mission's changes read as a document on the terminal: entry by entry, each value beside that of the standard."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from primacy.assessment.checks import favour
from primacy.assessment.told.changes_told import ToldChange, told, told_changes
from primacy.assessment.told.handbook import page
from primacy.assessment.told.handbook_lines import lines as page_lines
from primacy.assessment.told.handbook_lines import reviewing
from primacy.assessment.told.rule_outline import Outline, outline_lines
from primacy.framework import Framework, Mission
from primacy.framework.languages import words
from primacy.framework.overlay import FieldChange


def lines(
    framework: Framework, to_come: Framework, mission: Mission | None, language: str, on: date
) -> Iterator[str]:  # fmt: skip
    """Every change, then how many of each year were in the mission's own favour. `to_come`: with what does not count
    yet."""
    said = words(language, "changes")
    own = [] if mission is None else told_changes(mission, language, on)
    if framework.changes or own:
        yield from reviewing(to_come, language)
    for id, changes in groupby(framework.changes, lambda each: each.entry):
        yield from _entry(framework, to_come, id, list(changes), language)
    for each in own:
        yield f"{said['changed before'].format(each.field, each.old, each.new)} ({each.standing})"
    for year in favour.years(framework, mission):
        yield said["year"].format(year.year, year.in_favour, year.against, year.unclear, year.set_aside)


def _entry(
    framework: Framework, to_come: Framework, id: str, changes: Sequence[FieldChange], language: str
) -> Iterator[str]:  # fmt: skip
    added = next((each for each in changes if not each.field), None)
    if added is None or id not in to_come.readable:
        yield f"{id}  {to_come.text(id, 'title', language)[0]}" if id in to_come.readable else id
    else:
        first, *rest = page_lines(page(to_come, id, language, changes=False), language)
        each = told(framework, added, language, to_come)
        yield f"{first} ({words(language, 'list_comma').join((each.new, each.standing))})"
        yield from (f"  {line}" for line in rest)
    yield from _values(framework, to_come, [each for each in changes if each.field], language)


def changes_of(framework: Framework, id: str, language: str, to_come: Framework) -> Iterator[str]:
    """What the mission changed in one entry, under its heading; nothing where it changed nothing."""
    changes = framework.changes_of(id)
    if changes:
        yield str(words(language, "handbook")["changes"])
    yield from _values(framework, to_come, changes, language)


def _values(
    framework: Framework, to_come: Framework, changes: Sequence[FieldChange], language: str
) -> Iterator[str]:  # fmt: skip
    for change in changes:
        yield from (f"  {line}" for line in change_lines(told(framework, change, language, to_come), language))


def change_lines(change: ToldChange, language: str) -> Iterator[str]:
    """A value on one line beside that of the standard; two rules one below the other, part below part."""
    said = words(language, "changes")
    if not change.rules:
        yield change.line(language)
        return
    yield f"{change.field} ({change.standing})"
    for heading, rule in zip(("in the standard", "here"), change.rules, strict=True):
        yield f"  {said[heading]}"
        yield from (f"    {line}" for line in _outlined(rule))


def _outlined(rule: Sequence[Outline]) -> Iterator[str]:
    for each in rule:
        yield from outline_lines(each)
