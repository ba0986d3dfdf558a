"""What `make run` opens: an invented country in which every room has something to show."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from primacy.assessment.finding import Finding
from primacy.assessment.over_time.changes import listed
from primacy.assessment.packages.package import findings_of, part_of, verify
from primacy.evidence import Store
from primacy.exercise.country.country import country
from primacy.exercise.services import read_game
from primacy.framework import Instance, read_mission

MAKEFILE = Path(__file__).parents[4] / "Makefile"


@pytest.fixture(scope="module")
def assessed(opened: Path) -> list[tuple[Finding, ...]]:
    """The findings of each assessment, the oldest first."""
    packages = (opened / "assessments").glob("*.zip")
    by_day = sorted(packages, key=lambda each: str(json.loads(part_of(each, "package.json"))["as_of"]))
    return [findings_of(each) for each in by_day]


def test_nothing_in_it_is_about_a_real_country(opened: Path) -> None:
    assert "(invented)" in read_mission(Instance(opened).mission_file).name
    assert opened.joinpath("mission.yaml").read_text("utf-8").startswith("# Dasurenta is invented: no such country")


def test_no_figure_of_it_bears_the_name_of_a_real_producer(opened: Path) -> None:
    imported = [each for each in Store(Instance(opened).evidence).versions() if each.format != "site"]
    assert {each.format for each in imported} >= {"population", "csv"}
    assert [each.name for each in imported if "(invented)" not in each.producer] == []
    assert {each.licence for each in imported} == {"invented, free to use"}
    assert [each.name for each in imported if "OCHA" in each.citation] == []


def test_more_than_two_thirds_of_the_benchmarks_have_evidence(assessed: list[tuple[Finding, ...]]) -> None:
    assert sum(each.data_points > 0 for each in assessed[-1]) >= len(assessed[-1]) * 2 / 3


def test_marks_of_many_kinds_are_seen(assessed: list[tuple[Finding, ...]]) -> None:
    found = {each.status for each in assessed[-1]}
    assert found >= {"progressing", "not met", "insufficient evidence", "not yet applicable"}


def test_something_changed_since_the_assessment_before(assessed: list[tuple[Finding, ...]]) -> None:
    assert len(assessed) == 2
    assert listed(*assessed)


def test_one_province_is_worse_off_than_another(assessed: list[tuple[Finding, ...]]) -> None:
    by_area = [{area.status for area in each.areas} for each in assessed[-1]]
    assert any("not met" in found and found & {"met", "progressing"} for found in by_area)


def test_its_assessments_are_computed_again_to_the_letter(opened: Path) -> None:
    packages = sorted(Instance(opened).assessments.glob("*.zip"))
    assert len(packages) == 2
    assert [verify(each).differences for each in packages] == [(), ()]


def test_every_data_point_but_the_population_is_internal_or_higher(opened: Path) -> None:
    store = Store(Instance(opened).evidence)
    rows = store.rows(as_of=read_game(Instance(opened)).today, known=datetime.now(UTC))
    found = store.fetch(rows.filter(rows.kind != "population").select("confidentiality").distinct())
    assert min(found["confidentiality"].to_pylist()) == 1


def test_its_people_have_written_records_tasks_and_comments(opened: Path) -> None:
    wanted = {"actors_actor": 4, "actors_contact": 6, "incidents_fieldreport": 4, "work_task": 6, "work_comment": 6}
    with closing(sqlite3.connect(Instance(opened).database)) as database:
        there = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in wanted}
        days = {day for (day,) in database.execute("SELECT day FROM actors_contact")}
    assert there == wanted
    assert max(days) <= read_game(Instance(opened)).today.isoformat()


def test_what_they_wrote_counts_from_the_present_on(
    opened: Path, assessed: list[tuple[Finding, ...]]
) -> None:  # fmt: skip
    """Records are known from the day of the exercise on which they were written; the next assessment rests on them."""
    game, store = read_game(Instance(opened)), Store(Instance(opened).evidence)
    assert assessed
    kept = [each for each in store.versions() if each.name.startswith("Records: ")]
    assert {each.known.date() for each in kept} == {game.today}, "they count from the day of the exercise on"
    assert any(each.name.startswith("Records: ") for each in store.versions())


def test_a_second_time_adds_nothing(opened: Path, tmp_path: Path) -> None:
    shutil.copytree(opened, tmp_path / "again")
    instance = Instance(tmp_path / "again")
    before = instance.mission_file.read_bytes(), Store(instance.evidence).versions()
    words = ("--data", str(instance.folder), "init", "--exercise")
    done = subprocess.run([sys.executable, "-m", "primacy", *words], capture_output=True, text=True, check=True)
    assert "already; what it lacks is added" in done.stdout
    assert "password" not in done.stdout
    assert (instance.mission_file.read_bytes(), Store(instance.evidence).versions()) == before
    assert len(list(instance.assessments.glob("*.zip"))) == 2


@pytest.mark.parametrize(
    ("code", "invented"),
    [
        pytest.param("XXX", True, id="not yet said"),
        pytest.param(country().code, True, id="begun and not finished"),
        pytest.param("CAF", False, id="of one's own"),
    ],
)
def test_make_run_gives_the_invented_country_to_none_of_ones_own(code: str, invented: bool) -> None:
    found = re.search(r"grep -Eq '([^']+)'", MAKEFILE.read_text("utf-8"))
    assert found is not None
    assert bool(re.match(found[1], f"country: {code}\n")) is invented
