"""Writes: a brought table is held, looked at, and made into records by the same form and services as typing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.framework.saying import told
from primacy.places.errors import BadInput
from primacy.places.files.files import sources
from primacy.places.files.opening import header_lines, open_table, text_head
from primacy.places.files.tables import TextTable
from primacy.records import queries, services
from primacy.records.declaring import RecordType
from primacy.records.forms import Typist
from primacy.records.models import OwnReference, Sheet
from primacy.records.queries.importing import KEPT_FOR, OWN, SENTENCES, Table, differs, guess, outcomes, typed
from primacy.records.reading import Outcome, of_dict
from primacy.records.retaining import tells

MOST_LINES, MOST_COLUMNS = 5_000, 100
LONGEST_CELL = 20_000
TOGETHER = 50
Progress = Callable[[float, str], None]
FORGETS = (Sheet, OwnReference)


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """Tables that wait with the words that went go too; what a component calls a record that went is forgotten."""
    for each in Sheet.objects.filter(type=type_):
        if tells(" ".join(cell for _number, cells in each.lines for cell in cells), said):
            each.delete()
    if whole:
        OwnReference.objects.filter(type=type_, record=record).delete()


def receive(*, by: User, type_: RecordType, name: str, path: Path) -> Sheet:
    """Hold the first table of a file. Raises BadInput for what cannot be read, or is too large to be looked through."""
    source = next((each for each in sources(path) if not each.hidden), None)
    if source is None:
        raise BadInput(_("The file holds no table."))
    table = open_table(source, lines=header_lines(source, text_head(source)))
    columns = [each.strip() for each in table.columns]
    if len(columns) > MOST_COLUMNS:
        raise BadInput(_("The table has more than %(n)s columns.") % {"n": MOST_COLUMNS})
    rows = _lines(table)
    lines = [each for each in islice(rows, MOST_LINES + 1) if any(cell.strip() for cell in each[1])]
    if len(lines) > MOST_LINES:
        raise BadInput(_("The table has more than %(n)s lines. Bring it in parts.") % {"n": MOST_LINES})
    if table.faults:
        first = next(iter(table.faults))
        raise BadInput(
            _("Line %(line)s: %(why)s") % {"line": first.line, "why": told(first.reason, get_language() or "en")}
        )
    Sheet.objects.filter(created__lt=timezone.now() - KEPT_FOR).delete()
    return Sheet.objects.create(
        person=by, type=type_.key, name=name[:120], columns=columns, lines=lines, means=guess(type_, columns)
    )


def _lines(table: TextTable) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table with their numbers."""
    for batch in table.batches():
        columns = list(batch.text.values())
        for place, line in enumerate(batch.line):
            yield int(line), [str(column[place].as_py() or "")[:LONGEST_CELL] for column in columns]


def set_means(sheet: Sheet, type_: RecordType, means: Sequence[str]) -> None:
    """What each column is taken for; a field that is named twice counts the first time, an unknown one not at all."""
    able = {*(each.name for each in queries.fields_of(type_)), *OWN}
    found: list[str] = []
    for each in means[: len(sheet.columns)]:
        found.append(each if each in able and each not in found else "")
    sheet.means = [*found, *[""] * (len(sheet.columns) - len(found))]
    sheet.checked = []
    sheet.save(update_fields=["means", "checked"])


def look(*, by: User, type_: RecordType, sheet: Sheet, progress: Progress) -> None:
    """Note what each line would become."""
    found: list[dict[str, Any]] = []
    for number, outcome in enumerate(outcomes(_table(by, type_, sheet), Typist())):
        if number % TOGETHER == 0:
            progress(number / len(sheet.lines), "")
        found.append(asdict(outcome))
    sheet.checked = found
    sheet.save(update_fields=["checked"])


def _table(by: User, type_: RecordType, sheet: Sheet) -> Table:
    return Table(by, type_, sheet.columns, sheet.means, [(line, cells) for line, cells in sheet.lines])


def import_lines(
    *, by: User, type_: RecordType, sheet: Sheet, chosen: Collection[int] | None, progress: Progress,
    again: bool = False,
) -> None:  # fmt: skip
    """Make records of lines, each by its own service. Lines that were not taken stay, to be corrected or left.

    A line leaves the table in the transaction that makes a record of it, so that nothing is made twice.

    chosen   numbers of lines; None: every line that is right and not in doubt
    again    whoever began this was gone before the end: what is left of the table is looked at anew
    """
    checked = _claimed(sheet)
    if again and not checked and sheet.lines:
        look(by=by, type_=type_, sheet=sheet, progress=progress)
        checked = _claimed(sheet)
    table, faults = _table(by, type_, sheet), dict[int, list[list[str]]]()
    taken = [each for each in map(of_dict, checked) if _take(each, chosen)]
    try:
        for first in range(0, len(taken), TOGETHER):
            progress(first / len(taken), "")
            faults |= _make(by, table, sheet, taken[first : first + TOGETHER])
    finally:
        _finish(by, type_, sheet, checked, faults)


def _make(by: User, table: Table, sheet: Sheet, some: Sequence[Outcome]) -> dict[int, list[list[str]]]:
    """Some lines become records and leave the table; why others could not. What is there no more was made before."""
    fill, done, faults = Typist(), dict[int, str](), dict[int, list[list[str]]]()
    with transaction.atomic():
        held = Sheet.objects.select_for_update().get(pk=sheet.pk)
        cells = dict(held.lines)
        for each in some:
            if each.line not in cells:
                continue
            if why := _keep(by, table, each, cells[each.line], fill):
                faults[each.line] = why
            else:
                done[each.line] = each.what
        created = sum(what == "new" for what in done.values())
        before = held.result or {"created": 0, "changed": 0}
        held.lines = [line for line in held.lines if line[0] not in done]
        held.result = {
            **before, "created": before["created"] + created, "changed": before["changed"] + len(done) - created
        }  # fmt: skip
        held.save(update_fields=["lines", "result"])
    sheet.lines, sheet.result = held.lines, held.result
    return faults


def _claimed(sheet: Sheet) -> list[dict[str, Any]]:
    """What the lines would become, handed out once: a second click imports nothing, and after a crash they are looked
    at again, which shows what is there already."""
    with transaction.atomic():
        held = Sheet.objects.select_for_update().get(pk=sheet.pk)
        checked, held.checked = held.checked, []
        held.save(update_fields=["checked"])
    return list(checked)


def _take(outcome: Outcome, chosen: Collection[int] | None) -> bool:
    return outcome.good and (not outcome.doubtful if chosen is None else outcome.line in chosen)


def _keep(by: User, table: Table, outcome: Outcome, cells: Sequence[str], fill: Typist) -> list[list[str]]:
    """Keep one line; why it could not be. Rights and rules are asked once more."""
    one = typed(table, cells, fill)
    if one.form is None or one.faults or not one.form.is_valid():
        return [list(each) for each in one.all_faults]
    values, type_ = one.form.values, table.type_
    try:
        if outcome.what == "change":
            record = one.record
            if record is None or str(record.pk) != outcome.id:
                raise LookupError(outcome.id)
            if differs(record, values):
                services.change(by=by, type_=type_, id=record.pk, version=outcome.version, values=values)
        elif one.record is not None:  # another table made it meanwhile
            return [["", _(SENTENCES["other version"])]]
        else:
            record = services.create(by=by, type_=type_, values=values)
    except services.Collision:
        return [["", _(SENTENCES["other version"])]]
    except LookupError:
        return [["", _(SENTENCES["no record to change"])]]
    if one.reference and table.component:
        OwnReference.objects.get_or_create(
            type=type_.key, component=table.component, reference=one.reference, record=record.pk
        )
    return []


def _finish(
    by: User, type_: RecordType, sheet: Sheet, checked: Sequence[dict[str, Any]], faults: Mapping[int, list[list[str]]]
) -> None:
    """What is left is told as it was found; the trail says how much was made since it said so last."""
    if not checked:
        return
    there = {line for line, _cells in sheet.lines}
    left = [each for each in checked if each["line"] in there]
    sheet.checked = [
        {**each, "what": "wrong", "faults": faults[each["line"]]} if each["line"] in faults else each for each in left
    ]
    made = {name: sheet.result.get(name, 0) for name in ("created", "changed")}
    told = sheet.result.get("told", {})
    sheet.result = {**made, "told": made}
    sheet.save(update_fields=["checked", "result"])
    since = {name: count - told.get(name, 0) for name, count in made.items()}
    enter(by, "imported records", type_.key, {**since, "left": len(sheet.lines)})


def discard(sheet: Sheet) -> None:
    """The table goes; records made of it stay."""
    sheet.delete()
