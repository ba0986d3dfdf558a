"""A mission file with faults of form is read as far as it goes, so that its faults of meaning come at the same time."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.framework.mission import Mission
from primacy.framework.mission_mending import read_mended
from primacy.framework.yaml_files import UNSEEN, read_yaml

SIGNED = "signed: [planning, jmac], because: calm"
WHOLE = f"""
country: CAF
mandate: {{start: 2014-09-15, reports: [2015-01-01], paragraphs: [{{number: 30, benchmarks: [O2]}}]}}
baselines: [{{name: a, from: 2015-01-01, to: 2015-12-31, {SIGNED}}}, {{name: b, from: 2016-01-01, to: 2016-12-31, {SIGNED}}}]
horizons: {{short: [2014-09-15, 2015-12-31]}}
events: {{polling_day: 2020-12-27}}
core: [O1.S1]
registers: {{oversight_bodies: [audit, courts]}}
set_aside: [{{benchmark: O2.L1, by: me, on: 2026-01-12, because: another body does it}}]
norms: {{detention_days: 3}}
changes: [{{norm: detention_days, to: 4, by: [one, other], on: 2026-01-12, because: the law}}]
"""


def read(folder: Path, content: str) -> tuple[Mission | None, list[str]]:
    (folder / "mission.yaml").write_text(content, "utf-8")
    mission, problems = read_mended(folder / "mission.yaml")
    return mission, [each.field for each in problems]


def test_a_file_without_fault_is_read_as_it_is(tmp_path: Path) -> None:
    mission, problems = read(tmp_path, WHOLE)
    assert mission == Mission.model_validate(read_yaml(WHOLE))
    assert problems == []


FAULTS = [
    # what it shows                       written            instead                        told of                        what is kept
    ("no such country",                   "country: CAF",    "country: [CAF]",              "country",                     lambda read: read.core == ["O1.S1"]),
    ("a day that there is not",           "start: 2014-09-15", "start: 2014-09-31",         "mandate.start",               lambda read: read.mandate.paragraphs[0].number == "30"),
    ("one baseline of two",               "name: a, from",   "name: a, form",               "baselines.0.from",            lambda read: read.baselines[1].name == "b"),
    ("a baseline turned round",           "to: 2015-12-31, signed",  "to: 2014-12-31, signed",      "baselines.0",                 lambda read: read.baselines[1].name == "b"),
    ("an event that is no day",           "polling_day: 2020-12-27", "polling_day: soon",   "events.polling_day",          lambda read: "polling_day" in read.events),
    ("a register that is no list",        "[audit, courts]", "7",                           "registers.oversight_bodies",  lambda read: read.registers == {"oversight_bodies": []}),
    ("a field that there is not",         "core: [O1.S1]",   "kore: [O1.S1]",               "kore",                        lambda read: read.events != {}),
    ("one decision of one",               "by: me",          "from: me",                    "set_aside.0.by",              lambda read: len(read.set_aside) == 1),
    ("a change of nothing",               "changes: [{norm: detention_days, ", "changes: [{",       "changes.0",                   lambda read: len(read.changes) == 1),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "was", "now", "field", "kept"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_and_the_rest_is_kept(
    tmp_path: Path, shows: str, was: str, now: str, field: str, kept: Any
) -> None:
    assert was in WHOLE
    mission, problems = read(tmp_path, WHOLE.replace(was, now, 1))
    assert field in problems
    assert mission is not None
    assert kept(mission)


def test_several_faults_are_told_at_once_and_each_once(tmp_path: Path) -> None:
    broken = (
        WHOLE.replace("start: 2014-09-15", "start: soon")
        .replace("core: [O1.S1]", "core: 7")
        .replace("by: me", "by: {}")
    )
    mission, problems = read(tmp_path, broken)
    assert sorted(problems) == ["core", "mandate.start", "set_aside.0.by"]
    assert mission is not None


@pytest.mark.parametrize("content", ["", "- a list", "country: [", "\x00"])
def test_what_holds_no_fields_is_not_read_at_all(tmp_path: Path, content: str) -> None:
    mission, problems = read(tmp_path, content)
    assert mission is None
    assert len(problems) == 1


TEXTS = st.text(max_size=5).filter(lambda text: not UNSEEN.search(text))  # with one of these no line is read
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.dates(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(fields=st.dictionaries(st.sampled_from(sorted(Mission.model_fields)), ANYTHING, max_size=5))
def test_whatever_stands_in_the_fields_the_rest_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("mission") / "mission.yaml"
    path.write_text(yaml.safe_dump(fields, allow_unicode=True), "utf-8")
    mission, problems = read_mended(path)
    assert mission is not None
    sound = all(_fits(name, value) for name, value in fields.items())
    assert (problems == []) == (sound and "country" in fields)


def _fits(name: str, value: Any) -> bool:
    try:
        Mission.model_validate({"country": "CAF", name: value})
    except ValueError:
        return False
    return True
