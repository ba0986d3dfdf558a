"""What can be looked for on the one search page: each kind of thing with its own way of finding, for one reader.

To add a kind, add its function to KINDS; a kind whose deed the reader may not do is not there for them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.access.requiring import may
from primacy.access.services import record as enter
from primacy.assessment import queries as assessments
from primacy.evidence.queries import versions_for
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Instance, load
from primacy.framework.languages import named
from primacy.framework.queries import today
from primacy.framework.searching import Found as Said
from primacy.framework.searching import folded, pieces, words_of
from primacy.framework.searching import search as search_framework
from primacy.places.at_hand import areas_of, place_names
from primacy.places.names import plain_words
from primacy.records.queries import protected
from primacy.records.queries import search as records
from primacy.records.search_terms import bare
from primacy.records.showing import Shown
from primacy.ui.templatetags.links import address, id_or_sort, sort_word
from primacy.ui.templatetags.ui import day

Pieces = tuple[tuple[str, bool], ...]
MOST_PLACES, LEAST_ALIKE = 50, 0.85


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `status`: of a benchmark, as the reader may see it; `facts`: in small print."""

    title: str
    address: str = ""
    tag: str = ""
    status: str = ""
    facts: tuple[str, ...] = ()
    pieces: Pieces = ()
    language: str = ""


@dataclass(frozen=True)
class Kind:
    """Everything of one kind that was found. `hits` makes those of a page; nothing is read for the others."""

    key: str
    name: str
    count: int
    hits: Callable[[slice], list[Hit]]
    more: bool = False
    records: bool = False


@dataclass(frozen=True)
class Question:
    """Who asks what, in which language."""

    viewer: Any  # the person of `SignedIn`
    query: str
    language: str
    framework: Framework = field(default_factory=lambda: load(Instance.here().overlay, today()))


def kinds(question: Question) -> list[Kind]:
    """What was found, by kind; kinds of which there is nothing left out."""
    every = [each for deed, find in KINDS if may(question.viewer, deed) for each in find(question)]
    return [each for each in every if each.count]


def _framework(question: Question) -> Iterator[Kind]:
    """Benchmarks with their findings, then all else that the framework says."""
    said = search_framework(question.framework, question.query, question.language)
    benchmarks = [each for each in said if each.sort == "benchmark"]
    others = [each for each in said if each.sort != "benchmark"]
    sort = _("Findings") if assessments.latest(viewer=question.viewer) else _("Benchmarks")
    yield Kind("finding", sort, len(benchmarks), lambda some: _findings(question, benchmarks[some]))
    yield Kind("framework", _("Framework"), len(others), lambda some: [_entry(question, each) for each in others[some]])


def _findings(question: Question, said: Sequence[Said]) -> list[Hit]:
    shown = assessments.latest(viewer=question.viewer) if may(question.viewer, "assessment.read") else None
    found = assessments.findings(viewer=question.viewer, assessment_id=shown.id) if shown else []
    status = {each.benchmark: each.status for each in found}
    return [
        Hit(
            question.framework.text(each.id, "title", question.language)[0],
            reverse("assessment:benchmark" if each.id in status else "framework:entry", args=[each.id]), each.id,
            status.get(each.id, ""), (), each.pieces, each.language,
        )
        for each in said
    ]  # fmt: skip


def _entry(question: Question, said: Said) -> Hit:
    if said.sort == "glossary":
        texts = question.framework.texts
        terms = [texts[code].get("glossary", {}).get(said.id, "") for code in texts]
        return Hit(" · ".join(filter(None, terms)), tag=sort_word(said.sort))
    title = question.framework.text(said.id, "title", question.language)[0]
    name = id_or_sort(said.id, said.sort)
    return Hit(
        title,
        address(said),
        sort_word(said.sort),
        facts=(name,) if name else (),
        pieces=said.pieces,
        language=said.language,
    )


def _places(question: Question) -> Iterator[Kind]:
    areas = areas_of(Instance.here().places)
    ranked = areas.candidates(question.query)[:MOST_PLACES] if len(areas) else []
    codes = [code for code, likeness in ranked if likeness >= LEAST_ALIKE]
    yield Kind("place", _("Places"), len(codes), lambda some: [
        Hit(areas.name(code, question.language), reverse("assessment:area", args=[code]), _("Place"),
            facts=tuple(areas.name(each, question.language) for each in [areas.parent(code)] if each))
        for code in codes[some]
    ])  # fmt: skip


def _data_sets(question: Question) -> Iterator[Kind]:
    """By name, producer and kind of evidence; the newest version of each."""
    words, newest = words_of(question.query), dict[str, Any]()
    for each in versions_for(question.viewer, Store(Instance.here().evidence)):
        if each.withdrawn is None:
            newest[each.lineage] = each
    found = [each for each in newest.values() if words and _says(each, words, question.language)]
    yield Kind("data-set", _("Data sets"), len(found), lambda some: [
        Hit(each.name, reverse("evidence:dataset", args=[each.id]), _("Data set"),
            facts=tuple(filter(None, [each.producer, day(each.known.date())])))
        for each in reversed(found[some])
    ])  # fmt: skip


def _says(version: Any, words: Sequence[str], language: str) -> bool:
    told = folded(" ".join([
        version.name, version.producer, version.lineage, version.file,
        *(named(language, "kinds", each.kind) for each in version.coverage),
    ]))  # fmt: skip
    return all(word in told for word in words)


def _records(question: Question) -> Iterator[Kind]:
    """Each type of record by itself. What is shown of protected ones is a look, as in every list."""
    for each in records.found(viewer=question.viewer, query=question.query):
        yield Kind(
            each.type.key, str(each.type.many), len(each.numbers),
            partial(_record_hits, question, each), each.more, records=True,
        )  # fmt: skip


def _record_hits(question: Question, found: records.Found, some: slice) -> list[Hit]:
    rows = records.shown_of(viewer=question.viewer, type_=found.type, numbers=found.numbers[some])
    looks = sum(each.exact and protected(each.record) for each in rows)
    if looks:
        enter(question.viewer, "looked at a list of records", found.type.key, {"protected": looks})
    names = place_names(Instance.here().places, question.language)
    return [_record_hit(each, names, question.query) for each in rows]


def _record_hit(seen: Shown, names: Any, query: str) -> Hit:
    facts: list[str] = []
    if seen.day is not None:
        facts = [day(seen.day) if seen.exact else _("week of %(day)s") % {"day": day(seen.day)}]
        facts.append(names.get(seen.area, seen.area))
    facts.append(str(seen.record.get_confidentiality_display()))
    where = reverse("records:record", args=[seen.type.key, seen.id])
    return Hit(seen.title, where, str(seen.type.one), facts=tuple(facts), pieces=_excerpt(seen, query))


def _excerpt(seen: Shown, query: str) -> Pieces:
    """The text that says a word of the query, or none: of what this reader is shown."""
    title = seen.type.title if seen.exact else seen.type.title_open
    words = set(map(bare, plain_words(query)))
    for name in seen.type.fields:
        value = seen.value(name) if name not in ("day", "area", title) else None
        if isinstance(value, str) and value and words & set(map(bare, plain_words(value))):
            return pieces(value, query)
    return ()


KINDS: tuple[tuple[str, Callable[[Question], Iterator[Kind]]], ...] = (
    ("framework.read", _framework),
    ("records.read", _records),
    ("place.read", _places),
    ("evidence.read", _data_sets),
)


def suggestions(question: Question, most: int) -> list[str]:
    """Titles of the likeliest things, each once; of records only those that are named by the words so far."""
    titles = [hit.title for kind in kinds(question) for hit in kind.hits(slice(0, most))]
    return list(dict.fromkeys(titles))[:most]
