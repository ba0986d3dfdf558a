"""What a decision truly does: the same history with it and without it, with the same luck."""

from functools import cache

import numpy as np
import pytest

from primacy.exercise.deciding import HALF, TOLD, decided, effects, in_force, options, without
from primacy.exercise.facilitating import lines
from primacy.exercise.game import Game, a_year_before, found_scenario, new_game
from primacy.exercise.tests.histories import TODAY
from primacy.exercise.world.scenario import Plan
from primacy.exercise.world.state import TASKS, variables
from primacy.exercise.world.violence import streams
from primacy.framework import load
from primacy.framework.languages import codes, room_templates
from primacy.framework.saying import CLOSED, OPENED


def names() -> set[str]:
    return {*variables()["national"], *variables()["local"]}


def begun(scenario: str = "relapse-in-one-province", months: int = 20) -> Game:
    return new_game(found_scenario(scenario), seed=1, scale=1.0, months=months, begin=a_year_before(TODAY))


def later(game: Game, months: int) -> Game:
    return game.model_copy(update={"months": game.months + months})


@cache
def played() -> Game:
    """Two decisions, three months apart, and half a year after."""
    return later(decided(later(decided(begun(), "protect-civilians"), 3), "watch-the-rights"), 6)


def test_every_decision_can_be_taken_and_keeps_some_of_each_task() -> None:
    for name in options():
        plan = decided(begun(), name).decisions[-1]
        assert plan.named == name
        assert set(plan.tasks) == set(TASKS)
        assert min(plan.tasks.values()) > 0


def test_a_second_decision_of_a_month_takes_the_place_of_the_first() -> None:
    twice = decided(decided(begun(), "prepare-the-vote"), "verify-the-ceasefire")
    assert [each.named for each in twice.decisions] == ["verify-the-ceasefire"]


def test_a_decision_names_what_there_is_to_move_and_to_look_at() -> None:
    there = {*names(), *(told["called"] for told in streams().values())}
    for name, option in options().items():
        assert set(option.moves) <= there, name
        assert set(option.look_at) <= set(load().benchmarks), name
        assert bool(option.moves) == bool(option.look_at) == (name != "even-spread"), name


def test_leaving_nothing_out_is_the_same_exercise() -> None:
    nobody = Plan.model_validate({"from": 0, "strength": 0.5, "tasks": {}, "named": "nothing"})
    assert without(played(), nobody) == played()


def test_a_later_decision_is_taken_as_it_was_when_an_earlier_one_is_left_out() -> None:
    first, second = played().decisions
    bare = without(played(), first)
    assert [(each.named, each.from_) for each in bare.decisions] == [("watch-the-rights", second.from_)]
    assert bare.decisions[0].tasks["patrols"] < second.tasks["patrols"]
    assert in_force(bare).named == "watch-the-rights"


def test_a_history_beside_itself_is_itself() -> None:
    history = played().history()
    again = played().history(beside=history)
    assert again.happened.tobytes() == history.happened.tobytes()
    assert again.local["safety"].tobytes() == history.local["safety"].tobytes()


def test_what_happened_in_the_other_history_happens_here_unless_the_decision_tells_them_apart() -> None:
    """By luck alone two histories of the same chances would differ by hundreds of events."""
    first = played().decisions[0]
    history, bare = played().history(), without(played(), first)
    beside, apart = bare.history(beside=history), bare.history()
    since = slice(first.from_, None)
    shared, alone = (np.abs(each.happened - history.happened)[:, :, since].sum() for each in (beside, apart))
    assert 0 < shared < 0.5 * alone
    np.testing.assert_array_equal(beside.happened[:, :, : first.from_], history.happened[:, :, : first.from_])


def test_beside_another_history_as_much_happens_as_by_itself() -> None:
    """The luck that is shared makes neither history more or less violent."""
    history, bare = played().history(), without(played(), played().decisions[0])
    beside = bare.history(beside=history)
    assert beside.happened.sum() == pytest.approx(beside.rate.sum(), rel=0.05)


def test_what_has_not_begun_has_no_effect() -> None:
    assert effects(begun()) == []
    assert effects(decided(begun(), "verify-the-ceasefire")) == []


def test_each_decision_has_its_own_effect_and_what_it_is_meant_for_comes_first() -> None:
    found = effects(played())
    assert [plan.named for plan, _moved in found] == ["protect-civilians", "watch-the-rights"]
    for plan, moved in found:
        meant = len(options()[plan.named].moves)
        assert [each.meant for each in moved[: meant + 1]] == [*[True] * meant, False]
        assert all(each.seen for each in moved[meant:])
    trust = next(each for each in found[0][1] if each.name == "trust_mission")
    assert trust.is_ > trust.without + TOLD


@pytest.mark.parametrize("name", [name for name, option in options().items() if option.moves])
def test_about_half_of_what_a_decision_does_in_two_years_has_come_after_the_months_that_a_team_is_told(
    name: str,
) -> None:
    """Of the levels it is meant for that it moves at all; `prepare-the-vote` comes where all is prepared."""
    game = begun()
    history = later(decided(game, name), 24).history()
    bare = later(game, 24).history(beside=history)
    people = history.setting.people / history.setting.people.sum()
    moved = []
    for each in set(options()[name].moves) & names():
        levels = (one.national[each] if each in one.national else people @ one.local[each] for one in (history, bare))
        apart = np.abs(np.subtract(*levels))[game.months :]
        if apart.max() > 4 * TOLD:
            moved.append(int(np.argmax(apart >= apart.max() / 2)) + 1)
    assert all(HALF - 4 <= each <= HALF + 3 for each in moved)
    assert moved or name in ("prepare-the-vote", "speak-to-the-people", "verify-the-ceasefire")


BESIDE = {
    "today": "2026-01-31", "findings": [{"benchmark": "O2.M2", "status": "met", "truly": "does not hold", "wrong": True}],
    "decisions": [{"decision": "protect-civilians", "since": "2025-12-01", "months": 2, "effects": [
        {"name": "attacks on civilians", "is": 107.0, "without": 118.0, "events": True, "meant": True},
        {"name": "safety", "is": 0.728, "without": 0.697, "events": False, "meant": False},
    ]}],
}  # fmt: skip
SAID = {
    "en": ["The truth on 31 January 2026", "Steady progress", "does not hold  <- wrong",
           "protect-civilians, in force since 1 December 2025, months: 2",
           "* attacks on civilians since then: 107, without it 118 (11 fewer)",
           "how safe people feel, from 0 to 1: 0.728, without it 0.697 (higher by 0.031)"],
    "fr": ["La vérité au 31 janvier 2026", "Un progrès régulier", "n’est pas vrai  <- faux",
           "en vigueur depuis le 1er décembre 2025, mois\u00a0: 2",
           "* attaques contre des civils depuis\u00a0: 107, sans elle 118 (11 de moins)",
           "sentiment de sécurité de la population, de 0 à 1\u00a0: 0,728, sans elle 0,697 (plus haut de 0,031)"],
    "ar": ["الحقيقة في 31 كانون الثاني/يناير 2026", "تقدّم مطّرد", "غير صحيح  <- خطأ",
           "يسري منذ 1 كانون الأول/ديسمبر 2025",
           "* الهجمات على المدنيين منذ ذلك: 107، ومن دونه 118 (أقل بمقدار 11)",
           "شعور الناس بالأمان، من 0 إلى 1: 0.728، ومن دونه 0.697 (أعلى بمقدار 0.031)"],
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_effects_are_told_in_words_and_numbers(language: str) -> None:
    told = "\n".join(lines(BESIDE, begun("steady-progress").scenario, language))
    bare = told.replace(OPENED, "").replace(CLOSED, "")
    assert [each for each in SAID[language] if each not in bare] == []


@pytest.mark.parametrize("language", codes())
def test_whatever_a_decision_may_move_and_put_effort_in_has_words(language: str) -> None:
    told = room_templates("exercise", language)
    called = {each["called"] for each in streams().values()}
    assert {f"what.{name}" for name in names() | called} == {each for each in told if each.startswith("what.")}
    assert {f"task.{name}" for name in TASKS} == {each for each in told if each.startswith("task.")}
    assert all(set(each.about) >= set(codes()) for each in options().values())
