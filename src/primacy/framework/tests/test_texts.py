"""Whatever a user reads of the framework is there in every language, in words of our own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from primacy.framework import load
from primacy.framework.entries import Benchmark, Measured, TradeOff, Watched
from primacy.framework.grammar import Aggregate
from primacy.framework.languages import words as words_of
from primacy.framework.translations import english, leaves

FRAMEWORK = load()
LANGUAGES = ("en", "fr", "ar")
SHARED_RUN = 8  # words
CODE = re.compile(r"`[^`]+`")
NAMED: dict[str, Any] = {
    **{each.id: each for each in FRAMEWORK.outputs},
    **FRAMEWORK.components,
    **FRAMEWORK.entries,
    **FRAMEWORK.published,
}


def names_of(named: Any) -> Iterator[str]:
    """The path of every text of an output, component, entry or published threshold."""
    yield from (name for name in ("title", "short", "question", "says") if hasattr(named, name))
    if getattr(named, "about", ""):
        yield "about"
    if isinstance(named, Measured):
        yield from (f"labels.{each}" for each in named.indicators)
        yield from (f"units.{each}" for each in named.thresholds)
    if isinstance(named, Benchmark):
        yield "misleads"
        yield from (f"signs.{each.sign.id}" for each in named.reversal if each.sign is not None)
        yield from (f"collect.{place}.{part}" for place in range(len(named.collect)) for part in ("what", "how"))
    if isinstance(named, Watched):
        yield from (f"{'due' if isinstance(named, TradeOff) else 'signs'}.{each.id}" for each in named.signals)
    if isinstance(named, TradeOff):
        yield from (f"assumptions.{place}" for place in range(len(named.assumptions)))
        yield from (f"evidence.{place}.says" for place in range(len(named.evidence)))
        for option in named.options:
            yield f"options.{option.id}.title"
            yield from (f"options.{option.id}.for.{place}" for place in range(len(option.for_)))
            yield from (f"options.{option.id}.against.{place}" for place in range(len(option.against)))


def texts(language: str) -> Iterator[tuple[str, str, str]]:
    """Every text as (id, path, text), without the codes between backticks, which are the same everywhere."""
    for id in NAMED:
        for name in names_of(NAMED[id]):
            yield id, name, re.sub(r"`[^`]*`", "", FRAMEWORK.text(id, name, language)[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", NAMED)
def test_every_text_is_in_every_language(id: str, language: str) -> None:
    for name in names_of(NAMED[id]):
        text, own = FRAMEWORK.text(id, name, language)
        assert text.strip(), name
        assert own, f"{name} is not in {language}"


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("id", FRAMEWORK.benchmarks)
def test_a_translation_asks_for_the_same_codes_to_be_typed(id: str, language: str) -> None:
    for place, each in enumerate(FRAMEWORK.benchmarks[id].collect):
        for part in ("what", "how"):
            translated = FRAMEWORK.text(id, f"collect.{place}.{part}", language)[0]
            assert sorted(CODE.findall(translated)) == sorted(CODE.findall(getattr(each, part)))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_translation_is_left_over_from_an_english_text_that_is_gone(language: str) -> None:
    own = FRAMEWORK.texts[language]
    paths = [(id, path) for id in NAMED for path, _text in leaves(own.get(id, {}))]
    assert paths
    assert [(id, path) for id, path in paths if english(FRAMEWORK, id, path) is None] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_word_of_english_is_in_every_language(language: str) -> None:
    own = FRAMEWORK.texts[language]["words"]
    for name, table in FRAMEWORK.texts["en"]["words"].items():
        assert name in own
        assert not isinstance(table, dict) or set(table) <= set(own[name]), name


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_what_is_counted_and_how_has_a_word_in_every_language(language: str) -> None:
    indicators = [each for entry in FRAMEWORK.measured for each in entry.indicators.values()]
    assert {each.unit for each in indicators if each.unit} | {"items"} <= set(words_of(language, "measured_in"))
    assert set(get_args(Aggregate)) <= set(words_of(language, "aggregates"))


def test_french_keeps_its_punctuation_on_the_line() -> None:
    loose = [(id, name, text) for id, name, text in texts("fr") if re.search(r"[ \w][:;?!»]|«[ \w]", text)]
    assert loose == []


def test_arabic_uses_its_own_comma_semicolon_and_question_mark() -> None:
    assert [(id, name, text) for id, name, text in texts("ar") if re.search(r"[,;?]", text)] == []


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + SHARED_RUN]) for start in range(len(found) - SHARED_RUN + 1)}


def sentences_of(value: Any) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from sentences_of(each)


def test_no_text_shares_a_run_of_eight_words_with_the_guidance(reference_texts: Path) -> None:
    guidance = reference_texts / "political-process-guidance.txt"
    if not guidance.is_file():
        pytest.skip("reference data: the folder is not there")
    theirs = runs(guidance.read_text("utf-8"))
    shared = {" ".join(run) for text in sentences_of(FRAMEWORK.as_dict()) for run in runs(text) & theirs}
    assert theirs
    assert shared == set()
