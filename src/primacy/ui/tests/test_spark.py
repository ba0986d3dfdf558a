from hypothesis import given
from hypothesis import strategies as st

from primacy.ui.spark import draw


@given(st.lists(st.none() | st.floats(0, 1), max_size=40))
def test_the_line_breaks_where_nothing_is_known(probabilities):
    runs, current = 0, 0
    for probability in [*probabilities, None]:
        if probability is None:
            runs += current > 1
            current = 0
        else:
            current += 1
    assert len(draw(probabilities).paths) == runs


def test_likelier_is_higher():
    rising = draw([0.1, 0.9])
    low, high = (float(point.split()[1]) for point in rising.paths[0][1:].split("L"))
    assert high < low
    assert rising.end is not None
    assert rising.end[1] == high
