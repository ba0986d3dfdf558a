"""A package is one file that anybody can compute again: same bytes, every difference named, nothing damaged taken."""

import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.packages import package
from primacy.assessment.packages.seal import file_hash
from primacy.assessment.tests.building import AS_OF, KNOWN, SUBJECT, Setting
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.store import Store

BENCHMARK = """
indicators:
  law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}
  trust: {kind: survey, measure: share, aggregate: latest}
rule: {all: [{exists: {indicator: law, min: 1}}, {believes: {indicator: trust, at_least: 50 %}}]}
"""
EVIDENCE = [
    {
        "kind": "law",
        "points": ['2026-03-01 L stage=4 source="quoted,",', "2026-03-01 L stage=4 confidentiality=2 origin=é"],
    },
    {"kind": "survey", "points": ["2026-05-01 q share=0.6170000000000001 se=0.02 n=1000"]},
    {"kind": "price", "data": "nobody reads it", "points": ["2026-05-01 p price=3"]},
]


@pytest.fixture(scope="module")
def setting(model: TrendModel) -> Setting:
    return Setting(model, {SUBJECT: BENCHMARK}, EVIDENCE)


@pytest.fixture
def written(setting: Setting, tmp_path: Path) -> Path:
    path = tmp_path / "assessment.zip"
    inputs = setting.inputs()
    package.write(path, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    return path


def changed(path: Path, name: str, old: str, new: str) -> Path:
    """A copy in which one file of the package says something else."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for each in source.namelist():
            content = source.read(each).decode()
            assert each != name or re.search(old, content)
            target.writestr(each, re.sub(old, new, content, count=1) if each == name else content)
    return copy


def test_the_same_assessment_is_the_same_file(setting: Setting, written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    inputs = setting.inputs()
    package.write(again, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    assert again.read_bytes() == written.read_bytes()
    assert package.verify(written) == package.Verified((), ())


def test_an_assessment_is_found_by_its_day_whatever_the_time_of_its_file(
    setting: Setting, written: Path, tmp_path: Path
) -> None:
    """Copied folders, and others that somebody ran meanwhile, are no reason to compare with another one."""
    inputs, later = setting.inputs(), KNOWN + timedelta(days=30)
    package.write(tmp_path / "later.zip", inputs, assess(inputs, as_of=AS_OF, known=later))
    (tmp_path / "other.zip").write_bytes(b"no package")
    os.utime(written, (0, 0))
    assert package.assessed(tmp_path, as_of=AS_OF, known=KNOWN) == written
    assert package.assessed(tmp_path, as_of=AS_OF, known=later) == tmp_path / "later.zip"
    assert package.assessed(tmp_path, as_of=AS_OF, known=later + timedelta(days=1)) is None


def test_rows_whose_licence_forbids_to_pass_them_on_are_named(setting: Setting, written: Path, tmp_path: Path) -> None:
    assert "not_to_be_passed_on" not in json.loads(zipfile.ZipFile(written).read("package.json"))
    inputs = setting.inputs()
    first, *others = inputs.store.versions()
    closed = [first.model_copy(update={"closed": True, "name": "Events"}), *others]
    inputs = replace(inputs, store=Store.in_memory(inputs.store._given, closed))
    path = tmp_path / "closed.zip"
    package.write(path, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    assert json.loads(zipfile.ZipFile(path).read("package.json"))["not_to_be_passed_on"] == ["Events"]
    assert package.verify(path) == package.Verified((), ())


def test_it_carries_every_row_that_the_rules_read_and_no_other(written: Path) -> None:
    rows = package.part_of(written, "inputs.csv").splitlines()[1:]
    assert len(rows) == 3
    assert not any("price" in row for row in rows)
    assert any("0.6170000000000001" in row for row in rows)


def test_rows_come_back_as_they_were(written: Path, setting: Setting) -> None:
    text = package.part_of(written, "inputs.csv")
    assert package.to_csv(package.from_csv(text)) == text


def test_nothing_in_it_tells_the_clock_of_the_machine(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        assert {each.date_time for each in archive.infolist()} == {package.MOMENT}


CHANGES = [
    ("a data point", "inputs.csv", r"0\.6170000000000001", "0.417", "probability"),
    ("a probability", "findings.json", '"probability":0.9', '"probability":0.1', "probability"),
    ("a rule", "framework.json", "50 %", "90 %", "framework"),
    ("the calibration", "calibration.json", r'"seed": ?3', '"seed":2', "id"),
    ("a place", "places.json", "Morand", "Moran", "id"),
]


@pytest.mark.parametrize(("shows", "name", "old", "new", "field"), CHANGES, ids=[case[0] for case in CHANGES])
def test_what_somebody_changed_is_named_with_both_values(
    written: Path, shows: str, name: str, old: str, new: str, field: str
) -> None:
    found = package.verify(changed(written, name, old, new)).differences
    assert any(each.field == f"files/{name}" for each in found)
    named = [each for each in found if each.field.rsplit("/", 1)[-1] == field]
    assert named
    assert all(each.stored != each.computed for each in named)


def forged(path: Path, old: str, new: str, **about: str) -> Path:
    """A copy whose page says something else, with its new hash in about.json."""
    copy = changed(path, "index.html", old, new)
    with zipfile.ZipFile(copy) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    said = json.loads(files["about.json"]) | about
    said["files"]["index.html"] = file_hash(files["index.html"])
    with zipfile.ZipFile(copy, "w") as target:
        for name, content in files.items():
            target.writestr(name, json.dumps(said) if name == "about.json" else content)
    return copy


def test_a_page_that_its_findings_do_not_give_is_a_difference(written: Path) -> None:
    assert package.verify(forged(written, "Title", "Title")) == package.Verified((), ())
    found = package.verify(forged(written, "Title of", "Best title of"))
    assert [each.field for each in found.differences] == ["files/index.html"]


def test_a_page_of_another_code_is_said_not_to_be_compared(written: Path) -> None:
    found = package.verify(forged(written, "Title of", "Best title of", code="0.0.1"))
    assert (found.differences, found.page.state) == ((), "other code")


def test_words_of_the_mission_on_the_page_travel_with_it_and_are_told(setting: Setting, tmp_path: Path) -> None:
    inputs = setting.inputs()
    texts = {**inputs.framework.texts, "fr": {**inputs.framework.texts["fr"], SUBJECT: {"title": "Notre titre"}}}
    inputs = replace(
        inputs, framework=replace(inputs.framework, texts=texts),
        mission=inputs.mission.model_copy(update={"languages": ["en", "fr"]}),
    )  # fmt: skip
    path = tmp_path / "own.zip"
    package.write(path, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    assert "Notre titre" in package.part_of(path, "index.html")
    found = package.verify(path)
    assert (found.differences, found.page.own) == ((), 1)


def test_the_page_says_in_which_language_nobody_has_confirmed_the_words(setting: Setting, tmp_path: Path) -> None:
    inputs = setting.inputs()
    inputs = replace(inputs, mission=inputs.mission.model_copy(update={"languages": ["en", "fr"]}))
    path = tmp_path / "words.zip"
    package.write(path, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    page = package.part_of(path, "index.html")
    assert page.count("traduction non encore relue") == 1
    assert "translation not yet reviewed" not in page
    assert package.verify(path) == package.Verified((), ())


BROKEN = [("absent", None), ("no archive", b"not a zip"), ("an archive of something else", b"PK\x05\x06" + bytes(18))]


@pytest.mark.parametrize(("shows", "content"), BROKEN, ids=[case[0] for case in BROKEN])
def test_what_is_no_package_is_refused_with_what_to_do(tmp_path: Path, shows: str, content: bytes | None) -> None:
    path = tmp_path / "broken.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(package.NotAPackage) as raised:
        package.verify(path)
    assert "broken.zip" in str(raised.value)
