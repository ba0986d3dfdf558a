"""Graded reports together: an origin counts once, order is irrelevant, and what is said is as often so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.indicators.fusion import Learnt, Report, clusters, fuse, learn
from primacy.assessment.indicators.grades import probability
from primacy.assessment.indicators.report_simulation import GRADES, draw_claims, draw_world


def own(says: bool, grade: str, name: str) -> Report:
    return Report(says, grade, name, name)


def echo(says: bool, grade: str, origin: str | None, name: str = "paper") -> Report:
    return Report(says, grade, name, origin)


REPORTS = st.lists(
    st.builds(
        Report, st.booleans(), st.sampled_from(GRADES), st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["a", "b", None]),
    ),
    max_size=7,
)  # fmt: skip


def test_one_report_is_as_sure_as_its_grade() -> None:
    assert fuse([own(True, "B2", "a")]) == pytest.approx(probability("B2"))
    assert fuse([own(False, "B2", "a")]) == pytest.approx(1 - probability("B2"))


def test_no_report_leaves_the_prior() -> None:
    assert fuse([], prior=0.3) == pytest.approx(0.3)


def test_two_origins_are_surer_than_one_and_a_contradiction_takes_it_back() -> None:
    one, other = own(True, "B2", "a"), own(True, "B2", "b")
    assert fuse([one, other]) > fuse([one])
    assert fuse([one, own(False, "B2", "b")]) == pytest.approx(0.5)


@given(REPORTS, st.sampled_from(GRADES))
def test_repeating_an_origin_changes_nothing(reports: list[Report], grade: str) -> None:
    known = [*reports, own(True, "C3", "z")]
    assert fuse([*known, echo(True, grade, "z")]) == fuse(known)


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_reports_is_irrelevant(reports: list[Report], chance: object) -> None:
    mixed = list(reports)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert fuse(mixed) == fuse(reports)


@given(REPORTS)
def test_the_contrary_of_a_claim_is_as_unlikely_as_the_claim_is_likely(reports: list[Report]) -> None:
    turned = [Report(not each.says, each.grade, each.source, each.origin) for each in reports]
    assert fuse(turned) == pytest.approx(1.0 - fuse(reports), abs=1e-8)


def test_a_report_of_unknown_origin_weighs_less_than_a_second_origin_and_more_than_an_echo() -> None:
    first = own(True, "B2", "a")
    echoed, unknown, second = (
        fuse([first, each]) for each in (echo(True, "B2", "a"), echo(True, "B2", None), own(True, "B2", "b"))
    )
    assert echoed < unknown < second


def test_an_origin_that_is_told_both_ways_and_does_not_speak_itself_says_nothing() -> None:
    assert clusters([echo(True, "B2", "z", "p"), echo(False, "B2", "z", "q")]) == []
    assert clusters([echo(True, "B2", "z", "p"), own(False, "C3", "z")])[0].says is False


@pytest.mark.parametrize("prior", [0.0, 1.0])
def test_a_prior_that_no_report_could_move_is_refused(prior: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fuse([own(True, "B2", "a")], prior=prior)


# ---- learning


def test_a_grade_that_was_mostly_wrong_is_believed_less_and_one_case_hardly_counts() -> None:
    wrong = ([own(True, "B2", "a")], False)
    assert learn([wrong]).accuracy("B2") == pytest.approx(probability("B2"), abs=0.1)
    assert learn([wrong] * 60).accuracy("B2") < 0.35
    assert learn([wrong] * 60).accuracy("C3") == Learnt().accuracy("C3")


def test_echoes_of_a_settled_claim_teach_once() -> None:
    told = [own(True, "B2", "a"), *(echo(True, "C3", "a", f"p{n}") for n in range(9))]
    found = learn([(told, True)])
    assert found.right == {"B2": (1, 0)}
    assert found.echoes == (9, 1)


def test_without_provenance_the_rate_of_echoes_is_heard_from_how_much_claims_agree() -> None:
    random = np.random.default_rng(5)
    few, many = (learn(draw_claims(random, draw_world(random, rate), 300, missing=1.0)) for rate in (0.05, 0.7))
    mean_few, mean_many = (sum(rate * weight for rate, weight in each.echo_rates()) for each in (few, many))
    assert mean_many > mean_few + 0.2


# ---- calibration on claims whose truth is known (the full measurement: bench/fusion.py)


def judged(echo_rate: float, missing: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng([7, int(100 * echo_rate)])
    said, true = [], []
    for _ in range(3):
        world = draw_world(random, echo_rate)
        learnt = learn(draw_claims(random, world, 400, missing=missing))
        for reports, truth in draw_claims(random, world, 500, missing=missing):
            said.append(fuse(reports, learnt))
            true.append(truth)
    return np.array(said), np.array(true)


@pytest.mark.parametrize(("echo_rate", "missing"), [(0.4, 0.0), (0.7, 0.0), (0.6, 0.4)])
def test_what_is_said_is_as_often_so_whatever_the_hidden_rate_of_echoes(echo_rate: float, missing: float) -> None:
    said, true = judged(echo_rate, missing)
    tenths = np.minimum((said * 10).astype(int), 9)
    error = sum(abs(said[tenths == t].sum() - true[tenths == t].sum()) for t in range(10)) / said.size
    sure = np.maximum(said, 1 - said) > 0.95
    assert error <= 0.05  # 0.02 is the target of the full measurement; 1,500 claims add the rest
    assert ((said > 0.5) == true)[sure].mean() >= 0.95
