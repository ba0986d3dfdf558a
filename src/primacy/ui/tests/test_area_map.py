from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from primacy.ui.area_map import draw, ramp, shades

OUTLINES = [("A", "Morand", box(20, 4, 21, 5)), ("B", "Belwe", MultiPolygon([box(21, 4, 22, 5), box(23, 4, 24, 5)]))]


def test_an_area_that_nobody_speaks_of_is_hatched():
    drawn = draw(OUTLINES, {"A": "ramp-1"}, {"A": "Morand: 3"}, id="m")
    assert drawn is not None
    assert [(shape.code, shape.filling, shape.words) for shape in drawn.shapes] == [
        ("A", "ramp-1", "Morand: 3"), ("B", "unknown", "Belwe"),
    ]  # fmt: skip
    assert drawn.hatched


def test_a_disputed_area_is_told_apart_and_drawn_over_its_neighbours():
    drawn = draw(OUTLINES, {}, {}, id="m", disputed={"A"})
    assert drawn is not None
    assert [(shape.code, shape.disputed) for shape in drawn.shapes] == [("B", False), ("A", True)]
    assert drawn.disputed


def test_every_ring_of_an_area_is_drawn_and_north_is_up():
    drawn = draw([("A", "x", box(0, 0, 1, 1).difference(box(0.4, 0.4, 0.6, 0.6)))], {}, {}, id="m")
    assert drawn is not None
    assert drawn.shapes[0].path.count("M") == 2
    two = draw([("N", "n", box(0, 5, 1, 6)), ("S", "s", box(0, 0, 1, 1))], {}, {}, id="m")
    assert two is not None
    assert two.names[0].y < two.names[1].y


def test_nothing_to_draw_is_no_map():
    assert draw([], {}, {}, id="m") is None
    assert draw([("A", "x", Polygon())], {}, {}, id="m") is None


def test_names_that_would_cover_each_other_are_left_out():
    close = [("A", "A very long name of a place", box(0, 0, 1, 1)), ("B", "Another long name", box(1, 0, 1.2, 1)),
             ("C", "c", box(20, 0, 40, 20))]  # fmt: skip
    drawn = draw(close, {}, {}, id="m")
    assert drawn is not None
    assert len(drawn.names) == 2


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.none() | st.floats(-1e6, 1e6), max_size=20))
def test_the_ramp_orders_areas_as_their_values_do(values):
    classes = ramp(values)
    assert set(classes) == {code for code, value in values.items() if value is not None}
    ordered = sorted(classes, key=lambda code: values[code])
    assert [classes[code] for code in ordered] == sorted(classes.values())


def test_each_shade_that_is_drawn_has_the_values_it_stands_for():
    assert shades({"A": 0.0, "B": 3.0, "C": 100.0, "D": None}) == [("ramp-1", 0.0, 3.0), ("ramp-5", 100.0, 100.0)]
    assert shades({"A": 2.0, "B": 2.0}) == [("ramp-3", 2.0, 2.0)]
    assert shades({"A": None}) == []
