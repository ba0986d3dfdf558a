"""An exercise from its beginning: evidence comes in whole, time passes, a decision counts from the next month on."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from primacy.evidence import Store
from primacy.evidence.errors import BadInput
from primacy.exercise import services
from primacy.exercise.game import FILE, found_scenario
from primacy.exercise.tests.histories import TODAY, game
from primacy.framework import Instance, read_mission
from primacy.framework.loading import load


def empty(folder: Path, country: str = "XXX") -> Instance:
    instance = Instance(folder)
    for each in (instance.overlay, instance.places, instance.evidence):
        each.mkdir(parents=True)
    instance.mission_file.write_text(f"country: {country}\n", "utf-8")
    return instance


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    instance = empty(tmp_path_factory.mktemp("exercise") / "instance")
    services.begin(instance, game(months=3), say=lambda text: None)
    return instance


def test_no_line_of_any_producer_is_rejected(begun: Instance) -> None:
    assert {each.name: each.rejected for each in Store(begun.evidence).versions() if each.rejected} == {}


def test_evidence_of_an_earlier_day_is_what_was_known_then(begun: Instance) -> None:
    store = Store(begun.evidence)
    early, late = datetime(2024, 6, 1, tzinfo=UTC), datetime.combine(TODAY, datetime.min.time(), UTC)

    def count(known: datetime) -> int:
        rows = store.rows(as_of=TODAY, known=known)
        return int(store.fetch(rows.count().name("n").as_table())["n"][0].as_py())

    assert 0 < count(early) < count(late)


def test_the_mission_file_names_all_that_the_benchmarks_ask_of_it(begun: Instance) -> None:
    mission = read_mission(begun.mission_file)
    asked = {
        value
        for benchmark in load().benchmarks.values()
        for indicator in benchmark.indicators.values()
        for value in (indicator.register_, *indicator.where.values())
        if isinstance(value, str) and value.startswith("mission.")
    }
    assert asked
    assert all(mission.names(each) for each in asked)
    assert mission.practice_day == services.read_game(begun).today
    assert set(mission.core) <= set(load().benchmarks)


def test_time_passes_and_a_decision_counts_from_the_next_month_on(begun: Instance) -> None:
    before, store = services.read_game(begun), Store(begun.evidence)
    versions = len(store.versions())
    decided = services.decide(begun, "protect-civilians")
    assert decided.decisions[-1].from_ == before.months
    later = services.advance(begun, 2, today=TODAY)
    assert later.months == before.months + 2
    assert later.decisions == decided.decisions
    assert len(Store(begun.evidence).versions()) > versions
    assert read_mission(begun.mission_file).practice_day == later.today
    assert later.history().effort["patrols"][-1] > before.history().effort["patrols"][-1]
    assert all(each.rejected == 0 for each in Store(begun.evidence).versions())


def test_nobody_plays_into_the_days_to_come(begun: Instance) -> None:
    untouched = (begun.folder / FILE).read_bytes()
    with pytest.raises(BadInput, match="is not over yet"):
        services.advance(begun, 24, today=TODAY)
    assert (begun.folder / FILE).read_bytes() == untouched


def test_a_decision_that_nobody_offers_is_refused(begun: Instance) -> None:
    with pytest.raises(BadInput, match="is no decision"):
        services.decide(begun, "win-the-war")


def test_an_instance_of_another_country_is_left_alone(tmp_path: Path) -> None:
    instance = empty(tmp_path / "other", country="CAF")
    with pytest.raises(BadInput, match="another country"):
        services.begin(instance, game(), say=lambda text: None)
    assert instance.mission_file.read_text("utf-8") == "country: CAF\n"


def test_what_is_no_exercise_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no exercise"):
        services.read_game(empty(tmp_path / "plain"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("name: x\n", "is no scenario", id="fields are missing"),
        pytest.param("{", "is no scenario", id="no YAML"),
    ],
)
def test_a_faulty_scenario_is_told_with_its_remedy(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=told):
        found_scenario(str(path))


def test_a_scenario_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(BadInput, match="steady-progress"):
        found_scenario("paradise")
