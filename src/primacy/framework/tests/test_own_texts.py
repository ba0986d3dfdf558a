"""Faults of a mission's own translations are told with file, line, field and remedy."""

from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check
from primacy.framework import Mission

ADDED = """\
id: O2.A90
changed: {by: [planning, police], on: 2026-01-31, because: the mandate says so}
title: Walk together
short: Walk together
about: Leaders walk to the market together.
lead: civil-affairs
benchmarks: [O2.S2]
"""


def overlay(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


FAULTS = [
    # what it shows                 the file of French texts                                     line  field                      what it says
    ("an unknown entry",            "O2.M2: {title: Moins}\nO9.S1: {title: Rien}\n",             2,    "O9.S1",                   "there is no entry O9.S1"),
    ("an unknown field",            "O2.M2:\n  titre: Moins\n",                                  2,    "O2.M2.titre",             "O2.M2 has no text titre"),
    ("an unknown label",            "O2.M2:\n  labels:\n    attack: attaques\n",                 3,    "O2.M2.labels.attack",     "has no text labels.attack"),
    ("an empty text",               "O2.M2:\n  title: ''\n",                                     2,    "O2.M2.title",             "is empty"),
    ("a text left open",            "O2.M2:\n  title:\n",                                        2,    "O2.M2.title",             "is empty"),
    ("a text where texts belong",   "O2.M2: Moins\n",                                            1,    "O2.M2",                   "holds no texts"),
    ("an unknown component",        "polices: {title: Police}\n",                                1,    "polices",                 "there is no entry polices"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "line", "field", "says"), FAULTS, ids=[case[0] for case in FAULTS])
def test_what_no_page_would_show_is_a_fault(
    tmp_path: Path, shows: str, content: str, line: int, field: str, says: str
) -> None:
    (problem,) = check(overlay(tmp_path, locale__fr__own=content))
    assert (problem.file, problem.line, problem.field) == ("locale/fr/own.yaml", line, field)
    assert says in problem.what
    assert problem.remedy


def test_a_word_that_english_does_not_have_is_a_fault(tmp_path: Path) -> None:
    folder = overlay(tmp_path, locale__fr__words="statuses:\n  met: atteint\n  mett: atteint\n")
    (problem,) = check(folder)
    assert (problem.file, problem.line, problem.field) == ("locale/fr/words.yaml", 3, "statuses.mett")
    assert "statuses.met" in problem.remedy


def test_a_folder_of_a_language_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, locale__es__own="O2.M2: {title: Menos}\n"))
    assert (problem.file, problem.what) == ("locale/es", "there is no language es here")


def test_an_added_entry_needs_its_short_name_in_every_language_of_the_mission(tmp_path: Path) -> None:
    folder = overlay(tmp_path, added=ADDED)
    found = check(folder)
    assert [(each.file, each.line, each.field, each.what) for each in found] == [
        ("added.yaml", 4, "short", "is not translated (ar)"),
        ("added.yaml", 4, "short", "is not translated (fr)"),
    ]
    assert "locale/fr/own.yaml" in found[1].remedy
    french = Mission(country="CAF", languages=["en", "fr"])
    assert len(check(folder, french)) == 1
    assert check(overlay(tmp_path, locale__fr__own="O2.A90: {short: Marcher ensemble}\n"), french) == []


def test_texts_of_an_entry_that_the_mission_set_aside_may_stay(tmp_path: Path) -> None:
    gone = "id: O2.M2\nretired: true\nchanged: {by: [planning, police], on: 2026-01-31, because: no mandate}\n"
    assert check(overlay(tmp_path, gone=gone, locale__fr__own="O2.M2: {title: Moins}\n")) == []
