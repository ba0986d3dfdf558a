"""What a team is told of its decisions: from its evidence alone, with what a change of this size is worth beside it."""

from dataclasses import replace
from datetime import date

import pytest

from primacy.assessment.finding import Chart, Finding, Phrase
from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.exercise import follow_up
from primacy.exercise.deciding import decided, options
from primacy.exercise.follow_up import CAUTION, as_data, followed_up, told
from primacy.exercise.game import Game
from primacy.exercise.tests.histories import game
from primacy.exercise.world.state import meanings
from primacy.framework import load

BENCHMARK = "O2.M2"


def played(months: int = 3) -> Game:
    chosen = decided(game(), "protect-civilians")
    return chosen.model_copy(update={"months": chosen.months + months})


def months_until(end: date, number: int) -> tuple[str, ...]:
    last = month_index(end)
    return tuple(first_day(last - number + 1 + each).isoformat() for each in range(number))


def counted(values: list[float | None], today: date, **more: object) -> Chart:
    chart = Chart(
        f"{BENCHMARK}/attacks-on-civilians",
        "events a month",
        months_until(today, len(values)),
        tuple(values),
        window=(0, 1),
    )
    return replace(chart, **more)  # type: ignore[arg-type]


def found(chart: Chart, today: date, was: str = "no clear change", now: str = "progressing") -> Finding:
    days = [last_day(month_index(today) - each).isoformat() for each in range(12, -1, -1)]
    history = tuple((day, None, was if each < 10 else now) for each, day in enumerate(days))
    empty = Phrase("finding.met")
    return Finding(
        benchmark=BENCHMARK, status=now, reason=None, probability=None, lower=None, flags=(), sentence=(empty,),
        rule=empty, numbers={}, parts=(), weakest=None, would_change=(), flips_at=None, data_points=0,
        restricted=False, areas=(), history=history, charts=(chart,),
    )  # fmt: skip


STEADY = [10.0] * 12
CASES = [
    # what it shows                                  months  since        expected (before, since, as much, pairs)
    ("a fall that was never seen before",            [*STEADY, 4.0, 4.0, 4.0],       (10.0, 4.0, 0, 7)),
    ("no change is as much as any",                  [*STEADY, 10.0, 10.0, 10.0],    (10.0, 10.0, 7, 7)),
    ("months that nobody covers say nothing",        [*STEADY, 4.0, None, 4.0],      None),
    ("of a short series there is no before",         [10.0, 10.0, 4.0, 4.0, 4.0],    None),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "values", "expected"), CASES, ids=[case[0] for case in CASES])
def test_before_and_since(shows: str, values: list[float | None], expected: tuple[float, float, int, int]) -> None:
    now = played()
    (each,) = followed_up(now, [found(counted(values, now.today), now.today)], load())
    seen = each.looked[0].seen
    assert [(one.before, one.since, one.as_much, one.pairs) for one in seen] == ([expected] if expected else [])


def test_a_month_still_being_reported_is_not_compared() -> None:
    now = played()
    chart = counted([*STEADY, 10.0, 10.0, 0.0], now.today, incomplete_from=14)
    (each,) = followed_up(now, [found(chart, now.today)], load())
    assert [(one.months, one.since) for one in each.looked[0].seen] == [(2, 10.0)]


def test_of_a_level_the_values_at_the_ends_are_compared() -> None:
    now = played()
    chart = Chart(
        f"{BENCHMARK}/attacks-on-civilians",
        "share",
        months_until(now.today, 15),
        tuple(each / 10 for each in range(15)),
    )
    (each,) = followed_up(now, [found(chart, now.today)], load())
    (seen,) = each.looked[0].seen
    assert (seen.before, seen.since) == (1.1, 1.4)
    assert "attacks on civilians: 110 % in the 3 months before, 140 % since;" in "\n".join(told([each]))


def test_a_team_reads_what_is_in_force_what_to_expect_and_what_was_seen() -> None:
    now = played()
    text = "\n".join(told(followed_up(now, [found(counted([*STEADY, 4.0, 4.0, 4.0], now.today), now.today)], load())))
    assert CAUTION in text
    assert "in force since 01 November 2025" in text
    assert "about half of its work by November 2026" in text
    assert "no clear change before, progressing now" in text
    assert (
        "attacks on civilians: 10 in the 3 months before, 4 since (events a month); as much or more changed in 0 of 7 earlier spans"
        in text
    )


def test_a_decision_that_another_took_the_place_of_says_until_when() -> None:
    twice = decided(played(), "watch-the-rights")
    later = twice.model_copy(update={"months": twice.months + 1})
    newest, first = followed_up(later, [], load())
    assert (newest.decision, newest.until, newest.months) == ("watch-the-rights", None, 1)
    assert (first.decision, first.until) == ("protect-civilians", newest.since)


def test_before_a_month_has_passed_nothing_is_compared() -> None:
    chosen = decided(game(), "protect-civilians")
    (each,) = followed_up(chosen, [found(counted([*STEADY], chosen.today), chosen.today)], load())
    assert each.looked == ()
    assert "counts from" in "\n".join(told([each]))


def test_who_has_decided_nothing_is_told_nothing() -> None:
    assert list(told(followed_up(game(), [], load()))) == []


def test_nothing_of_the_truth_reaches_the_team() -> None:
    """It is made of findings alone: neither the history nor any of its numbers is asked for."""
    now = played()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Game, "history", lambda *_: pytest.fail("the truth was asked for"))
        each = followed_up(now, [found(counted([*STEADY, 4.0, 4.0, 4.0], now.today), now.today)], load())
        text = "\n".join(told(each)) + str(as_data(each))
    assert not [name for name in options()["protect-civilians"].moves if meanings().get(name, "…") in text]
    assert not {"effects", "simulate", "make"} & set(vars(follow_up))
