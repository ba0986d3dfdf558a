"""Drafts of mappings beside the files that they are for: one for a file, or one for each sheet of a workbook."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from primacy.evidence.bringing.unrecognised import no_table
from primacy.evidence.errors import BadInput
from primacy.evidence.importers.survey import lacks_design
from primacy.evidence.mapped.drafting import MOST_VALUES, Writer
from primacy.evidence.mapped.guessing import known_words
from primacy.evidence.mapped.looking import looks, plain_word
from primacy.evidence.mapped.survey_design import design_name
from primacy.evidence.mapped.survey_drafting import draft_design, open_points
from primacy.framework.saying import ENGLISH, said
from primacy.places.areas import Areas
from primacy.places.files.files import Source, sources
from primacy.places.files.opening import header_lines, open_table, text_head
from primacy.places.files.tables import TextTable
from primacy.places.names import plain

LOOKED_AT = 5_000  # rows


@dataclass(frozen=True)
class Draft:
    """A mapping that was written: for which file or sheet, where, and what it asks."""

    label: str
    source: Path
    path: Path
    questions: tuple[str, ...]
    is_design: bool = False  # of a survey: it is found beside the file and need not be named

    @property
    def command(self) -> str:
        """What brings the file in once the draft is answered."""
        return f"primacy import {self.source}" + ("" if self.is_design else f" --mapping {self.path}")


def draft_mappings(path: Path, areas: Areas | None = None, language: str = ENGLISH) -> list[Draft]:
    """Write a mapping beside a file, or for each sheet of a workbook that is not hidden. Raises BadInput, writes none,
    where one is there already.

    `areas` are those of the instance: by their names a column is known that says where. `language` is that of the
    remarks in the file, which nothing reads but people.
    """
    wanted = [source for source in sources(path) if not source.hidden]
    designs = {source for source in wanted if lacks_design(source)}
    paths = {source: _beside(path, source, several=len(wanted) > 1, design=source in designs) for source in wanted}
    there = next((each for each in paths.values() if each.exists()), None)
    if there is not None:
        raise BadInput(said("evidence/there-already"), str(there), said("evidence/do.use-or-move"))
    drafted: list[tuple[Source, str, list[str]]] = []
    refused: BadInput | None = None
    for source in wanted:
        try:
            drafted.append((source, *_drafted(source, areas, language, design=source in designs)))
        except BadInput as error:  # a sheet of remarks has no table
            refused = error
    if not drafted:
        raise refused or BadInput(said("evidence/no-table"), path.name, said("evidence/do.name-table"))
    for source, text, _ in drafted:
        try:
            with paths[source].open("x", encoding="utf-8") as target:
                target.write(text)
        except OSError as error:
            what = said("evidence/not-written", error=error.strerror)
            raise BadInput(what, str(paths[source]), said("evidence/do.copy-elsewhere")) from error
    return [
        Draft(source.label, path, paths[source], tuple(questions), source in designs)
        for source, _, questions in drafted
    ]


def _drafted(source: Source, areas: Areas | None, language: str, *, design: bool) -> tuple[str, list[str]]:
    """(a mapping, or the design of a survey, and its questions) for one table."""
    if not design:
        return draft(source, areas, language=language)
    text = draft_design(source, language)
    return text, open_points(text, language)


def _beside(path: Path, source: Source, *, several: bool, design: bool) -> Path:
    if design:
        return source.path.parent / design_name(source)
    part = re.sub(r"[^\w-]+", "-", "-".join(filter(None, [source.member, source.sheet]))).strip("-") if several else ""
    folder = path.parent if path.is_file() else path
    return folder / ".".join(filter(None, [path.name, part, "mapping.yaml"]))


def draft(source: Source, areas: Areas | None = None, kind: str = "", language: str = ENGLISH) -> tuple[str, list[str]]:
    """(the text of a mapping, its questions) for one table; `kind` where a person said what a line is. Raises BadInput
    where there is none."""
    if why := no_table(source):
        raise why
    lines, table, rows = _first_rows(source)
    if len(table.columns) < 2 or not rows:
        raise BadInput(said("evidence/no-table-lines"), source.label, said("places/do.check-which"))
    missing = [plain_word(str(each)) for each in known_words()["missing"]]
    sums = _sums(table.columns, rows)
    rows = [row for row in rows if not any(row[place] in texts for place, texts in sums.items())]
    found = looks(table.columns, rows, missing)
    stated = {text for row in rows for text in row if plain_word(text) in missing}
    out = {table.columns[place]: sorted(texts) for place, texts in sums.items()}
    return Writer(
        source, found, lines if lines != (0, 0) else None, sorted(stated), table.notes, out, areas, kind, language
    ).write()


def entered_lines(source: Source, column: str, language: str = ENGLISH) -> list[str]:
    """The lines of a mapping that name a column as the one that says from when on a line was known; none where the
    table has no such column."""
    _lines, table, rows = _first_rows(source)
    missing = [plain_word(str(each)) for each in known_words()["missing"]]
    look = next((each for each in looks(table.columns, rows, missing) if each.name == column), None)
    writer = Writer(source, [], None, [], [], language=language)
    if look is not None:
        writer.entered(look)
    return writer.text


def _first_rows(source: Source) -> tuple[tuple[int, int], TextTable, list[list[str]]]:
    """(where the columns are named, the table, its first rows)."""
    lines = header_lines(source, text_head(source))
    table = open_table(source, lines=lines)
    rows: list[list[str]] = []
    for batch in table.batches():
        columns = [column.to_pylist() for column in batch.text.values()]
        rows += [list(row) for row in islice(zip(*columns, strict=True), LOOKED_AT - len(rows))]
        if len(rows) >= LOOKED_AT:
            break
    return lines, table, rows


def column_texts(source: Source) -> dict[str, list[str]]:
    """By column the different texts that stand in it, the commonest first, so many as can be translated by hand."""
    _lines, table, rows = _first_rows(source)
    missing = [plain_word(str(each)) for each in known_words()["missing"]]
    return {
        each.name: [text for text, _ in each.values.most_common(MOST_VALUES)]
        for each in looks(table.columns, rows, missing)
    }


def _sums(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, set[str]]:
    """Where lines that sum up others say so: column -> texts. Only lines whose first text is such a word, and no more
    than every fifth line: a column of groups may have a word for everybody.
    """
    words = {plain(str(each)) for each in known_words()["sums"]}
    found: dict[int, set[str]] = {}
    count = 0
    for row in rows:
        place = next((place for place, text in enumerate(row[: len(columns)]) if text.strip()), None)
        if place is not None and plain(row[place]) in words:
            found.setdefault(place, set()).add(row[place])
            count += 1
    return found if count <= max(1, len(rows) / 5) else {}
