"""What can be wrong in a mapping beside its form: words of kinds and measures, what belongs together, and persons."""

from collections.abc import Iterator
from difflib import get_close_matches

from primacy.evidence.bringing.personal import personal_column
from primacy.evidence.bringing.reported_signs import no_table
from primacy.evidence.errors import listed
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.mapping import Mapping, Measure, Text
from primacy.framework.saying import Said, said

Location = tuple[str | int, ...]
LEVELS = ("0", "1", "2", "3", "unclassified", "internal", "confidential", "strictly confidential")


def dotted(location: Location) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in location)


def checked(mapping: Mapping) -> Iterator[tuple[Location, Said]]:
    yield from _checked_kind(mapping)
    for place, measure in enumerate(mapping.measures):
        yield from _checked_measure(mapping, measure, ("measures", place))
    if mapping.export == "complete" and mapping.record is None:
        yield ("export",), said("evidence/mapping.export")
    if mapping.confidentiality:
        stated = (mapping.confidentiality.always, *mapping.confidentiality.values.values())
        wrong = [each for each in stated if each and each.lower() not in LEVELS]
        if wrong:
            yield ("confidentiality",), said("evidence/none-of-these", given=wrong[0], names=LEVELS)
    for place, covered in enumerate(mapping.coverage):
        if covered.kind not in KINDS:
            yield ("coverage", place, "kind"), _no_kind(covered.kind)
    for place, kind in enumerate(mapping.official_for):
        if kind not in KINDS:
            yield ("official_for", place), _no_kind(kind)
    yield from _checked_persons(mapping)


def kinds_of(mapping: Mapping) -> list[str]:
    """The kinds that lines can become; none where each line says its own."""
    return [mapping.kind.always] if mapping.kind.always else list(dict.fromkeys(mapping.kind.values.values()))


def _checked_kind(mapping: Mapping) -> Iterator[tuple[Location, Said]]:
    for kind in kinds_of(mapping):
        if kind not in KINDS:
            yield ("kind",), _no_kind(kind)
        elif (
            KINDS[kind].nature in ("state", "estimate")
            and not mapping.item
            and not all(m.item for m in mapping.measures)
        ):
            yield ("item",), said("evidence/mapping.needs-item", kind=kind)


def _checked_measure(mapping: Mapping, measure: Measure, at: Location) -> Iterator[tuple[Location, Said]]:
    kinds = [KINDS[kind] for kind in kinds_of(mapping) if kind in KINDS]
    words = [measure.measure.always] if measure.measure.always else list(measure.measure.values.values())
    for kind in kinds if len(kinds) == 1 else ():
        for word in words:
            if word not in kind.measures:
                yield (
                    (*at, "measure"),
                    said("evidence/mapping.no-measure", given=word, kind=kind.name, names=tuple(kind.measures)),
                )
            elif word in kind.deeds:
                yield (*at, "measure"), no_table(kind.name, word)
            elif kind.measures[word] == "currency" and not measure.unit:
                yield (*at, "unit"), said("evidence/mapping.needs-unit")
            elif isinstance(measure.scale, str) and measure.scale.startswith("per") and kind.measures[word] != "share":
                yield (
                    (*at, "scale"),
                    said("evidence/mapping.scale", scale=measure.scale, measure=word, unit=kind.measures[word]),
                )


def used_columns(mapping: Mapping) -> Iterator[tuple[Location, str]]:
    """Every column that is read, with the field that reads it."""

    def of(location: Location, text: Text | None) -> Iterator[tuple[Location, str]]:
        yield from ((location, column) for column in (text.column if text else ()))

    for name, text in mapping.texts().items():
        yield from of(tuple(name.split(".")), text)
    for day in ("date", "until", "entered"):
        found = getattr(mapping, day)
        yield from (((day,), column) for column in (found.column if found else ()))
    if mapping.place:
        single = {name: getattr(mapping.place, name) for name in ("country", "latitude", "longitude", "anywhere")}
        yield from ((("place", "code"), column) for column in mapping.place.code)
        yield from ((("place", name), column) for name, column in single.items() if column)
        yield from ((("place", "names", str(level)), column) for level, column in mapping.place.names.items())
    for place, measure in enumerate(mapping.measures):
        at: Location = ("measures", place)
        for name in ("measure", "unit", "item", "category", "target"):
            yield from of((*at, name), getattr(measure, name))
        yield from (
            ((*at, name), getattr(measure, name))
            for name in ("column", "low", "high", "se", "n")
            if getattr(measure, name)
        )
        for name, text in measure.group.items():
            yield from of((*at, "group", name), text)
        yield from (((*at, "where", column), column) for column in measure.where)
    if mapping.record:
        yield from ((("record", "id"), column) for column in mapping.record.id)
        if mapping.record.revision:
            yield ("record", "revision"), mapping.record.revision
    for name in ("only", "leave_out"):
        yield from ((("lines", name, column), column) for column in getattr(mapping.lines, name))


LEAVE_THE_FILE = {
    "item",
    "category",
    "actor",
    "target",
    "wave",
    "stratum",
    "source",
    "origin",
    "group",
    "unit",
    "record",
}


def _checked_persons(mapping: Mapping) -> Iterator[tuple[Location, Said]]:
    """Columns that must not leave the file, and those whose texts would name persons."""
    for location, column in used_columns(mapping):
        if column in mapping.never:
            yield location, said("evidence/mapping.never", column=column)
        elif LEAVE_THE_FILE & {str(step) for step in location}:
            seems = personal_column(column)
            if seems == "sure" or (seems and column not in mapping.not_persons):
                sure = "evidence/mapping.person" if seems == "sure" else "evidence/mapping.person-perhaps"
                yield location, said(sure, column=column)


def _no_kind(word: str) -> Said:
    near = get_close_matches(word, list(KINDS), 1)
    if near:
        return said("evidence/mapping.no-kind-near", given=word, near=near[0])
    return said("evidence/mapping.no-kind", given=word, names=listed(list(KINDS)))
