"""The shipped scenarios: whole, in three languages, with their two documents, and true to their names."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from primacy.exercise.country.country import country
from primacy.exercise.deciding import decided, options
from primacy.exercise.game import Game, found_scenario, scenarios
from primacy.exercise.world.simulating import History, simulate
from primacy.exercise.world.state import Floats
from primacy.exercise.world.violence import streams
from primacy.framework.languages import words

DOCS = Path(__file__).parents[4] / "docs" / "exercise"
FIRST = date(2021, 11, 1)
PLAY = 60  # the month in which a team takes over
MONTHS = 72
SEEDS = (1, 2, 3)
ON_CIVILIANS = ("attacks-obstructing", "attacks-outside", "attacks-militias")
ARMED = (
    *ON_CIVILIANS,
    "fighting-obstructing",
    "fighting-constructive",
    "fighting-outside",
    "fighting-between",
    "communal",
)
NAMES = sorted(scenarios())
EVERY_SEED = pytest.mark.parametrize("seed", SEEDS)


@cache
def played(name: str, seed: int) -> History:
    return simulate(country(1), found_scenario(name), seed=seed, months=MONTHS, first=FIRST)


def events(
    history: History, named: tuple[str, ...], months: slice, provinces: tuple[int, ...] = (1, 2, 3, 4, 5)
) -> float:
    """How many happened in these provinces, counted from 1."""
    return _sum(history, history.happened, named, months, provinces)


def expected(history: History, named: tuple[str, ...], months: slice, provinces: tuple[int, ...]) -> float:
    """How many would have happened without luck: in quiet provinces luck is larger than any story."""
    return _sum(history, history.slow, named, months, provinces)


def _sum(history: History, numbers: Floats, named: tuple[str, ...], months: slice, provinces: tuple[int, ...]) -> float:
    rows = [place for place, each in enumerate(streams()) if each in named]
    inside = [each + 1 in provinces for each in history.setting.province]
    return float(numbers[rows][:, inside][:, :, months].sum())


def felt(history: History, variable: str) -> Floats:
    """The mean over people, month by month."""
    people = history.setting.people / history.setting.people.sum()
    mean: Floats = people @ history.local[variable]
    return mean


# ---- every scenario


def test_six_scenarios_are_shipped() -> None:
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_bears_the_name_of_its_file_and_speaks_three_languages(name: str) -> None:
    scenario = found_scenario(name)
    assert scenario.name == name
    for told in (scenario.title, scenario.about):
        assert {language for language, text in told.items() if text} == {"en", "fr", "ar"}
        assert not re.search(r"[^\u00a0\u202f][:;?!]", told["fr"])
        assert re.search(r"[\u0600-\u06ff]", told["ar"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["", "-facilitator"])
def test_a_scenario_has_a_briefing_and_a_note(name: str, ending: str) -> None:
    assert (DOCS / f"{name}{ending}.md").is_file()


def shape(page: str) -> dict[str, object]:
    """What a page has in every language: its parts, points and rows, the months and figures that it names, what is
    typed, and the names of decisions."""
    bare = re.sub(r" --language \w+|NAME|NOM", "", page)
    return {
        "headings": len(re.findall(r"^#", page, re.MULTILINE)),
        "points": len(re.findall(r"^- ", page, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", page, re.MULTILINE)),
        "bold": page.count("**") // 2,
        "typed": sorted(" ".join(each.split()) for each in re.findall(r"```[^`]+```|`[^`]+`", bare)),
        "decisions": sorted(re.findall(r"\*([a-z]+-[a-z-]+)\*", page)),
    }


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("ending", ["", "-facilitator"])
@pytest.mark.parametrize("name", NAMES)
def test_a_briefing_and_a_note_say_the_same_in_every_language(name: str, ending: str, language: str) -> None:
    told, english = ((DOCS / folder / f"{name}{ending}.md").read_text("utf-8") for folder in (language, ""))
    assert shape(told) == shape(english)
    if language == "fr":
        prose = re.sub(r"`[^`]*`|```.*?```|\(\S+\)|\d+:\d+|^\|[-|]+$", "x", told, flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"[ \w][:;?!»](?!\w)|«[ \w]", prose)
    else:
        assert not re.search(r"[\u0600-\u06ff] ?[,;?]", told)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_a_note_calls_statuses_and_flags_as_pages_do(name: str, language: str) -> None:
    page = (DOCS / ("" if language == "en" else language) / f"{name}-facilitator.md").read_text("utf-8")
    known = {str(each).casefold() for table in ("statuses", "flags") for each in words(language, table).values()}
    named = {" ".join(each.split()).casefold() for each in re.findall(r"(?<!\*)\*([^*\[\]]+)\*(?!\*)", page)}
    said = {each for each in named if each not in options()}
    assert {each for each in said if not any(each.startswith(one) for one in known)} == set()


@pytest.mark.parametrize("name", NAMES)
@EVERY_SEED
def test_six_years_of_finite_numbers(name: str, seed: int) -> None:
    history = played(name, seed)
    for values in (*history.national.values(), *history.local.values(), *history.effort.values()):
        assert values.shape[-1] == MONTHS
        assert np.isfinite(values).all()
        assert values.min() >= 0.0
        assert values.max() <= 1.0
    assert np.isfinite(history.happened).all()
    assert history.happened.min() >= 0.0


@pytest.mark.parametrize("name", NAMES)
def test_something_happens_while_a_team_plays(name: str) -> None:
    scenario = found_scenario(name)
    ahead = [*(each.month for each in scenario.shocks), *(each.from_ for each in scenario.plan), scenario.polling]
    assert any(PLAY <= month < MONTHS for month in ahead)


def test_some_votes_lie_behind_and_some_ahead() -> None:
    votes = [found_scenario(name).polling for name in NAMES]
    assert sum(44 <= month <= 52 for month in votes) >= 2
    assert sum(62 <= month <= 66 for month in votes) >= 2


# ---- each tells its story, in what is so


@EVERY_SEED
def test_steady_progress(seed: int) -> None:
    history = played("steady-progress", seed)
    assert events(history, ARMED, slice(48, 60)) < 0.5 * events(history, ARMED, slice(24, 36))
    assert felt(history, "trust")[71] > felt(history, "trust")[24] + 0.2
    assert history.national["rejection"].max() < 0.2


@EVERY_SEED
def test_relapse_comes_in_one_province_only(seed: int) -> None:
    history = played("relapse-in-one-province", seed)
    before, after = slice(36, 48), slice(48, 60)
    assert events(history, ON_CIVILIANS, after, (4,)) > 1.4 * events(history, ON_CIVILIANS, before, (4,))
    assert expected(history, ON_CIVILIANS, after, (4,)) > 1.6 * expected(history, ON_CIVILIANS, before, (4,))
    calm = (1, 2, 3, 5)
    assert expected(history, ON_CIVILIANS, after, calm) <= expected(history, ON_CIVILIANS, before, calm)
    assert felt(history, "trust")[PLAY] > felt(history, "trust")[40] + 0.1  # the average looks well


@EVERY_SEED
def test_propaganda_of_peace_hides_violence_that_does_not_fall(seed: int) -> None:
    history = played("propaganda-of-peace", seed)
    assert history.national["candour"][48:PLAY].max() < 0.5 * history.national["candour"][35]
    assert history.national["propaganda"][48:PLAY].min() > 0.4
    assert events(history, ARMED, slice(48, 60)) > 0.9 * events(history, ARMED, slice(36, 48))
    assert history.national["implementation"][PLAY] < 0.3  # frozen


@EVERY_SEED
def test_a_contested_election_is_refused_after_the_vote(seed: int) -> None:
    history = played("contested-election", seed)
    vote = history.scenario.polling
    assert history.national["rejection"][vote - 1] < 0.05
    assert history.national["rejection"][vote : vote + 10].min() > 0.3
    assert history.national["dialogue"][PLAY] < history.national["dialogue"][vote - 1] - 0.1
    clashes = [events(history, ("party-clash",), when) for when in (slice(vote - 20, vote - 8), slice(vote, vote + 12))]
    assert clashes[1] > 2 * clashes[0]
    assert events(history, ARMED, slice(vote, vote + 12)) < events(history, ARMED, slice(24, 36))  # no war


@EVERY_SEED
def test_security_without_legitimacy(seed: int) -> None:
    history = played("security-without-legitimacy", seed)
    safety, trust = felt(history, "safety"), felt(history, "trust")
    assert safety[PLAY] > safety[30] + 0.2
    assert trust[PLAY] < trust[30] - 0.15
    assert trust[PLAY:].max() < 0.4
    assert events(history, ARMED, slice(48, 60)) < 0.5 * events(history, ARMED, slice(24, 36))


@EVERY_SEED
def test_an_early_withdrawal_ends_all_effort_and_things_slide(seed: int) -> None:
    history = played("early-withdrawal", seed)
    assert all(each[-1] == 0.0 for each in history.effort.values())
    assert felt(history, "safety")[-1] < felt(history, "safety")[56] - 0.08
    assert felt(history, "trust")[-1] < felt(history, "trust")[PLAY] + 0.05  # rose before, rises no more
    assert events(history, ARMED, slice(60, 72)) > 1.5 * events(history, ARMED, slice(48, 60))
    assert history.national["commitment_government"][PLAY] < history.national["commitment_government"][47] - 0.1


def test_no_decision_keeps_a_mission_that_is_told_to_leave() -> None:
    game = Game(scenario=found_scenario("early-withdrawal"), first=FIRST, months=PLAY)
    game = decided(game, "protect-civilians").model_copy(update={"months": MONTHS})
    history = game.history()
    assert all(each[-1] == 0.0 for each in history.effort.values())
    total = [sum(float(each[month]) for each in of.effort.values()) for of in (history, played("early-withdrawal", 1))
             for month in (PLAY,)]  # fmt: skip
    assert total[0] == pytest.approx(total[1], rel=0.25)
    later = PLAY + 7  # after the next cut, still what the team decided
    assert history.effort["patrols"][later] > history.effort["verification"][later]
