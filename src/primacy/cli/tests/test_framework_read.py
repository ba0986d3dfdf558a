"""The framework on the terminal: what was changed stands beside the standard, what was set aside can still be read."""

import json
from pathlib import Path

import pytest

from primacy.cli.tests.conftest import Run
from primacy.framework import load

SIGNED = "changed: {by: [planning, police], on: 2026-02-10, because: no mandate for it}\n"


def overlay(tmp_path: Path, content: str) -> None:
    (tmp_path / "instance" / "framework").mkdir(exist_ok=True)
    (tmp_path / "instance" / "framework" / "ours.yaml").write_text(content, "utf-8")


def test_show_tells_the_old_value_beside_the_new_one(run: Run, tmp_path: Path) -> None:
    overlay(tmp_path, "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n" + SIGNED)
    code, out, _err = run("framework", "show", "O2.M2")
    assert code == 0
    assert "20 % in the standard, 30 % here (counts from 1 April 2026; signed by planning, police on" in out


@pytest.mark.parametrize("id", ["O2.M3", "o2m3"])
def test_what_was_set_aside_is_shown_with_who_and_why(run: Run, tmp_path: Path, id: str) -> None:
    overlay(tmp_path, "id: O2.M3\nretired: true\n" + SIGNED)
    code, out, _err = run("framework", "show", id)
    assert code == 0
    assert out.startswith(f"O2.M3  {load().benchmarks['O2.M3'].title}")
    assert "Set aside by the mission: counts from 1 April 2026; signed by planning, police on 10 February 2026" in out


def test_as_json_too(run: Run, tmp_path: Path) -> None:
    overlay(tmp_path, "id: O2.M3\nretired: true\n" + SIGNED)
    told = json.loads(run("framework", "show", "--json")[1])
    assert [each["id"] for each in told["retired"]] == ["O2.M3"]
    assert "O2.M3" not in {each["id"] for each in told["benchmarks"]}
    one = json.loads(run("framework", "show", "O2.M3", "--json")[1])
    assert one["retired"] is True
    assert [each["field"] for each in one["changes"]] == ["retired"]


def test_the_whole_handbook_holds_the_terms(run: Run) -> None:
    code, out, _err = run("framework", "show", "--all")
    assert code == 0
    assert "TERMS IN EACH LANGUAGE" in out
    assert "recalled, not checked" in out


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_diff_speaks_the_language_and_shows_no_raw_rule(run: Run, tmp_path: Path, language: str) -> None:
    rule = "thresholds: {steep: {value: 45 %, unit: share}}\n"
    rule += "rule: {falls: {indicator: attacks-on-civilians, by: steep, window: 12 months}}\n"
    overlay(tmp_path, "id: O2.M2\n" + rule + SIGNED.replace("2026-02-10", "2099-02-10"))
    code, out, _err = run("framework", "diff", "--language", language)
    assert code == 0
    assert f"O2.M2  {load().text('O2.M2', 'title', language)[0]}" in out
    assert "45" in out
    assert not {"{", "falls:", "at_least", "indicator:"} & set(out.replace(" ", "\n").splitlines())
