"""What can be wrong in a mapping beside its form: words of kinds and measures, what belongs together, and persons."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from primacy.evidence.errors import listed
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapping import Mapping, Measure, Text
from primacy.evidence.personal import personal_column
from primacy.evidence.reported_signs import no_table

Location = tuple[str | int, ...]
LEVELS = ("0", "1", "2", "3", "unclassified", "internal", "confidential", "strictly confidential")


def dotted(location: Location) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in location)


def checked(mapping: Mapping) -> Iterator[tuple[Location, str]]:
    yield from _checked_kind(mapping)
    for place, measure in enumerate(mapping.measures):
        yield from _checked_measure(mapping, measure, ("measures", place))
    if mapping.export == "complete" and mapping.record is None:
        yield ("export",), "is complete, which asks for record: only lines with their own number can be withdrawn"
    if mapping.confidentiality:
        said = (mapping.confidentiality.always, *mapping.confidentiality.values.values())
        wrong = [each for each in said if each and each.lower() not in LEVELS]
        if wrong:
            yield ("confidentiality",), f"'{wrong[0]}' is none of {', '.join(LEVELS)}"
    for place, covered in enumerate(mapping.coverage):
        if covered.kind not in KINDS:
            yield ("coverage", place, "kind"), f"'{covered.kind}' is no kind{_near(covered.kind, KINDS)}"
    for place, kind in enumerate(mapping.official_for):
        if kind not in KINDS:
            yield ("official_for", place), f"'{kind}' is no kind{_near(kind, KINDS)}"
    yield from _checked_persons(mapping)


def kinds_of(mapping: Mapping) -> list[str]:
    """The kinds that lines can become; none where each line says its own."""
    return [mapping.kind.always] if mapping.kind.always else list(dict.fromkeys(mapping.kind.values.values()))


def _checked_kind(mapping: Mapping) -> Iterator[tuple[Location, str]]:
    for kind in kinds_of(mapping):
        if kind not in KINDS:
            yield ("kind",), f"'{kind}' is no kind{_near(kind, KINDS)}"
        elif (
            KINDS[kind].nature in ("state", "estimate")
            and not mapping.item
            and not all(m.item for m in mapping.measures)
        ):
            yield ("item",), f"is missing: {kind} is a {KINDS[kind].nature}, say which column names what it is about"


def _checked_measure(mapping: Mapping, measure: Measure, at: Location) -> Iterator[tuple[Location, str]]:
    kinds = [KINDS[kind] for kind in kinds_of(mapping) if kind in KINDS]
    words = [measure.measure.always] if measure.measure.always else list(measure.measure.values.values())
    for kind in kinds if len(kinds) == 1 else ():
        for word in words:
            if word not in kind.measures:
                yield (*at, "measure"), f"'{word}' is no measure of {kind.name} (it has {', '.join(kind.measures)})"
            elif word in kind.deeds:
                yield (*at, "measure"), no_table(kind.name, word)
            elif kind.measures[word] == "currency" and not measure.unit:
                yield (*at, "unit"), "is missing: write the currency, such as XAF, or the column that says it"
            elif isinstance(measure.scale, str) and measure.scale.startswith("per") and kind.measures[word] != "share":
                yield (*at, "scale"), f"is {measure.scale}, but {word} is in {kind.measures[word]}, not a share"


def used_columns(mapping: Mapping) -> Iterator[tuple[Location, str]]:
    """Every column that is read, with the field that reads it."""

    def of(location: Location, text: Text | None) -> Iterator[tuple[Location, str]]:
        yield from ((location, column) for column in (text.column if text else ()))

    for name, text in mapping.texts().items():
        yield from of(tuple(name.split(".")), text)
    for day in ("date", "until"):
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


def _checked_persons(mapping: Mapping) -> Iterator[tuple[Location, str]]:
    """Columns that must not leave the file, and those whose texts would name persons."""
    for location, column in used_columns(mapping):
        if column in mapping.never:
            yield location, f"reads the column '{column}', which stands under never"
        elif LEAVE_THE_FILE & {str(step) for step in location}:
            seems = personal_column(column)
            if seems == "sure" or (seems and column not in mapping.not_persons):
                remedy = "" if seems == "sure" else "; if it holds none, list it under not_persons"
                yield (
                    location,
                    f"reads the column '{column}', which seems to hold persons: use a number or a category{remedy}",
                )


def _near(word: str, words: Iterable[str]) -> str:
    near = get_close_matches(word, list(words), 1)
    return f" (did you mean {near[0]}?)" if near else f" (kinds: {listed(list(words))})"
