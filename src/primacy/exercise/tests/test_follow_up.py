"""What a team is told of its decisions: from its evidence alone, with what a change of this size is worth beside it."""

from dataclasses import replace
from datetime import date

import pytest

from primacy.assessment.finding import Chart, Finding, Phrase
from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.exercise import follow_up
from primacy.exercise.deciding import decided, options
from primacy.exercise.follow_up import Seen, as_data, followed_up, told
from primacy.exercise.game import Game
from primacy.exercise.tests.histories import game
from primacy.exercise.turns import changed
from primacy.exercise.turns import told as turn_told
from primacy.exercise.world.state import variables
from primacy.framework import load
from primacy.framework.languages import room_templates
from primacy.framework.saying import CLOSED, OPENED

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
    ("a fall that was never seen before",            [*STEADY, 4.0, 4.0, 4.0],       (10.0, 4.0, 0, 3)),
    ("no change is as much as any",                  [*STEADY, 10.0, 10.0, 10.0],    (10.0, 10.0, 3, 3)),
    ("one bad season is one step in and one out",    [10.0, 10.0, 10.0, 4.0, 4.0, 4.0, *[10.0] * 6, 4.0, 4.0, 4.0], (10.0, 4.0, 2, 3)),
    ("months that nobody covers say nothing",        [*STEADY, 4.0, None, 4.0],      None),
    ("of a short series there is no before",         [10.0, 10.0, 4.0, 4.0, 4.0],    None),
]  # fmt: skip


def seen_in(chart: Chart, now: Game) -> tuple[Seen, ...]:
    (each,) = followed_up(now, [found(chart, now.today)])
    return each.looked[0].seen


@pytest.mark.parametrize(("shows", "values", "expected"), CASES, ids=[case[0] for case in CASES])
def test_before_and_since(shows: str, values: list[float | None], expected: tuple[float, float, int, int]) -> None:
    seen = seen_in(counted(values, played().today), played())
    assert [(one.before, one.since, one.as_much, one.pairs) for one in seen] == ([expected] if expected else [])


def test_a_month_still_being_reported_is_not_compared() -> None:
    now = played()
    seen = seen_in(counted([*STEADY, 10.0, 10.0, 0.0], now.today, incomplete_from=14), now)
    assert [(one.months, one.since) for one in seen] == [(2, 10.0)]


def level(now: Game) -> Chart:
    name, months = f"{BENCHMARK}/attacks-on-civilians", months_until(now.today, 15)
    return Chart(name, "share", months, tuple(each / 20 for each in range(15)))


def test_of_a_level_the_values_at_the_ends_are_compared() -> None:
    (seen,) = seen_in(level(played()), played())
    assert (seen.level, seen.before, seen.since) == (True, 0.55, 0.7)
    assert (seen.ends, seen.as_much, seen.pairs) == (("2025-10-01", "2026-01-01"), 3, 3)


SAID = {
    "en": (
        ["in force since 1 November 2025", "about half of its work by November 2026", "no clear change before, progressing now",
         "attacks on civilians: a mean of 10 before, 4 since (events a month); whole months on each side: 3. Before the"
         " decision it changed as much or more in 0 of 3 earlier steps of this length, none overlapping another"],
        "attacks on civilians: a level of 55 % at the end of October 2025, 70 % at the end of January 2026",
    ),
    "fr": (
        ["en vigueur depuis le 1er novembre 2025", "d’ici novembre 2026", "sans évolution nette avant, en progrès maintenant",
         "en moyenne 10 avant, 4 depuis (faits par mois)", "dans 0 de 3 étapes antérieures", "qui ne se recouvrent pas"],
        "niveau de 55\u00a0% fin octobre 2025, de 70\u00a0% fin janvier 2026",
    ),
    "ar": (
        ["يسري منذ 1 تشرين الثاني/نوفمبر 2025", "دون تغيّر واضح من قبل، يتقدم الآن", "المتوسط 10 من قبل، و4 منذ ذلك", "ولا تتداخل"],
        "في نهاية تشرين الأول/أكتوبر 2025",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_a_team_reads_what_is_in_force_what_to_expect_and_what_was_seen(language: str) -> None:
    """What is a mean is called one, what is a level too, and steps that are counted do not share a month."""
    now, (parts, of_level) = played(), SAID[language]
    texts = []
    for chart in (counted([*STEADY, 4.0, 4.0, 4.0], now.today), level(now)):
        lines = told(followed_up(now, [found(chart, now.today)]), load(), language)
        texts.append("\n".join(lines).replace(OPENED, "").replace(CLOSED, ""))
    assert [each for each in parts if each not in texts[0]] == []
    assert of_level in texts[1]
    assert room_templates("exercise", language)["follow.caution"] in texts[0]


def test_of_a_benchmark_on_which_a_view_is_owed_no_status_is_told_but_what_was_seen_is() -> None:
    now = played()
    finding = found(counted([*STEADY, 4.0, 4.0, 4.0], now.today), now.today)
    shown = followed_up(now, [finding], hidden={BENCHMARK})
    (looked,) = shown[0].looked
    assert (looked.before, looked.now, len(looked.seen)) == (None, "view due", 1)
    text = "\n".join(told(shown, load())) + str(as_data(shown, load()))
    assert "progressing" not in text
    assert "no clear change" not in text
    assert changed([replace(finding, status="met")], [finding], {BENCHMARK}) == []
    assert len(changed([replace(finding, status="met")], [finding], ())) == 1
    assert "O2.M2" in "\n".join(turn_told(now, [], {BENCHMARK}, load()))


def test_a_decision_that_another_took_the_place_of_says_until_when() -> None:
    twice = decided(played(), "watch-the-rights")
    later = twice.model_copy(update={"months": twice.months + 1})
    newest, first = followed_up(later, [])
    assert (newest.decision, newest.until, newest.months) == ("watch-the-rights", None, 1)
    assert (first.decision, first.until) == ("protect-civilians", newest.since)


def test_before_a_month_has_passed_nothing_is_compared() -> None:
    chosen = decided(game(), "protect-civilians")
    (each,) = followed_up(chosen, [found(counted([*STEADY], chosen.today), chosen.today)])
    assert each.looked == ()
    assert "counts from" in "\n".join(told([each], load()))


def test_who_has_decided_nothing_is_told_nothing() -> None:
    assert list(told(followed_up(game(), []), load())) == []


def test_nothing_of_the_truth_reaches_the_team() -> None:
    """It is made of findings alone: neither the history nor any of its numbers is asked for."""
    now = played()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Game, "history", lambda *_: pytest.fail("the truth was asked for"))
        each = followed_up(now, [found(counted([*STEADY, 4.0, 4.0, 4.0], now.today), now.today)])
        text = "\n".join(told(each, load())) + str(as_data(each, load()))
    words = room_templates("exercise", "en")
    truths = [words[f"what.{name}"] for name in options()["protect-civilians"].moves if name in variables()["local"]]
    assert truths
    assert not [each for each in truths if each in text]
    assert not {"effects", "simulate", "make"} & set(vars(follow_up))
