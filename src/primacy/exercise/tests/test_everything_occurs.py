"""Whoever plays the scenarios meets every kind of data point, every status, every flag that evidence can raise, every
evaluator and combinator.

Three moments are enough for all but the kinds; each case names what it is for, so that a change of a scenario shows what is lost.
"""

import pyarrow.compute as pc
import pytest

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.inputs import Inputs
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.kinds import KINDS
from primacy.exercise.country.country import country
from primacy.exercise.game import Game, a_year_before, found_scenario, new_game, scenarios
from primacy.exercise.ledger.making import make_each
from primacy.exercise.mission_file import OWN_BENCHMARKS, mission_of
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.sheets import Batch, told_since
from primacy.exercise.observation.stores import store_of
from primacy.exercise.rehearsing import areas_of
from primacy.exercise.tests.histories import TODAY
from primacy.framework import load
from primacy.framework.grammar import COMBINATORS, FLAGS, STATUSES, VERBS, Rule

FRAMEWORK = load(OWN_BENCHMARKS)
NOT_OF_EVIDENCE = {"with hindsight", "view due", "leadership differs"}
"""Of back-tests, and of people who give their view or have not yet."""
WHEN = {"steady-progress": 36, "contested-election": 36, "security-without-legitimacy": 47}
"""Months since the deployment."""
RAISED = [
    # flag                   by the scenario                of
    ("at risk",              "security-without-legitimacy", "O3.S1"),  # laws agreed, and word of a decree
    ("due",                  "steady-progress",             "O5.S5"),  # the voter list, five months before the vote
    ("effort unknown",       "contested-election",          "O4.S4"),  # nobody lists the media that are watched
    ("period uncertain",     "contested-election",          "O3.M6"),  # tolls of which only the weeks are known
    ("silent counterpart",   "contested-election",          "O1.S2"),  # the election commission answers no call
    ("trust diverges",       "security-without-legitimacy", "O1.M1"),  # the host is content, and people are not
    ("unconfirmed veto",     "security-without-legitimacy", "O2.M3"),
    ("unconfirmed sign",     "contested-election",          "O5.M5"),
    ("baselines differ",     "contested-election",          "O2.M2"),
    ("on track",             "steady-progress",             "O1.M1"),
    ("overdue",              "steady-progress",             "O1.S1"),
    ("single source",        "steady-progress",             "O2.M5"),
    ("incomplete months",    "steady-progress",             "O2.M6"),
    ("partly restricted",    "steady-progress",             "O4.S2"),
    ("threshold unconfirmed", "steady-progress",            "O1.S1"),
]  # fmt: skip


OF_PLACES = {"population"}  # comes with the boundaries
FROM_OUTSIDE = {
    "violence-total",
    "organisation",
    "conflict-issue",
    "forecast",
}  # told of a country at war, however it goes


def _told(game: Game) -> list[Batch]:
    history = game.history()
    return [told_since(None, batch, (game.today, game.told)) for batch in observe(history, make_each(history))]


def _kinds(name: str) -> set[str]:
    """What a team finds as it takes over."""
    game = new_game(found_scenario(name), seed=1, scale=1.0, months=36, begin=a_year_before(TODAY))
    return {
        kind
        for batch in _told(game)
        for lines in batch.values()
        for kind in pc.unique(lines.column("kind")).to_pylist()
    }


def test_every_kind_of_data_point_occurs() -> None:
    found = {name: _kinds(name) for name in scenarios()}
    assert set.union(*found.values()) == set(KINDS) - OF_PLACES
    assert all(kinds >= FROM_OUTSIDE for kinds in found.values())


def _assessed(game: Game, model: TrendModel) -> Assessment:
    land, history, told = country(1), game.history(), _told(game)
    store = store_of(told, land, covered=(game.first, game.today))
    inputs = Inputs(FRAMEWORK, mission_of(history, game.months), store, areas_of(land), model)
    return assess(inputs, as_of=game.today, known=game.reported, bare=True)


@pytest.fixture(scope="module")
def played(model: TrendModel) -> dict[str, Assessment]:
    begin = a_year_before(TODAY)
    games = {
        name: new_game(found_scenario(name), seed=1, scale=1.0, months=months, begin=begin)
        for name, months in WHEN.items()
    }
    return {name: _assessed(game, model) for name, game in games.items()}


def test_the_list_of_flags_is_whole() -> None:
    assert {flag for flag, _scenario, _benchmark in RAISED} == set(FLAGS) - NOT_OF_EVIDENCE


@pytest.mark.parametrize(("flag", "scenario", "benchmark"), RAISED, ids=[case[0] for case in RAISED])
def test_every_flag_that_evidence_can_raise_occurs(
    played: dict[str, Assessment], flag: str, scenario: str, benchmark: str
) -> None:
    (found,) = (each for each in played[scenario].findings if each.benchmark == benchmark)
    assert flag in found.flags


def test_every_status_occurs(played: dict[str, Assessment]) -> None:
    assert {each.status for told in played.values() for each in told.findings} == set(STATUSES)


def test_every_evaluator_and_combinator_decides_something(played: dict[str, Assessment]) -> None:
    """Of what a rule consists of counts what is in the rule of a finding that could be judged; of evaluators, parts."""
    judged = {each.benchmark for told in played.values() for each in told.findings if each.probability is not None}
    rules = [node for id in judged for node in FRAMEWORK.benchmarks[id].rule.nodes()]
    assert {name for rule in rules for name in _combined(rule)} == {*COMBINATORS, "veto", "after", "each"}
    parts = [part for told in played.values() for each in told.findings for part in each.parts]
    assert {part.evaluator for part in parts if part.probability is not None} >= set(VERBS)
    assert "sign" in {part.evaluator for part in parts if part.role == "sign"}


def _combined(rule: Rule) -> set[str]:
    extra = {name for name in ("veto", "after", "each") if getattr(rule, name)}
    return extra | ({rule.head} & set(COMBINATORS))
