"""Looking for words in the framework, in every language at once, however they are accented or written.

A query is split into words; an entry is found where each of them stands somewhere in what it says in one language.
Letters are compared without case and accents; in Arabic without vowel signs, with one form of alef, ya, ta marbuta and
hamza, and without the article. A plural finds the singular.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from primacy.framework.entries import Activity, Benchmark, Entry, Risk, TradeOff
from primacy.framework.in_force import Framework
from primacy.framework.translations import leaves

ARABIC = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "گ": "ك", "ک": "ك", "ی": "ي",
    "ـ": None, "ء": None,
})  # fmt: skip
ARTICLE = re.compile(r"^[وفبكل]?ال(?=.{3})")
PLURAL = re.compile(r"(?<=\w{4})s$")  # of English and French; what is left is looked for inside words
SORTS: dict[type[Entry], str] = {
    Benchmark: "benchmark", Activity: "activity", Risk: "risk", TradeOff: "trade-off",
}  # fmt: skip
FIRST = ("title", "short", "question")
WEIGHTS = {"id": 100, "title": 20, "short": 15, "question": 10, "labels": 6, "glossary": 12}
AROUND = 60  # letters shown on both sides of what was found
MOST_WORDS = 8
LONGEST = 100


@dataclass(frozen=True)
class Found:
    """One thing that says all words. `pieces`: the place where, as (text, whether it was asked for)."""

    sort: str
    id: str
    language: str
    field: str
    pieces: tuple[tuple[str, bool], ...]
    weight: int


@dataclass(frozen=True)
class _Text:
    field: str
    text: str
    folded: str
    places: tuple[int, ...]  # of each folded letter, where it stands in the text


@dataclass(frozen=True)
class _Document:
    sort: str
    id: str
    language: str
    texts: tuple[_Text, ...]


def folded(text: str) -> str:
    """Letters as they are compared."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    letters, places = [], []
    for place, letter in enumerate(text):
        decomposed = unicodedata.normalize("NFKD", letter.translate(ARABIC)).casefold()
        for each in decomposed:
            if unicodedata.category(each) != "Mn":
                letters.append(each)
                places.append(place)
    return "".join(letters), tuple(places)


def search(framework: Framework, query: str, language: str) -> list[Found]:
    """What says all words of a query, the best first; what the reader's own language says before all others."""
    words = words_of(query)
    if not words:
        return []
    best: dict[tuple[str, str], Found] = {}
    for document in _documents(framework):
        found = _found(document, words, own=document.language == language)
        key = document.sort, document.id
        if found is not None and (key not in best or found.weight > best[key].weight):
            best[key] = found
    order = {id: place for place, id in enumerate(framework.entries)}
    return sorted(best.values(), key=lambda each: (-each.weight, order.get(each.id, len(order)), each.id))


def _found(document: _Document, words: Sequence[str], *, own: bool) -> Found | None:
    hits = []
    for word in words:
        having = [each for each in document.texts if word in each.folded]
        if not having:
            return None
        hits.append(max(having, key=_weight))
    shown = max(hits, key=_weight)
    if document.sort == "glossary":
        shown = hits[0]
    weight = 2 * sum(map(_weight, hits)) + (1 if own else 0)
    return Found(document.sort, document.id, document.language, shown.field, _pieces(shown, words), weight)


def _weight(text: _Text) -> int:
    return WEIGHTS.get(text.field, 2)


def _pieces(shown: _Text, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text around the first word, cut at what was asked for."""
    marked = [False] * len(shown.text)
    for word in words:
        start = shown.folded.find(word)
        while start >= 0:
            for place in shown.places[start : start + len(word)]:
                marked[place] = True
            start = shown.folded.find(word, start + len(word))
    first = marked.index(True) if True in marked else 0
    begin, end = max(0, first - AROUND), min(len(shown.text), first + 2 * AROUND)
    if begin:  # whole words
        begin = shown.text.find(" ", begin, first) + 1 or begin
    if end < len(shown.text):
        end = max(shown.text.rfind(" ", first, end), first + 1) if " " in shown.text[first:end] else end
    pieces: list[tuple[str, bool]] = [("…", False)] if begin else []
    for place in range(begin, end):
        if pieces and pieces[-1][1] == marked[place]:
            pieces[-1] = (pieces[-1][0] + shown.text[place], marked[place])
        else:
            pieces.append((shown.text[place], marked[place]))
    return tuple([*pieces, ("…", False)] if end < len(shown.text) else pieces)


def pieces(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    """A text of any kind around the first word of a query, as (text, whether it was asked for)."""
    return _pieces(_Text("", text, *_folded(text)), words_of(query))


def words_of(query: str) -> list[str]:
    """The words of a query as they are compared."""
    return [PLURAL.sub("", ARTICLE.sub("", each)) for each in folded(query[:LONGEST]).split()][:MOST_WORDS]


# ---- what is looked through


_kept: list[tuple[Framework, tuple[_Document, ...]]] = []


def _documents(framework: Framework) -> tuple[_Document, ...]:
    """Made once for a framework; the loader hands out the same one as long as no file changes."""
    for known, documents in _kept:
        if known is framework:
            return documents
    _kept[:] = [(framework, tuple(_all(framework)))]
    return _kept[0][1]


def _all(framework: Framework) -> Iterator[_Document]:
    languages = list(framework.texts)
    for id, entry in framework.entries.items():
        paths = _paths(framework, id)
        for language in languages:
            said = [(path, *framework.text(id, path, language)) for path in paths]
            texts = [_text(path.split(".")[0], words) for path, words, translated in said if translated and words]
            yield _Document(SORTS[type(entry)], id, language, (_text("id", id), *texts))
    for sort, ids in (("output", [each.id for each in framework.outputs]), ("component", list(framework.components))):
        for id in ids:
            for language in languages:
                words = [(name, framework.text(id, name, language)) for name in ("title", "about")]
                texts = [_text(name, text) for name, (text, translated) in words if translated and text]
                yield _Document(sort, id, language, (_text("id", id), *texts))
    for language in languages:
        for id, term in framework.texts[language].get("glossary", {}).items():
            yield _Document("glossary", id, language, (_text("glossary", str(term)),))


def _paths(framework: Framework, id: str) -> list[str]:
    """The texts that an entry has, by those of its translations; an entry of the mission's own has at least these."""
    entry = framework.entries[id]
    own = [name for name in (*FIRST, "about", "misleads") if getattr(entry, name, "")]
    told = (path for language in framework.texts for path, _text in leaves(framework.texts[language].get(id, {})))
    labels = (f"labels.{name}" for name in getattr(entry, "indicators", {}))
    return list(dict.fromkeys([*own, *labels, *told]))


@lru_cache(maxsize=20_000)
def _text(field: str, text: str) -> _Text:
    text = text.replace("`", "")
    letters, places = _folded(text)
    return _Text(field, text, letters, places)
