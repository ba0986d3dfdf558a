"""Which translations hold, who has confirmed them, and that a language is one folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from primacy.framework import Framework, load, loading
from primacy.framework.languages import codes, languages, named, short_name, words
from primacy.framework.translations import Review, Reviews, confirm, fingerprint, reviews

FRAMEWORK = load()


def overlay(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def entry(framework: Framework, unit: str, language: str, **changed: str) -> dict[str, Review]:
    """A review of a unit as it is now, with some of its fields otherwise."""
    fields = {"by": "political-affairs", "on": "2026-11-01", "text": fingerprint(framework, unit, language)}
    return {unit: Review(**{**fields, **changed})}


# ---- reviews


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_nobody_confirmed_waits(language: str) -> None:
    found = Reviews(FRAMEWORK, language, {})
    assert found.waiting == found.units
    assert {"O2", "O2.M2", "sentences", "words"} <= set(found.units)


def test_what_somebody_confirmed_holds_and_the_rest_waits() -> None:
    found = Reviews(FRAMEWORK, "fr", entry(FRAMEWORK, "O2.M2", "fr"))
    assert found.holds("O2.M2")
    assert set(found.units) - set(found.waiting) == {"O2.M2"}
    assert list(found.overtaken) == []


def test_a_review_of_another_language_says_nothing_of_this_one() -> None:
    assert not Reviews(FRAMEWORK, "ar", entry(FRAMEWORK, "O2.M2", "fr")).holds("O2.M2")


def test_english_needs_nobody_to_confirm_it() -> None:
    assert reviews(FRAMEWORK, "en").waiting == []


CHANGES = [
    ("the English", {"change": "id: O2.M2\ntitle: Violence has gone down\n"}),
    ("the translation", {"locale__fr__O2": "O2.M2: {title: La violence a reculé}\n"}),
]


@pytest.mark.parametrize(("shows", "files"), CHANGES, ids=[case[0] for case in CHANGES])
def test_when_either_text_changes_it_must_be_read_again(tmp_path: Path, shows: str, files: dict[str, str]) -> None:
    changed = load(overlay(tmp_path, **files))
    found = Reviews(changed, "fr", entry(FRAMEWORK, "O2.M2", "fr") | entry(FRAMEWORK, "O2.M3", "fr"))
    assert "O2.M2" in found.waiting
    assert found.holds("O2.M3")
    (problem,) = found.overtaken
    assert (problem.file, problem.field) == ("locale/fr/reviewed.yaml", "O2.M2")
    assert "primacy framework review O2.M2 --language fr" in problem.remedy


def test_a_review_of_what_is_not_there_is_told() -> None:
    listed = {"O9.S9": Review(by="planning", on="2026-11-01", text="0")}
    assert [problem.field for problem in Reviews(FRAMEWORK, "fr", listed).overtaken] == ["O9.S9"]


def test_a_confirmed_translation_is_kept_with_the_mission(tmp_path: Path) -> None:
    folder = overlay(tmp_path, change="id: O2.M2\nbeside: [O2.L1]\n")
    for unit in ("O2.M2", "words"):  # one after the other: the second keeps the first
        confirm(load(folder), [unit], "ar", folder, by="civil-affairs", on="2026-11-25")
    found = reviews(load(folder), "ar")
    assert set(found.units) - set(found.waiting) == {"O2.M2", "words"}
    assert found.entries["words"] == Review(by="civil-affairs", on="2026-11-25", text=found.entries["words"].text)
    assert reviews(load(folder), "fr").waiting == reviews(load(folder), "fr").units


def test_a_review_that_lacks_a_field_counts_for_nothing_and_is_told(tmp_path: Path) -> None:
    text = fingerprint(FRAMEWORK, "O2.M2", "fr")
    found = reviews(load(overlay(tmp_path, locale__fr__reviewed=f"O2.M2: {{on: 2026-11-25, text: {text}}}\n")), "fr")
    assert not found.holds("O2.M2")
    assert [problem.field for problem in found.problems] == ["O2.M2.by"]


# ---- the mission's own words


def test_what_the_mission_words_otherwise_loses_the_translation_of_the_standard(tmp_path: Path) -> None:
    changed = load(overlay(tmp_path, change="id: O2.M2\ntitle: Violence has gone down\n"))
    assert changed.text("O2.M2", "title", "fr") == ("Violence has gone down", False)
    assert changed.text("O2.M2", "question", "fr") == FRAMEWORK.text("O2.M2", "question", "fr")
    assert changed.text("O2.M3", "title", "fr") == FRAMEWORK.text("O2.M3", "title", "fr")


def test_a_list_that_the_mission_changed_keeps_the_translations_of_what_stayed(tmp_path: Path) -> None:
    first = FRAMEWORK.benchmarks["O2.M2"].collect[0]
    kept = f"{{what: {first.what}, kind: {first.kind}, how: '{first.how}'}}"
    content = f"id: O2.M2\ncollect:\n  - {kept}\n  - {{what: Calls, kind: incident, how: Listen}}\n"
    changed = load(overlay(tmp_path, change=content))
    assert changed.text("O2.M2", "collect.0.what", "ar") == FRAMEWORK.text("O2.M2", "collect.0.what", "ar")
    assert changed.text("O2.M2", "collect.1.what", "ar") == ("Calls", False)


def test_the_mission_translates_its_own_words(tmp_path: Path) -> None:
    own = {
        "change": "id: O2.M2\ntitle: Violence has gone down\n",
        "locale__fr__own": "O2.M2: {title: Moins de coups}\n",
    }
    changed = load(overlay(tmp_path, **own))
    assert changed.text("O2.M2", "title", "fr") == ("Moins de coups", True)
    assert changed.text("O2.M2", "short", "fr") == FRAMEWORK.text("O2.M2", "short", "fr")


def test_a_translation_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    read = loading.read_framework(overlay(tmp_path, locale__fr__own="O2.M2: {title: [\n"))
    assert [problem.file for problem in read.problems] == ["locale/fr/own.yaml"]


# ---- a language is one folder


@pytest.fixture
def standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the standard whose folder of languages the test may change."""
    copy = tmp_path / "standard"
    shutil.copytree(loading.STANDARD, copy)
    monkeypatch.setattr(loading, "STANDARD", copy)
    kept = (loading._standard, loading._unchanged, loading.standard_texts)
    for each in kept:
        each.cache_clear()
    yield copy
    for each in kept:
        each.cache_clear()


def test_the_languages_are_those_of_the_folders() -> None:
    assert languages() == {"en": "English", "fr": "Français", "ar": "العربية"}
    assert codes() == ["en", "ar", "fr"]
    assert [short_name(code) for code in codes()] == ["EN", "ع", "FR"]


def test_a_fourth_language_is_one_folder(standard: Path) -> None:
    folder = standard / "locale" / "es"
    folder.mkdir()
    (folder / "words.yaml").write_text(
        "language: {name: Español, short: ES}\nstatuses: {met: alcanzado}\ndecimal: ','\n", "utf-8"
    )
    (folder / "O2.yaml").write_text("O2.M2: {title: Ha bajado la violencia}\n", "utf-8")
    assert languages()["es"] == "Español"
    assert "es" in codes()
    found = load()
    assert found.text("O2.M2", "title", "es") == ("Ha bajado la violencia", True)
    assert found.text("O2.M2", "short", "es") == (FRAMEWORK.benchmarks["O2.M2"].short, False)
    assert words("es", "statuses") == {**words("en", "statuses"), "met": "alcanzado"}
    assert (words("es", "decimal"), words("es", "months")) == (",", words("en", "months"))
    assert named("es", "kinds", "patrol-days") == "patrol days"
    assert sorted(reviews(found, "es").waiting) == ["O2.M2", "words"]
