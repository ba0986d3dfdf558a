"""The terms of each language side by side, each with where it was looked up, or that it was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import Field

from primacy.framework import Framework
from primacy.framework.grammar import Part
from primacy.framework.languages import languages, words
from primacy.framework.loading import STANDARD
from primacy.framework.yaml_files import read_yaml
from primacy.ui.wording import day_text


class LookedUp(Part):
    """A page in which terms of a language stand as the glossary has them, or `otherwise`, and when it was read."""

    language: str
    source: str
    read: date
    terms: list[str]
    otherwise: dict[str, str] = Field(default_factory=dict)


@lru_cache(maxsize=1)
def looked_up() -> tuple[LookedUp, ...]:
    content = read_yaml((STANDARD / "glossary_sources.yaml").read_bytes())
    return tuple(LookedUp.model_validate(each) for each in content)


@dataclass(frozen=True)
class Glossary:
    """`rows`: terms in each of the languages, each with the numbers of its sources; `sources`: these, by number."""

    languages: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    rest: str


def glossary(framework: Framework, language: str) -> Glossary:
    """All terms, the reader's own language first and in its order."""
    names = languages()
    order = sorted(names, key=lambda code: code != language)
    terms = {code: framework.texts.get(code, {}).get("glossary", {}) for code in order}
    rows = [tuple(_marked(code, id, terms[code].get(id, "")) for code in order) for id in terms[language]]
    rows.sort(key=lambda row: row[0].casefold())
    found = {(each.language, id) for each in looked_up() for id in each.terms}
    rest = str(words(language, "handbook")["terms recalled"]).format(len(found), sum(map(len, terms.values())))
    told = (_told(each, terms[each.language], names[each.language], language) for each in looked_up())
    return Glossary(tuple(names[code] for code in order), tuple(rows), tuple(told), rest)


def _marked(code: str, id: str, term: str) -> str:
    """A term with the numbers of the pages in which it was found."""
    numbers = [str(n) for n, each in enumerate(looked_up(), 1) if each.language == code and id in each.terms]
    return f"{term} [{', '.join(numbers)}]" if numbers else term


def _told(page: LookedUp, terms: dict[str, str], name: str, language: str) -> str:
    """A page, the day on which it was read, and for which terms it has another word."""
    said = words(language, "handbook")
    told = str(said["term source"]).format(name, page.source, day_text(page.read, language))
    other = [said["term otherwise"].format(terms[id], there) for id, there in page.otherwise.items()]
    return str(words(language, "semicolon")).join([told, *other])


def lines(framework: Framework, language: str) -> Iterator[str]:
    """The glossary as plain text."""
    told = glossary(framework, language)
    yield " | ".join(told.languages).upper()
    yield from (" | ".join(row) for row in told.rows)
    yield from (f"[{number}] {source}" for number, source in enumerate(told.sources, 1))
    yield told.rest
