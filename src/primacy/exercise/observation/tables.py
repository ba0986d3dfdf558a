"""What producers wrote down, as tables in the form of `primacy template`: one for each of them and release."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from primacy.exercise.country.geography import Country
from primacy.exercise.country.writing import LICENCE
from primacy.exercise.observation.covering import as_comment, coverage
from primacy.exercise.observation.producers import Producer, producers
from primacy.exercise.observation.sheets import Batch
from primacy.places.files.ahead import ahead

COLUMNS = (
    "kind", "item", "date", "until", "area", "actor", "target", "category", "wave", "stratum", "group", "measure",
    "value", "low", "high", "se", "n", "grade", "source", "origin", "confidentiality", "known",
)  # fmt: skip
ORDER = ("date", "kind", "item", "area", "group", "stratum", "measure", "source")
TO_BE_QUOTED = r'[,"\r\n]'


def write_release(
    folder: Path, batches: Iterable[Batch], country: Country, *, covered: tuple[date, date]
) -> list[Path]:
    """One file for each producer that wrote anything, batch by batch, however many lines there are.

    `covered`: the days of which the release tells all it knows.
    """
    told = producers()
    bodies: dict[str, _Body] = {}
    with ahead(batches) as made:  # while a batch is written the next is made
        for name, lines in (each for batch in made for each in batch.items()):
            if name not in bodies:
                bodies[name] = _Body(folder / f"{told[name].dataset}.body")
            bodies[name].write(lines)
    return [
        _whole(folder / f"{told[name].dataset}.csv", told[name], bodies[name], country, covered)
        for name in told
        if name in bodies
    ]


class _Body:
    """The lines of one producer on their way into its file: each batch in the order of their days."""

    def __init__(self, path: Path) -> None:
        self.path, self.first, self.last, self.kinds = path, date.max, date.min, set[str]()

    def write(self, lines: pa.Table) -> None:
        self.first = min(self.first, pc.min(lines.column("date")).as_py())
        self.last = max(self.last, pc.max(lines.column("date")).as_py())
        self.kinds |= set(pc.unique(lines.column("kind")).to_pylist())
        plain = pa.table({name: _plain(lines.column(name)) for name in lines.column_names})
        in_order = plain.take(pc.sort_indices(plain, [(name, "ascending") for name in ORDER]))
        rows = pc.binary_join_element_wise(*(_written(in_order.column(name)) for name in COLUMNS), ",")
        with self.path.open("ab") as stream:
            for chunk in rows.chunks:
                stream.write("\n".join([*chunk.to_pylist(), ""]).encode())


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts as texts: what is put in order cannot be numbers of texts."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _written(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as it stands in a table of text."""
    if pa.types.is_floating(column.type):
        coded = column.combine_chunks().dictionary_encode()
        texts = pa.array([f"{each:.10g}" for each in coded.dictionary.to_pylist()], pa.string())
        return pa.chunked_array([texts.take(coded.indices)])
    if pa.types.is_date(column.type):
        return column.cast(pa.string())
    odd = pc.match_substring_regex(column, TO_BE_QUOTED)
    if not pc.any(odd).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(odd, pc.binary_join_element_wise('"', doubled, '"', ""), column)


def _whole(path: Path, producer: Producer, body: _Body, country: Country, covered: tuple[date, date]) -> Path:
    """Head and body: what a release covers is known when its last line is."""
    with path.open("w", encoding="utf-8", newline="") as stream, body.path.open(encoding="utf-8", newline="") as rows:
        stream.writelines(f"# {comment}\n" for comment in _comments(producer, body, country, covered))
        stream.write(",".join(COLUMNS) + "\n")
        shutil.copyfileobj(rows, stream)
    body.path.unlink()
    return path


def _comments(producer: Producer, body: _Body, country: Country, covered: tuple[date, date]) -> Iterator[str]:
    yield f"Invented for practice in {country.names['en']}: no such country, office or person exists."
    yield f"producer: {producer.name}"
    yield f"source type: {producer.type}"
    yield f"licence: {LICENCE}"
    yield "no persons: actor, target, source"
    if producer.official:
        yield f"official for: {', '.join(producer.official)}"
    for each in coverage(producer, body.kinds, (body.first, body.last), country, covered):
        yield as_comment(each, country)
