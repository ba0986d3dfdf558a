"""What the lines of a brought table would become: each is typed into the form of its type, and nothing is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.access.models import User
from primacy.access.readers import component_of, reader_of
from primacy.evidence.bringing.personal import personal_text
from primacy.evidence.mapped.guessing import known_words
from primacy.framework import Instance
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.names import plain
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.fields import Field, key_of
from primacy.records.models import OwnReference, Sheet
from primacy.records.reading import (
    Order,
    Outcome,
    Unreadable,
    day_of,
    guessed,
    number_of,
    order_of,
    word_of,
    yes_or_no,
)
from primacy.ui.csv_cells import as_written

KEPT_FOR = timedelta(days=3)
OWN = {"id": gettext_noop("ID"), "version": gettext_noop("Version"), "reference": gettext_noop("Own reference")}
"""What a column may mean beside the fields of a type."""
ALSO = {"day": ("date",), "area": ("code", "level3", "level2", "somewhere"), "confidentiality": ("confidentiality",)}
"""Fields whose columns people call by many names, and the lists of them in `evidence/mapped/drafting.yaml`."""
SENTENCES = {
    "no day": gettext_noop("This is no day. Write it as 2026-06-30."),
    "unclear day": gettext_noop("This day can be read in two ways. Write it as 2026-06-30."),
    "no number": gettext_noop("This is no whole number."),
    "no yes or no": gettext_noop("Write yes or no."),
    "no such word": gettext_noop("This is none of the words that can stand here."),
    "no area": gettext_noop("No place of the country is called so. Write its P-code."),
    "several areas": gettext_noop("Several places are called so. Write the P-code."),
    "no record": gettext_noop("There is no such record that you may see."),
    "several records": gettext_noop("Several records are called so. Write the ID."),
    "no record to change": gettext_noop("There is no such record that you may change."),
    "other version": gettext_noop("Somebody changed the record since this table was made."),
    "not for you": gettext_noop("This cannot be set by you."),
    "personal": gettext_noop("This seems to name or reach a person. Write the post or the group instead."),
    "record twice": gettext_noop("An earlier line speaks of the same record."),
}  # fmt: skip


def sheets(*, viewer: User, type_: RecordType) -> list[Sheet]:
    """One's own tables of which lines wait."""
    rows = Sheet.objects.filter(person=viewer, type=type_.key, created__gt=timezone.now() - KEPT_FOR)
    return list(rows.exclude(lines=[])[:20])


def sheet(*, viewer: User, type_: RecordType, id: UUID) -> Sheet:
    """One of them. Raises LookupError for every other."""
    found = Sheet.objects.filter(
        pk=id, person=viewer, type=type_.key, created__gt=timezone.now() - KEPT_FOR
    ).first()  # fmt: skip
    if found is None:
        raise LookupError(id)
    return found


def guess(type_: RecordType, columns: Sequence[str]) -> list[str]:
    """What each column is taken for, by what fields are called in any language."""
    names: dict[str, set[str]] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for each in queries.fields_of(type_):
                names.setdefault(each.name, {plain(each.name.replace("_", " "))}).add(plain(each.label))
            for name, word in OWN.items():
                names.setdefault(name, {plain(name)}).add(plain(_(word)))
            names.setdefault("", set()).update(plain(_(word)) for word in ("Name of the place", "Details"))
    for name, roles in ALSO.items():
        for role in roles if name in names else ():
            names[name] |= {plain(str(word)) for word in known_words()["roles"][role]}
    ignored = names.pop("")
    left = ["" if plain(each) in ignored else each for each in columns]
    return guessed(left, names)


@dataclass
class Table:
    """The lines of a table, read for one person and type. What is looked up often is looked up once."""

    viewer: User
    type_: RecordType
    columns: Sequence[str]
    means: Sequence[str]
    lines: Sequence[tuple[int, Sequence[str]]]
    fields: dict[str, Field] = field(init=False)
    words: dict[str, dict[str, str]] = field(init=False)
    orders: dict[int, Order] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {each.name: each for each in queries.fields_of(self.type_)}
        self.words = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                for each in queries.fields_of(self.type_):
                    words = {plain(word): key for key, word in each.choices.items()}
                    self.words.setdefault(each.name, {}).update(words)
        self.orders = {
            place: order_of([cells[place] for _line, cells in self.lines])
            for place, name in enumerate(self.means)
            if name in self.fields and self.fields[name].kind == "day"
        }

    @cached_property
    def areas(self) -> Areas:
        return areas_of(Instance.here().places)

    @cached_property
    def component(self) -> str:
        return component_of(self.viewer)

    @cached_property
    def restricted(self) -> frozenset[str]:
        """What exports write for what is hidden, in every language."""
        found = set()
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found.add(plain(_("restricted")))
        return frozenset(found)


@dataclass(frozen=True)
class Typed:
    """A line as it stands in the form. `record` is what it changes; `faults` what could not even be typed."""

    form: Any
    record: Any
    faults: list[tuple[str, str]]
    reference: str = ""

    @property
    def all_faults(self) -> list[tuple[str, str]]:
        labels = {name: str(each.label) for name, each in self.form.fields.items()} if self.form else {}
        told = [(labels.get(name, ""), text) for name, texts in self.form.errors.items() for text in texts] if (
            self.form
        ) else []  # fmt: skip
        known = {label for label, _why in self.faults}
        return [*self.faults, *(each for each in told if each[0] not in known)]


def typed(table: Table, cells: Sequence[str], fill: Callable[..., Any]) -> Typed:
    """One line typed into the form of its type, over the record that it speaks of. `fill`: `forms.filled`."""
    own = {name: text.strip() for name, text in zip(table.means, cells, strict=True) if name in OWN}
    try:
        record, reference = _spoken_of(table, own)
    except Unreadable as error:
        return Typed(None, None, [(_(OWN["id"] if own.get("id") else OWN["reference"]), _(SENTENCES[str(error)]))])
    given: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for place, (name, text) in enumerate(zip(table.means, cells, strict=True)):
        if name not in table.fields:
            continue
        try:
            _type(table, table.fields[name], table.orders.get(place, ""), text.strip(), given, record)
        except Unreadable as error:
            faults.append((table.fields[name].label, _(SENTENCES[str(error)])))
    form = fill(table.type_, table.viewer, record, given)
    for name in given:
        if name not in form.fields and given[name] not in ("", None):
            faults.append((table.fields[name].label, _(SENTENCES["not for you"])))
    return Typed(form, record, faults, reference)


def _spoken_of(table: Table, own: Mapping[str, str]) -> tuple[Any, str]:
    """The record that a line speaks of by its id or by the component's own reference; None for a new one."""
    reference = own.get("reference", "")[:80]
    if personal_text(reference):
        raise Unreadable("personal")
    if own.get("id"):
        try:
            found = _changeable(table, UUID(own["id"]))
        except ValueError as error:
            raise Unreadable("no record to change") from error
        if found is None:
            raise Unreadable("no record to change")
        if own.get("version") and own["version"].partition(".")[0] != str(found.version):
            raise Unreadable("other version")
        return found, reference
    if reference and table.component:
        known = OwnReference.objects.filter(
            type=table.type_.key, component=table.component, reference=reference
        ).values_list("record", flat=True)  # fmt: skip
        for id in known:
            if (found := _changeable(table, id)) is not None:
                return found, reference
    return None, reference


def _changeable(table: Table, id: UUID) -> Any:
    try:
        seen = queries.one(viewer=table.viewer, type_=table.type_, id=id, action="write")
    except LookupError:
        return None
    return seen.record if seen.exact and seen.record.archived is None else None


def _type(table: Table, field: Field, order: Order, text: str, given: dict[str, Any], record: Any) -> None:
    """Type one cell into its field. An empty one of a new record leaves what the form begins with."""
    if field.kind in ("record", "group") and plain(text) in table.restricted:
        return  # it was hidden from who made the table, and stays as it is
    if not text:
        if record is not None and field.kind not in ("level", "yes-no", "group"):
            given[field.name] = ""
        return
    value = _value(table, field, order, text)
    if field.kind == "text" and record is not None and _one_line(getattr(record, field.name)) == _one_line(value):
        return  # a workbook was read in which line ends are blanks
    given[field.name] = value


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _value(table: Table, field: Field, order: Order, text: str) -> Any:
    if field.kind == "day":
        return day_of(text, order)
    if field.kind == "number":
        return number_of(text)
    if field.kind == "yes-no":
        return yes_or_no(text)
    if field.kind in ("choice", "level"):
        return word_of(
            number_of(text) if field.kind == "level" and text[:1].isdigit() else text, table.words[field.name]
        )
    if field.kind == "area":
        return _area(table.areas, text)
    if field.kind == "group":
        found = [each for each in queries.groups_of(reader_of(table.viewer)) if plain(each.name) == plain(text)]
        if not found:
            raise Unreadable("no such word")
        return str(found[0].pk)
    return _record(table, field, text) if field.kind == "record" else as_written(text)


def _area(areas: Areas, text: str) -> str:
    """The P-code that a text is or means; never one of several."""
    if areas.level_of(text) is not None or text == areas.country or not len(areas):
        return text
    if decided := areas.decided(text):
        return decided
    named = {code for code, score in areas.candidates(text) if score >= 1}
    if len(named) != 1:
        raise Unreadable("several areas" if named else "no area")
    return named.pop()


def _record(table: Table, field: Field, text: str) -> str:
    """The related record of this id or title, among those that the person sees."""
    type_ = queries.record_types()[field.of]
    seen = queries.visible(reader_of(table.viewer), type_, archived=None)
    try:
        found = [each.pk for each in seen.filter(pk=UUID(text))]
    except ValueError:
        found = [each.pk for each in seen.filter(**{f"{type_.title_open}__iexact": text})[:2]]
    if len(found) != 1:
        raise Unreadable("several records" if found else "no record")
    return str(found[0])


def outcomes(table: Table, fill: Callable[..., Any]) -> Iterator[Outcome]:
    """What each line would become, in their order."""
    reader = reader_of(table.viewer)
    same: dict[tuple[Any, ...], int] = {}
    spoken: dict[Any, int] = {}
    for line, cells in table.lines:
        one = typed(table, cells, fill)
        if one.form is None or one.faults or not one.form.is_valid():
            yield Outcome(line, "wrong", faults=[list(each) for each in one.all_faults])
            continue
        values, record = one.form.values, one.record
        title = str(values.get(table.type_.title) or values.get(table.type_.title_open) or "")[:80]
        if record is not None:
            if record.pk in spoken:
                told = [[_(OWN["id"]), _(SENTENCES["record twice"])]]
                yield Outcome(line, "wrong", title, faults=told, twice=spoken[record.pk])
                continue
            spoken[record.pk] = line
            what = "change" if differs(record, values) else "same"
            yield Outcome(line, what, title, id=str(record.pk), version=record.version)  # type: ignore[arg-type]
            continue
        alike = queries.alike(viewer=table.viewer, type_=table.type_, values=values, reader=reader)
        key = tuple(str(values.get(name)) for name in table.type_.same)
        yield Outcome(line, "new", title, alike=[[str(each.id), each.title] for each in alike], twice=same.get(key, 0))
        same.setdefault(key, line)


def differs(record: Any, values: Mapping[str, Any]) -> bool:
    """Whether the values say anything else than the record, or than what waits in it until it is published."""
    return any(record.wanted(name) != key_of(value) for name, value in values.items())
