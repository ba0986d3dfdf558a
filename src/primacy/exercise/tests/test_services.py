"""An exercise from its beginning: evidence comes in whole, time passes, a decision counts from the next month on."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from primacy.assessment.checks.checking import check
from primacy.evidence import Store
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.exercise import services
from primacy.exercise.country.country import country
from primacy.exercise.country.writing import write_population
from primacy.exercise.game import Game, found_scenario, late_vote, new_game, scenarios
from primacy.exercise.observation.sheets import told_since
from primacy.exercise.observation.stores import store_of
from primacy.exercise.tests.histories import TODAY, empty, game
from primacy.exercise.world.scenario import Shock, text_in
from primacy.framework import Instance, read_mission
from primacy.framework.instance import EXERCISE
from primacy.framework.languages import codes
from primacy.framework.loading import load
from primacy.framework.problems import FrameworkError
from primacy.framework.saying import Said

SHIPPED = scenarios()["steady-progress"].read_text("utf-8")
POLLING = "polling: 64"
OWN_NEXT = "our own conference"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    instance = empty(tmp_path_factory.mktemp("exercise") / "instance")
    services.begin(instance, game(months=3), say=lambda text: None)
    return instance


def copy_of(begun: Instance, folder: Path) -> Instance:
    """The same exercise, for a test that plays it."""
    shutil.copytree(begun.folder, folder)
    return Instance(folder)


class Played(NamedTuple):
    """A month of an exercise: the game before, as decided, and after it."""

    instance: Instance
    before: Game
    decided: Game
    later: Game
    versions: int


@pytest.fixture(scope="module")
def played(begun: Instance, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A team writes into the mission file and decides; then a month passes."""
    instance = copy_of(begun, tmp_path_factory.mktemp("played") / "instance")
    before, versions = services.read_game(instance), len(Store(instance.evidence).versions())
    own = yaml.safe_load(instance.mission_file.read_text("utf-8"))
    own["political_line"] |= {"objectives": ["Our own objective"], "next": OWN_NEXT, "next_on": TODAY}
    instance.mission_file.write_text(yaml.safe_dump(own), "utf-8")
    decided = services.decide(instance, "protect-civilians")
    return Played(instance, before, decided, services.advance(instance, 1), versions)


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


def test_a_store_in_memory_is_what_importing_makes(begun: Instance) -> None:
    """Histories are scored on the same evidence that a team sees."""
    told = services.read_game(begun)
    history, batches = services._seen(told)
    known = [told_since(None, batch, (told.today, told.told)) for batch in batches]
    memory = store_of(known, history.country, covered=(told.first, told.today))
    imported = {each.name: each for each in Store(begun.evidence).versions() if each.format == "csv"}
    for version in memory.versions():
        covers = [set(map(str, each.coverage)) for each in (version, imported[version.name])]
        assert covers[0] == covers[1], version.name
        assert version.known == imported[version.name].known


def test_time_passes_and_a_decision_counts_from_the_next_month_on(played: Played) -> None:
    instance, before, decided, later, versions = played
    assert decided.decisions[-1].from_ == before.months
    assert later.months == before.months + 1
    assert later.decisions == decided.decisions
    store = Store(instance.evidence)
    assert len(store.versions()) > versions
    assert read_mission(instance.mission_file).practice_day == later.today
    assert later.history().effort["patrols"][-1] > before.history().effort["patrols"][-1]
    assert all(each.rejected == 0 for each in store.versions())


def test_what_a_team_wrote_into_the_mission_file_stays(played: Played) -> None:
    instance, _before, _decided, later, _versions = played
    mission = read_mission(instance.mission_file)
    assert mission.political_line.objectives == ["Our own objective"]
    assert (mission.political_line.next, mission.political_line.next_on) == (OWN_NEXT, TODAY)
    assert mission.practice_day == later.today
    assert (instance.folder / EXERCISE).stat().st_mode & 0o077 == 0


def test_the_mission_has_a_benchmark_of_its_own_that_it_signed_as_it_was_deployed(begun: Instance) -> None:
    told = services.read_game(begun)
    (own,) = set(load(begun.overlay, told.today).benchmarks) - set(load().benchmarks)
    deployed = told.first_day(told.scenario.deployment)
    assert f"on: {deployed}" in (begun.overlay / f"{own}.yaml").read_text("utf-8")
    assert check(begun.overlay, today=told.today) == []
    texts = load(begun.overlay).texts
    assert all(texts[language][own]["title"] for language in ("fr", "ar"))


def test_what_lies_in_the_overlay_already_stays(tmp_path: Path) -> None:
    instance = empty(tmp_path / "own")
    (instance.overlay / "O2.M90.yaml").write_text("id: O2.M90\nretired: true\n", "utf-8")
    services._write_mission(instance, game(), game().history())
    assert "retired: true" in (instance.overlay / "O2.M90.yaml").read_text("utf-8")


def test_a_milestone_whose_day_has_passed_makes_room_for_the_following(begun: Instance, tmp_path: Path) -> None:
    instance, today = copy_of(begun, tmp_path / "passed"), services.read_game(begun).today
    told = yaml.safe_load(instance.mission_file.read_text("utf-8"))
    shipped = (told["political_line"]["next"], told["political_line"]["next_on"])
    told["political_line"] |= {"next": OWN_NEXT, "next_on": today}
    instance.mission_file.write_text(yaml.safe_dump(told), "utf-8")
    later = services.advance(instance, 1)
    line = read_mission(instance.mission_file).political_line
    assert line.next_on is not None
    assert line.next_on > later.today
    assert (line.next, line.next_on) == shipped  # a day of the process, which has only come nearer
    assert (line.next_on - later.today).days < (line.next_on - today).days


@pytest.mark.parametrize(
    ("standing", "kept"),
    [
        pytest.param({"stage": "talks on an agreement"}, False, id="what the exercise wrote follows the process"),
        pytest.param({"stage": "our own stage", "objectives": ["Our own"]}, True, id="what a team wrote stays"),
    ],
)
def test_the_stage_follows_the_process_unless_a_team_wrote_its_own(
    begun: Instance, tmp_path: Path, standing: dict[str, object], kept: bool
) -> None:
    instance, played = Instance(tmp_path), services.read_game(begun)
    told = yaml.safe_load(begun.mission_file.read_text("utf-8"))
    shipped = dict(told["political_line"])
    told["political_line"] |= standing
    instance.mission_file.write_text(yaml.safe_dump(told), "utf-8")
    services._date_mission(instance, played, played.history())
    line = yaml.safe_load(instance.mission_file.read_text("utf-8"))["political_line"]
    assert line == (shipped | standing if kept else shipped)


def rows_of(instance: Instance) -> dict[str, int]:
    """Every data point in force, with how often it is there."""
    store = Store(instance.evidence)
    known = datetime.combine(TODAY, datetime.min.time(), UTC)
    rows = store.rows(as_of=TODAY, known=known)
    names = (
        "kind",
        "item",
        "date",
        "measure",
        "value",
        "area",
        "actor",
        "target",
        "group",
        "stratum",
        "source",
        "known",
    )
    found = store.fetch(rows.filter(rows.kind != "population").select(*names)).to_pylist()
    return Counter(str(tuple(each.values())) for each in found)


def test_playing_on_is_the_same_as_beginning_later(begun: Instance, tmp_path: Path) -> None:
    """Nothing that was known is lost when time passes: what a later release covers, it tells whole."""
    short, months = services.read_game(begun), 2
    on, later = copy_of(begun, tmp_path / "on"), empty(tmp_path / "later")
    services.advance(on, months)
    services.begin(later, short.model_copy(update={"months": short.months + months}), say=lambda text: None)
    one, other = rows_of(on), rows_of(later)
    assert sum(one.values()) > 1000
    assert one == other


def test_what_is_broken_off_ends_with_a_whole_month(
    begun: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long look ahead may be ended by hand: the evidence, the game and the mission's day are of one month."""
    broken = copy_of(begun, tmp_path / "broken")
    passed, release = services.read_game(broken).months, services._release
    monkeypatch.setattr(services, "_release", lambda *given, since: _until(passed + 1, release, *given, since=since))
    with pytest.raises(KeyboardInterrupt):
        services.advance(broken, 3)
    game = services.read_game(broken)
    assert game.months == passed + 1
    assert read_mission(broken.mission_file).practice_day == game.today


def _until(month: int, release: Callable[..., None], *given: object, since: int) -> None:
    if since == month:
        raise KeyboardInterrupt
    release(*given, since=since)


def test_a_decision_that_nobody_offers_is_refused(begun: Instance) -> None:
    with pytest.raises(BadInput, match="is no decision"):
        services.decide(begun, "win-the-war")


def test_an_instance_of_another_country_is_left_alone(tmp_path: Path) -> None:
    instance = empty(tmp_path / "other", country="CAF")
    with pytest.raises(BadInput, match="another country"):
        services.begin(instance, game(), say=lambda text: None)
    assert instance.mission_file.read_text("utf-8") == "country: CAF\n"


def test_an_exercise_that_was_broken_off_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its places and people are in, its file is not: `make run` calls the same command once more."""
    instance, said = empty(tmp_path / "broken"), list[Said]()

    def stop(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "_release", stop)
        with pytest.raises(KeyboardInterrupt):
            services.begin(instance, game(months=1), say=said.append)
    assert Store(instance.evidence).versions()
    assert not instance.is_exercise
    services.begin(instance, game(months=1), say=said.append)
    assert [each.key for each in said].count("exercise/begins-again") == 1
    assert instance.is_exercise
    names = [each.name for each in Store(instance.evidence).versions()]
    assert len(names) == len(set(names)) > 10


def test_room_is_made_so_that_what_is_broken_off_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of evidence without their list would be taken for a damaged store."""
    instance = empty(tmp_path / "broken")
    file = write_population(country(1), tmp_path, 2020)
    import_files([file], instance=instance, imported_by=services.BY)
    gone: list[str] = []

    def removed(folder: Path) -> None:
        gone.append(folder.name)
        whole(folder)
        Store(instance.evidence).versions()

    whole = shutil.rmtree
    monkeypatch.setattr("primacy.exercise.services.shutil.rmtree", removed)
    services._clear(instance)
    assert gone[-2:] == ["evidence", "places"]
    assert "rows" in gone
    assert Store(instance.evidence).versions() == []


def test_evidence_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    instance = empty(tmp_path / "used")
    file = write_population(country(1), tmp_path, 2020)
    import_files([file], instance=instance, imported_by="amir")
    with pytest.raises(BadInput, match="holds evidence already"):
        services.begin(instance, game(), say=lambda text: None)
    assert len(Store(instance.evidence).versions()) == 1


def test_what_is_no_exercise_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no exercise"):
        services.read_game(empty(tmp_path / "plain"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("name: x\n", r"own\.yaml: title: is missing", id="fields are missing"),
        pytest.param("", r"own\.yaml: is empty", id="an empty file"),
        pytest.param("- name\n", r"own\.yaml: holds no fields", id="a list"),
        pytest.param(
            SHIPPED + "silences: [{from: 40, until: 40, counterpart: election-commission}]\n",
            r"silences\.0\.until: begins in month 40 and is over before month 40\. Name a month after 40",
            id="a silence over before it begins",
        ),
        pytest.param(
            SHIPPED.replace("conditions:\n", "conditions:\n  - {from: 40, until: 30, variable: pledges, near: 0.5}\n"),
            r"conditions\.0\.until: begins in month 40 and is over before month 30",
            id="a condition that ends before it begins",
        ),
        pytest.param(
            SHIPPED.replace(POLLING, "polling: 121"),
            "polling: no exercise comes to a vote in month 121: .* until month 120. Name an earlier month",
            id="a vote after all that is played",
        ),
        pytest.param("title: one\nabout: [", r"own\.yaml, line \d: cannot be read", id="no YAML"),
        pytest.param("[" * 3000, "cannot be read", id="nested without end"),
        pytest.param(
            SHIPPED.replace('where: ["3/1"]', 'where: ["9"]'), "“9” is not of the form", id="no such province"
        ),
        pytest.param(
            SHIPPED.replace("month: 44", "month: -5"), "is below what it may be: 0", id="a month before the first"
        ),
        pytest.param(SHIPPED.replace("strength: 0.5", "strength: .nan"), "strength", id="a strength that is no number"),
        pytest.param(SHIPPED.replace("patrols: 1.2", "patrols: -3"), "patrols", id="less than nothing of a task"),
        pytest.param(
            SHIPPED.replace("deployment: 24", "deployment: 100000"),
            "deployment: is above what it may be: 60",
            id="a mission that never comes",
        ),
        pytest.param(
            SHIPPED.replace(POLLING, "polling: 2"),
            "polling.*after the agreement.*later month",
            id="a vote before peace",
        ),
        pytest.param(
            SHIPPED.replace(POLLING, "polling: 24"), "polling.*after the deployment", id="a vote as the mission comes"
        ),
        pytest.param(
            SHIPPED + "silences: [{from: 40, counterpart: election-comission}]\n",
            r"silences\.0\.counterpart.*election-comission.*\n?.*election-commission",
            id="silence of nobody",
        ),
    ],
)
def test_a_faulty_scenario_is_told_with_its_remedy(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises((BadInput, FrameworkError), match=told):
        found_scenario(str(path))


OWN_WORDS = [
    pytest.param("title: Ours\nabout: What we play\n", {"en": "Ours", "fr": "Ours", "ar": "Ours"}, id="one text"),
    pytest.param(
        "title: {fr: Le nôtre, ar: لنا}\nabout: {fr: Ce que nous jouons}\n",
        {"en": "Le nôtre", "fr": "Le nôtre", "ar": "لنا"},
        id="some languages",
    ),
]


@pytest.mark.parametrize(("texts", "read"), OWN_WORDS)
def test_a_scenario_of_ones_own_keeps_its_own_words(tmp_path: Path, texts: str, read: dict[str, str]) -> None:
    shipped = yaml.safe_load(SHIPPED)
    kept = {name: value for name, value in shipped.items() if name not in ("title", "about")}
    path = tmp_path / "own.yaml"
    path.write_text(texts + yaml.safe_dump(kept), "utf-8")
    title = found_scenario(str(path)).title
    assert {language: text_in(title, language) for language in codes()} == read


REFUSALS = [
    ("title: {xx: Ours}\n", {"en": "languages that are not here: xx", "fr": "absentes d’ici", "ar": "بلغات ليست هنا"}),
    ("title: {}\n", {"en": "neither a text", "fr": "ni texte", "ar": "ليس فيه نص"}),
    ("title: Ours\nstart: {courage: 1}\n", {"en": "variables of the world", "fr": "du monde", "ar": "متغيرات العالم"}),
    ("title: Ours\npolling: 2\n", {"en": "comes after the", "fr": "vient après", "ar": "يأتي الاقتراع بعد"}),
]


@pytest.mark.parametrize(("texts", "told"), REFUSALS)
def test_what_is_wrong_with_a_scenario_is_told_in_every_language(
    tmp_path: Path, texts: str, told: dict[str, str]
) -> None:
    changed = yaml.safe_load(SHIPPED) | yaml.safe_load(texts)
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(changed), "utf-8")
    with pytest.raises(FrameworkError) as caught:
        found_scenario(str(path))
    assert {language: text in caught.value.told(language) for language, text in told.items()} == dict.fromkeys(
        told, True
    )


def test_a_list_whose_parts_are_faulty_is_not_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(SHIPPED.replace("patrols: 1.2", "patrols: -3").replace("patrols: 1,", "patrols: -3,"), "utf-8")
    with pytest.raises(FrameworkError) as caught:
        found_scenario(str(path))
    assert [each.field for each in caught.value.problems] == ["plan.0.tasks.patrols", "plan.1.tasks.patrols"]


@pytest.mark.parametrize(("months", "told"), [(9, True), (28, True), (29, False), (36, False)])
def test_a_vote_after_the_first_year_of_play_is_told(months: int, told: bool) -> None:
    """Of the shipped scenario it comes 40 months after the deployment."""
    said = late_vote(new_game(found_scenario("steady-progress"), seed=1, scale=1.0, months=months, begin=TODAY))
    assert (said is not None and "`--months 29` or more" in said.told()) is told


def asked(where: str = "3/1", scale: float = 1.0, seed: int = 1) -> Game:
    """The shipped scenario with a shock in another place."""
    shock = Shock(month=40, what="offensive", where=(where,))
    scenario = found_scenario("steady-progress").model_copy(update={"shocks": (shock,)})
    return new_game(scenario, seed=seed, scale=scale, months=36, begin=TODAY)


@pytest.mark.parametrize("where", ["3/99", "3/6"])
def test_a_shock_in_a_district_that_is_not_there_is_refused(where: str) -> None:
    with pytest.raises(BadInput, match=rf"shocks\.0\.where: “{where}” is no district.*Name one from 3/1 to 3/5"):
        asked(where)


@pytest.mark.parametrize(
    ("where", "seed"),
    [
        pytest.param("1/6", 2, id="the sixth where a province has six"),
        pytest.param("4/5", 7, id="the fifth of a province of four is counted again from the first"),
        pytest.param("3", 1, id="a whole province"),
    ],
)
def test_a_district_of_most_countries_is_one_of_each(where: str, seed: int) -> None:
    assert asked(where, seed=seed).scenario.shocks[0].where == (where,)


def test_a_larger_country_has_more_districts() -> None:
    assert asked("3/10", scale=2.0)


@pytest.mark.parametrize("name", sorted(scenarios()))
def test_every_shipped_scenario_can_be_made_with_any_seed(name: str) -> None:
    assert all(new_game(found_scenario(name), seed=n, scale=1.0, months=36, begin=TODAY) for n in range(40))


@pytest.mark.parametrize("scale", [float("nan"), float("inf"), 1e9, 800.5, 0.3, 0.0, -1.0])
def test_a_scale_of_no_country_is_refused_before_anything_is_made(scale: float) -> None:
    with pytest.raises(
        BadInput, match=r"--scale: .* is no scale of a country.*24 districts.*below 1 .* as large as at 1"
    ):
        asked(scale=scale)


def test_a_scenario_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(BadInput, match="steady-progress"):
        found_scenario("paradise")
