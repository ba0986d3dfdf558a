"""Contributions add up to the change, whatever happens on the way; the way back is the way there reversed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.over_time.attributing import (
    LEARNT,
    RULE,
    TIME,
    UNKNOWN,
    Contribution,
    Path,
    Stand,
    contributions,
    main_cause,
    orders,
)

NEW, REVISED = "new evidence", "a revised figure"
STATUSES = ("met", "progressing", "no clear change", "not met", "reversed")
stands = st.one_of(
    st.builds(Stand, st.sampled_from(STATUSES), st.integers(0, 1000).map(lambda n: n / 1000)),
    st.just(Stand(UNKNOWN, None)),
)


@st.composite
def two_paths(draw: st.DrawFn) -> list[Path]:
    """Both orders of some causes, with the same ends and anything between."""
    causes = [each for each in (RULE, REVISED, TIME, NEW) if draw(st.booleans())] or [NEW]
    first, last = draw(stands), draw(stands)
    between = [[draw(stands) for _ in causes[:-1]] for _ in range(2)]
    return [
        list(zip(["", *order], [first, *middle, last], strict=True))
        for order, middle in zip(orders(causes), between, strict=True)
    ]


@given(two_paths())
def test_they_add_up_to_the_change_of_p_and_of_the_status(paths: list[Path]) -> None:
    first, last = paths[0][0][1], paths[0][-1][1]
    found = contributions(paths)
    assert sum(each.status for each in found) == (0 if first.status == last.status else 1)
    if first.probability is None or last.probability is None:
        assert {each.probability for each in found} == {None}
    else:
        total = sum(round(2000 * (each.probability or 0.0)) for each in found)
        assert total == 2 * (round(1000 * last.probability) - round(1000 * first.probability))


@given(two_paths())
def test_told_backwards_every_step_of_p_is_the_same_with_the_other_sign(paths: list[Path]) -> None:
    there, back = contributions(paths), contributions(paths, backwards=True)
    for one, other in zip(there, back, strict=True):
        assert one.cause == other.cause
        assert (one.probability is None) == (other.probability is None)
        assert (one.probability or 0.0) == -(other.probability or 0.0)


@given(two_paths())
def test_a_cause_that_changes_nothing_contributes_nothing(paths: list[Path]) -> None:
    still = [[*path[:1], ("another calibration", path[0][1]), *path[1:]] for path in paths]
    found = {each.cause: each for each in contributions(still)}
    assert not found["another calibration"].probability
    assert found["another calibration"].status == 0


@pytest.mark.parametrize(
    ("causes", "there", "back"),
    [
        ([NEW], [NEW], [NEW]),
        ([TIME, NEW], [TIME, NEW], [TIME, NEW]),
        ([RULE, REVISED, TIME, NEW], [RULE, REVISED, TIME, NEW], [TIME, NEW, REVISED, RULE]),
    ],
    ids=["one cause", "what is new is learnt after time has passed, in both", "the past is corrected first, or last"],
)
def test_the_two_orders(causes: list[str], there: list[str], back: list[str]) -> None:
    assert orders(causes) == (there, back)
    assert LEARNT == (TIME, NEW)


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        ([Contribution(RULE, 0.1, 0.0), Contribution(NEW, 0.0, 1.0)], NEW),
        ([Contribution(RULE, 0.1, 0.5), Contribution(NEW, -0.4, 0.5)], NEW),
        ([Contribution(RULE, None, 0.5), Contribution(NEW, None, 0.5)], RULE),
    ],
    ids=["what led to the status", "else what moved P most", "else the first"],
)
def test_the_main_cause(found: list[Contribution], cause: str) -> None:
    assert main_cause(found) == cause


def test_where_nothing_is_known_in_between_the_next_step_has_led_there() -> None:
    path = [("", Stand("met", 0.95)), (TIME, Stand(UNKNOWN, None)), (NEW, Stand("not met", 0.1))]
    time, new = contributions([path, path])
    assert (time.probability, time.status) == (0.0, 0.0)
    assert (new.probability, new.status) == (-0.85, 1.0)
