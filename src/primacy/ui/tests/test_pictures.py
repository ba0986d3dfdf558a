"""Pictures: what is drawn is what was given, in the style sheet's colours, and nothing a page forbids."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.ui.pictures import Happening, Level, Picture, begun, png, specification, svg
from primacy.ui.pictures.picture import ticks
from primacy.ui.pictures.theme import LETTER, NOT_COVERED, TOKENS

SHEET = Path(__file__).parents[1] / "static" / "ui" / "tokens.css"
VALUES = st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=130)
NASTY = '</text><script>alert("x")</script>'


def months(count: int) -> tuple[str, ...]:
    return tuple(f"{2020 + m // 12}-{m % 12 + 1:02}-01" for m in range(count))


def picture(values: list[float | None], **more: object) -> Picture:
    return Picture("Attacks", "events a month", months(len(values)), tuple(values), **more)  # type: ignore[arg-type]


def levels(*values: float) -> tuple[Level, ...]:
    return tuple(
        Level(kind, value, kind, f"{value:g}", (0, 12))
        for kind, value in zip(("baseline", "other", "now", "needed"), values, strict=False)
    )


RICH = picture(
    [None, None, *[float(n % 7) for n in range(22)]], told="Fell. " + NASTY, baseline=(2, 10), window=(12, 24),
    band=(1.0, 2.0), levels=levels(3.0, 2.9, 2.8, 2.7), changes=(9,), incomplete_from=22, effort=(1.0,) * 24,
    effort_words="how hard", happenings=(Happening("2020-06-15", NASTY),),
)  # fmt: skip
SHARE = picture([0.2, None, *[0.5] * 34], steps=True, share=True, levels=levels(0.4))


def rows(spec: dict, mark: str) -> list[dict]:
    return [row for layer in spec["layer"] if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


@given(VALUES)
def test_each_known_month_has_one_bar_and_each_unknown_month_is_hatched(values):
    drawn = rows(specification(picture(values)), "rect")
    assert [row["high"] for row in drawn if "month" in row] == [each for each in values if each is not None]
    hatched = sum(row["to"] - row["from"] for row in drawn if row["colour"] == NOT_COVERED)
    assert hatched == sum(each is None for each in values)


@given(VALUES)
def test_nothing_is_drawn_beyond_the_scale(values):
    spec = specification(picture(values, levels=levels(10.0)))
    top = spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    assert all(0 <= row["from"] <= row["to"] <= len(values) for row in rows(spec, "rect"))
    assert all(0 <= row["low"] <= row["high"] <= top for row in rows(spec, "rect"))


@pytest.mark.parametrize("narrow", [False, True], ids=["desk", "phone"])
@given(given_levels=st.lists(st.floats(0, 100), min_size=2, max_size=4))
def test_names_of_lines_never_touch_each_other(narrow, given_levels):
    spec = specification(picture([50.0] * 24, levels=levels(*given_levels)), narrow=narrow)
    low, top = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    named = sorted(row["low"] for row in rows(spec, "text") if row["align"] == "left")
    pixels = [(top - value) / (top - low) * spec["height"] for value in named]
    assert len(pixels) == len(given_levels) * (2 if narrow else 1)
    assert all(upper - lower >= 13.9 for upper, lower in pairwise(pixels))


@pytest.mark.parametrize("narrow", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("count", [1, 7, 24, 61, 130])
def test_names_of_months_neither_touch_nor_leave_the_picture(count, language, narrow):
    spec = specification(picture([50.0] * count), language, narrow=narrow)
    step = spec["width"] / count
    halves = [
        (row["from"] * step, LETTER * len(row["words"]) / 2) for row in rows(spec, "text") if row["align"] == "center"
    ]
    spans = [(place - half, place + half) for place, half in halves]
    assert spans
    assert all(-spec["padding"]["left"] - 0.1 <= start and end <= spec["width"] + 0.1 for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@given(top=st.floats(1e-6, 1e9))
def test_the_figures_beside_the_scale_have_room(language, top):
    spec = specification(picture([top] * 12), language)
    figures = [row["words"] for row in rows(spec, "text") if row["align"] == "right"]
    assert figures
    assert all(LETTER * len(words) + 7 <= spec["padding"]["left"] for words in figures)


@given(st.floats(1e-6, 1e9))
def test_the_scale_begins_at_zero_and_reaches_the_greatest_value(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * 0.999
    assert 2 <= len(marks) <= 8


@given(VALUES, st.integers(0, 30))
def test_months_before_anybody_looked_are_left_out_and_nothing_else_is(values, empty):
    whole = picture([None] * empty + values)
    shown = begun(whole)
    assert [each for each in shown.values if each is not None] == [each for each in values if each is not None]
    assert shown.months == whole.months[-len(shown.months) :]


def test_the_spans_move_with_the_months_that_are_left_out():
    whole = picture(
        [None] * 10 + [1.0] * 10,
        baseline=(10, 14),
        window=(15, 19),
        incomplete_from=19,
        levels=levels(1.0),
        changes=(12,),
    )
    shown = begun(whole)
    assert (shown.baseline, shown.window, shown.incomplete_from, shown.changes) == ((3, 7), (8, 12), 12, (5,))
    assert shown.values[3] == 1.0


@pytest.mark.parametrize(
    ("given_to", "says"),
    [({"values": (1.0,)}, "one value"), ({"effort": (1.0,)}, "effort")],
    ids=["values", "effort"],
)
def test_series_of_different_length_are_refused(given_to, says):
    with pytest.raises(ValueError, match=says):
        Picture(**{"title": "", "unit": "", "months": months(2), "values": (1.0, 2.0), **given_to})


@pytest.mark.parametrize(
    ("values", "more", "is_one"),
    [
        ([None, 0.0, 1.0], {"steps": True}, True),
        ([0.0, 1.0], {"steps": True, "share": True}, False),
        ([0.0, 2.0], {"steps": True}, False),
        ([0.0, 1.0], {}, False),
        ([None, None], {"steps": True}, False),
        ([1.0], {"steps": True, "levels": levels(3.0)}, False),
    ],
    ids=["whether it exists", "a share", "a number", "a count by month", "nothing known", "more is asked for than one"],
)
def test_what_only_says_yes_or_no_is_no_chart(values, more, is_one):
    assert picture(values, **more).yes_no is is_one


@pytest.mark.parametrize("drawn", [RICH, SHARE], ids=["by month", "steps"])
def test_the_specification_is_one_that_altair_reads(drawn):
    altair = pytest.importorskip("altair")
    read = altair.LayerChart.from_dict(specification(drawn), validate=True)
    assert len(read.layer) == len(specification(drawn)["layer"])


def test_a_drawing_holds_nothing_that_the_policy_of_a_page_forbids():
    text = svg(specification(RICH))
    root = ElementTree.fromstring(text)
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"style", "href", "onload", "onclick"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "g", "path", "line", "rect", "text", "tspan", "defs", "pattern",
    }  # fmt: skip
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == RICH.told


def test_every_colour_is_a_token_of_the_style_sheet_with_its_light_value():
    sheet = SHEET.read_text("utf-8")
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", sheet[: sheet.index("@media")]))
    full = {
        name: value if len(value) == 7 else "#" + "".join(2 * each for each in value[1:])
        for name, value in light.items()
    }
    assert {token: full[token] for token in TOKENS.values()} == {token: colour for colour, token in TOKENS.items()}
    fills = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg(specification(RICH))))
    assert all(each == "none" or each.startswith(("var(--", "url(#hatch-")) for each in fills), fills


def test_months_not_covered_and_incomplete_ones_are_hatched_apart_and_two_pictures_never_share_a_pattern():
    one, other = svg(specification(RICH)), svg(specification(RICH, narrow=True))
    patterns = [re.findall(r'<pattern id="([^"]+)"', each) for each in (one, other)]
    assert [len(each) for each in patterns] == [2, 2]
    assert not set(patterns[0]) & set(patterns[1])


def test_a_picture_for_papers_is_a_png_of_twice_the_size():
    content = png(specification(SHARE, narrow=True))
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == 660


def test_nothing_heavy_is_imported_before_something_is_drawn():
    code = "import sys, primacy.ui.pictures as p; print([n for n in ('vl_convert', 'altair', 'django') if n in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
