"""The index of records on SQLite (FTS5) and on PostgreSQL (full text and trigrams), behind one interface.

Both hold, under the number of a record, its terms by part, each written behind the number of its reach. What a question
may touch is said by two sets of reaches: of one only the open parts, of the other all four.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from primacy.records.search_terms import WORD, Terms

PARTS = ("open_names", "open", "names", "details")
OPEN, NAMES, OPEN_NAMES = PARTS[:2], ("open_names", "names"), ("open_names",)
LEAST_ALIKE = 0.4  # share of trigrams in common; one letter of eight exchanged leaves a little more than half
Words = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Reaches:
    """The reaches of which a reader sees the open parts alone, and those of which all."""

    open: tuple[int, ...]
    whole: tuple[int, ...]


class Engine(Protocol):
    """What the index of a database can do. Numbers come highest first, at most so many."""

    def put(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        """Put records in: (number, reach, terms)."""

    def take_out(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        """Take records out, with what was put in."""

    def clear(self) -> None: ...

    def settle(self) -> None:
        """Put the index in order after much was put in."""

    def numbers(self, words: Words, reaches: Reaches, *, names: bool, most: int) -> list[int]:
        """Records that have a term for each word; `names`: in what names them."""

    def alike(self, word: str, terms: Sequence[str], reaches: Reaches, *, most: int) -> list[int]:
        """Records one of whose names is spelt nearly so; `terms` are its keys."""


def engine() -> Engine:
    return Postgres() if connection.vendor == "postgresql" else Fts5()


def _behind(reach: int, terms: frozenset[str]) -> list[str]:
    return [f"{reach}{term}" for term in sorted(terms)]


class Fts5:
    """A contentless table: it keeps no text, so what was put in is said again to take it out."""

    def put(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        self._write(
            "INSERT INTO records_terms (rowid, open_names, open, names, details) VALUES (%s, %s, %s, %s, %s)", rows
        )

    def take_out(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        self._write(
            "INSERT INTO records_terms (records_terms, rowid, open_names, open, names, details)"
            " VALUES ('delete', %s, %s, %s, %s, %s)", rows,
        )  # fmt: skip

    def _write(self, sql: str, rows: Sequence[tuple[int, int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                sql,
                [
                    (number, *(" ".join(_behind(reach, getattr(terms, part))) for part in PARTS))
                    for number, reach, terms in rows
                ],
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO records_terms (records_terms) VALUES ('delete-all')")

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO records_terms (records_terms) VALUES ('optimize')")

    def numbers(self, words: Words, reaches: Reaches, *, names: bool, most: int) -> list[int]:
        whole, open_ = (NAMES, OPEN_NAMES) if names else (PARTS, OPEN)
        asked = [
            " OR ".join(
                f"{{{' '.join(parts)}}} : ({' OR '.join(_quoted(numbers, terms))})"
                for parts, numbers in ((whole, reaches.whole), (open_, reaches.open))
                if numbers
            )
            for terms in words
        ]
        if not asked or not all(asked):
            return []
        return self._matching(" AND ".join(f"({each})" for each in asked), most)

    def alike(self, word: str, terms: Sequence[str], reaches: Reaches, *, most: int) -> list[int]:
        return self.numbers([terms], reaches, names=True, most=most) if terms else []

    def _matching(self, asked: str, most: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM records_terms WHERE records_terms MATCH %s ORDER BY rowid DESC LIMIT %s",
                [asked, most],
            )
            return [number for (number,) in cursor.fetchall()]


def _quoted(reaches: Sequence[int], terms: Sequence[str]) -> list[str]:
    return [f'"{reach}{term}"' for reach in reaches for term in terms]


class Postgres:
    """Four columns of words beside the row of a record, of which two count the open parts alone, and trigrams of its
    names."""

    def put(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE records_searched SET in_open_names = array_to_tsvector(%s::text[]),"
                " in_open = array_to_tsvector(%s::text[]), in_names = array_to_tsvector(%s::text[]),"
                " in_all = array_to_tsvector(%s::text[]) WHERE number = %s",
                [(*self._columns(reach, terms), number) for number, reach, terms in rows],
            )

    @staticmethod
    def _columns(reach: int, terms: Terms) -> tuple[list[str], ...]:
        names, open_ = terms.open_names | terms.names, terms.open_names | terms.open
        columns = (terms.open_names, open_, names, names | open_ | terms.details)
        return tuple(_behind(reach, each) for each in columns)

    def take_out(self, rows: Sequence[tuple[int, int, Terms]]) -> None:
        """They go with their rows."""

    def clear(self) -> None:
        """They go with their rows."""

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE records_searched")

    def numbers(self, words: Words, reaches: Reaches, *, names: bool, most: int) -> list[int]:
        whole, open_ = ("in_names", "in_open_names") if names else ("in_all", "in_open")
        asked = [
            (column, _tsquery(numbers, words)) for column, numbers in ((whole, reaches.whole), (open_, reaches.open))
        ]
        parts = [f"{column} @@ %s::tsquery" for column, query in asked if query]
        if not parts:
            return []
        where, given = " OR ".join(parts), [query for _column, query in asked if query]
        return _fetched(
            f"SELECT number FROM records_searched WHERE {where} ORDER BY number DESC LIMIT %s", [*given, most]
        )

    def alike(self, word: str, terms: Sequence[str], reaches: Reaches, *, most: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(LEAST_ALIKE)])
        return _fetched(
            "SELECT number FROM records_searched WHERE (reach_id = ANY(%s) AND %s <%% names) OR"
            " (reach_id = ANY(%s) AND %s <%% open_names) ORDER BY number DESC LIMIT %s",
            [list(reaches.whole), word, [*reaches.whole, *reaches.open], word, most],
        )


def _tsquery(reaches: Sequence[int], words: Words) -> str:
    """As the type writes it; terms are letters, digits and marks alone, so that quoting them is enough."""
    if not reaches or not words:
        return ""
    return " & ".join(
        "(" + " | ".join(f"'{reach}{term}'" for reach in reaches for term in terms) + ")" for terms in words
    )


def _fetched(sql: str, given: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [number for (number,) in cursor.fetchall()]


def words_in(names: str) -> list[str]:
    """The words among the terms of what names a record."""
    return re.findall(rf"(?:^| ){WORD}(\S+)", names)
