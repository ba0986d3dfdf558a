"""How the truth of parts makes the truth of a rule: combinators, `each`, vetoes, prerequisites, horizons, plateaus."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.tests.building import SUBJECT, country, framework, mission
from primacy.exercise import true_logic as logic
from primacy.exercise.tests.worlds import BASED, FIRST, judge, now, truth
from primacy.exercise.true_logic import ABSENT, NO, UNKNOWN, YES
from primacy.exercise.true_rules import TrueLeaf, holds, leaves
from primacy.exercise.truth import Thing, Truth

LEVELS = "indicators:\n" + "".join(
    f"  {name}: {{kind: figure, where: {{item: {name}}}, measure: number, aggregate: latest}}\n" for name in "abc"
)


def levels(a: str, b: str = "12x-", c: str = "12x-") -> str:
    return "\n".join(f"figure number item={name} : {months}" for name, months in zip("abc", (a, b, c), strict=True))


def over(name: str) -> str:
    return f"{{reaches: {{indicator: {name}, at_least: 1}}}}"


# ---- combinators


@pytest.mark.parametrize(
    ("rule", "values", "truly"),
    [
        ("all: [A, B]", (1, 1, 0), True), ("all: [A, B]", (1, 0, 0), False), ("all: [A, B]", (1, None, 0), None),
        ("all: [A, B]", (0, None, 0), False), ("any: [A, B]", (0, 1, 0), True), ("any: [A, B]", (0, 0, 0), False),
        ("any: [A, B]", (1, None, 0), True), ("any: [A, B]", (0, None, 0), None),
        ("k_of: {k: 2, of: [A, B, C]}", (1, 1, 0), True), ("k_of: {k: 2, of: [A, B, C]}", (1, 0, 0), False),
        ("k_of: {k: 2, of: [A, B, C]}", (1, None, 0), None), ("k_of: {k: 2, of: [A, B, C]}", (1, None, 1), True),
        ("k_of: {k: 2, of: [A, B, C]}", (0, None, 0), False), ("not: A", (0, 0, 0), True), ("not: A", (1, 0, 0), False),
        ("not: A", (None, 0, 0), None),
    ],
)  # fmt: skip
def test_combinators_know_yes_no_and_unknown(rule: str, values: tuple[int | None, ...], truly: bool | None) -> None:
    for name in "ABC":
        rule = rule.replace(name, over(name.lower()))
    told = levels(*("12x-" if each is None else f"12x{each}" for each in values))
    assert now(f"{LEVELS}rule: {{{rule}}}\n", told) is truly


CODES = st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=1, max_size=6)


@given(CODES, st.integers(1, 6))
def test_unknown_is_decided_only_where_it_changes_nothing(codes: list[int], k: int) -> None:
    """What is said with unknown parts is what would be said whatever they were."""
    k = min(k, len(codes))
    said = int(logic.k_of([np.array([code], dtype=np.int8) for code in codes], k)[0])
    least, most = sum(code == YES for code in codes), sum(code != NO for code in codes)
    assert said == (YES if least >= k else NO if most < k else UNKNOWN)


# ---- over time


@pytest.mark.parametrize(
    ("sustained", "months", "truly"),
    [
        ("for: 3 months", "9x0 3x1", True), ("for: 3 months", "9x1 1x0 2x1", False), ("for: 3 months", "10x- 2x1", None),
        ("for: 3 months", "10x- 1x0 1x1", False),
        ("for: 4 quarters", "2x0 1x1 2x0 1x1 2x0 1x1 2x0 1x1", True),  # the ends of quarters are looked at
        ("for: 4 quarters", "2x1 1x0 9x1", False), ("for: 5 quarters", "12x1", None),  # before the world began
        ("in: 2 of 3 years", "12x1 12x0 12x1", True), ("in: 2 of 3 years", "24x0 12x1", False),
        ("in: 11 of 12 months", "3x1 1x0 8x1", True), ("in: 11 of 12 months", "3x1 2x0 7x1", False),
    ],
)  # fmt: skip
def test_sustained(sustained: str, months: str, truly: bool | None) -> None:
    content = f"{LEVELS}rule: {{sustained: {{rule: {over('a')}, {sustained}}}}}\n"
    assert now(content, levels(months, months, months)) is truly


def test_a_fall_that_holds_stays_true() -> None:
    """The plateau: from 60 to 15 a month, and four years later it still is a fall against the baseline."""
    content = (
        "indicators: {x: {kind: incident, measure: events, aggregate: rate}}\n"
        "rule: {falls: {indicator: x, by: 20 %, window: 12 months, against: baseline}}\n"
    )
    course = judge(content, "incident events : 24x60 60x15", mission_file=BASED).course
    assert course.tolist() == [UNKNOWN] * 35 + [YES] * 49
    no_baseline = judge(content, "incident events : 24x60 60x15").course
    assert (no_baseline[35], no_baseline[-1]) == (YES, NO), "against the year before it holds for a year"


# ---- vetoes, prerequisites, horizons


VETOED = f"{LEVELS}rule: {{all: [{over('a')}], veto: [{over('b')}, {over('c')}]}}\n"


@pytest.mark.parametrize(
    ("values", "truly"),
    [
        ((1, 0, 0), True), ((1, 1, 0), False), ((1, 0, 1), False), ((0, 0, 0), False), ((None, 1, 0), False),
        ((1, None, 0), True),  # a world without it cannot veto
        ((None, None, 0), None),
    ],
)  # fmt: skip
def test_a_veto_undoes_it(values: tuple[int | None, ...], truly: bool | None) -> None:
    assert now(VETOED, levels(*("12x-" if each is None else f"12x{each}" for each in values))) is truly


FIRST_ONE, AFTER = f"{LEVELS}rule: {over('b')}\n", f"{LEVELS}rule: {{after: [WHAT], all: [{over('a')}]}}\n"


def test_what_waits_for_another_benchmark() -> None:
    told = levels("12x1", "6x0 3x1 3x0")
    course = judge(AFTER.replace("WHAT", "O2.S1"), told, others={"O2.S1": FIRST_ONE}).course
    assert course.tolist() == [UNKNOWN] * 6 + [YES] * 3 + [UNKNOWN] * 3
    voted = {"events": {"vote": "2020-08-13"}}
    stood = judge(AFTER.replace("WHAT", "O2.S1 at vote"), told, others={"O2.S1": FIRST_ONE}, mission_file=voted).course
    assert stood.tolist() == [UNKNOWN] * 6 + [YES] * 6, "as it stood on that day"
    aside = {"set_aside": [{"benchmark": "O2.S1", "by": "head", "on": "2020-01-01", "because": "done"}]}
    assert now(AFTER.replace("WHAT", "O2.S1"), told, others={"O2.S1": FIRST_ONE}, mission_file=aside) is True
    assert now(AFTER.replace("WHAT", "O2.S1"), told) is True, "nobody asks for a benchmark that is not there"


def test_what_waits_for_an_event_or_a_document() -> None:
    course = judge(
        AFTER.replace("WHAT", "vote"), levels("12x1"), mission_file={"events": {"vote": "2020-08-13"}}
    ).course
    assert course.tolist() == [UNKNOWN] * 7 + [YES] * 5
    assert now(AFTER.replace("WHAT", "vote"), levels("12x1")) is None, "no day is set"
    content = AFTER.replace("WHAT", "document/plan")
    paper = "\ndocument stage item=p category=document/plan : 8x1 2x3 2x2"
    course = judge(content, levels("12x1") + paper).course
    assert course.tolist() == [UNKNOWN] * 8 + [YES] * 4, "once approved"
    assert now(content, levels("12x1")) is None


def test_a_part_that_waits_is_left_out_until_then() -> None:
    content = f"{LEVELS}rule: {{all: [{over('a')}, {{after: [vote], all: [{over('b')}]}}]}}\n"
    course = judge(content, levels("12x1", "12x0"), mission_file={"events": {"vote": "2020-08-13"}}).course
    assert course.tolist() == [YES] * 7 + [NO] * 5


def test_a_horizon_that_has_not_begun_and_a_mandate_that_does_not_ask() -> None:
    content = f"{LEVELS}rule: {over('a')}\n"
    horizon = {"horizons": {"short": ["2020-08-01", "2021-12-31"]}}
    assert judge(content, levels("12x1"), mission_file=horizon).course.tolist() == [UNKNOWN] * 7 + [YES] * 5
    elsewhere = {"mandate": {"paragraphs": [{"number": "1", "benchmarks": ["O5"]}]}}
    assert now(content, levels("12x1"), mission_file=elsewhere) is None


# ---- each


PRESENT = "{kind: presence, register: presence, measure: services, pass: {value: '>= 1'}, aggregate: share}"


def in_provinces(*working: int) -> str:
    return "\n".join(
        f"presence {measure} item=p{n} area=XX0{n} : 12x{1 if measure == 'expected' or n in working else 0}"
        for n in (1, 2, 3, 4)
        for measure in ("expected", "services")
    )


@pytest.mark.parametrize(
    ("each", "working", "truly"),
    [
        ("area: 1", (1, 2, 3, 4), True), ("area: 1", (1, 2, 3), False), ("area: 1, at_least: 3", (1, 2, 4), True),
        ("area: 1, at_least: 75 %", (1, 2), False), ("area: 1, at_least: 1", (4,), True), ("area: 1, at_least: 1", (), False),
        # 40, 30, 20 and 10 % of the people
        ("area: 1, at_least: 75 %, weight: population", (1, 2), False),
        ("area: 1, at_least: 70 %, weight: population", (1, 2), True),
        ("area: 1, at_least: 75 %, weight: population", (1, 3, 4), False),
        ("area: 1, at_least: 75 %, weight: population", (1, 2, 4), True),
    ],
)  # fmt: skip
def test_each_area(each: str, working: tuple[int, ...], truly: bool) -> None:
    rule = f"each: {{{each}}}, all: [{{share: {{indicator: x, at_least: 50 %}}}}]"
    content = f"indicators: {{x: {PRESENT}}}\nrule: {{{rule}}}\n"
    assert now(content, in_provinces(*working)) is truly


def test_an_area_of_which_the_world_has_nothing_leaves_it_open() -> None:
    content = f"indicators: {{x: {PRESENT}}}\nrule: {{each: {{area: 1, at_least: NUMBER}}, share: {{indicator: x, at_least: 1}}}}\n"
    three = "\n".join(line for line in in_provinces(1, 2).splitlines() if "XX04" not in line)
    assert now(content.replace("NUMBER", "2"), three) is True
    assert now(content.replace("NUMBER", "3"), three) is None
    assert now(content.replace("NUMBER", "4"), three) is False


SAFE = "indicators: {x: {kind: survey, measure: share, aggregate: weakest}}\n"


@pytest.mark.parametrize(
    ("each", "things", "truly"),
    [
        ("stratum: every", "survey share item=q stratum=Morand : 12x0.6\nsurvey share item=q stratum=Belwe : 12x0.4", False),
        ("stratum: every", "survey share item=q stratum=Morand : 12x0.6\nsurvey share item=q stratum=Belwe : 12x0.5", True),
        ("stratum: every", "survey share item=q : 12x0.6", None),  # nobody told it by stratum
        ("group: sex", "survey share item=q group=sex=f : 12x0.4\nsurvey share item=q group=sex=m : 12x0.6", False),
        ("group: sex", "survey share item=q group=sex=f : 12x0.6\nsurvey share item=q group=age=15-29 : 12x0.2", True),
        ("area: 1", "\n".join(f"survey share item=q stratum={name} : 12x0.6" for name in ("Morand", "Belwe", "Tasso", "Ouve")), True),
    ],
)  # fmt: skip
def test_each_stratum_and_group(each: str, things: str, truly: bool | None) -> None:
    assert now(f"{SAFE}rule: {{each: {{{each}}}, believes: {{indicator: x, at_least: 50 %}}}}\n", things) is truly


@pytest.mark.parametrize(
    ("each", "things", "truly"),
    [
        ("actor: every", "incident deaths actor=p : 12x2\nincident deaths actor=q : 12x2", True),
        ("actor: every", "incident deaths actor=p : 12x2\nincident deaths actor=q : 12x3", False),
        # both sides of a fight are one pair, whoever began
        ("pair: every", "incident deaths actor=p target=q : 12x2\nincident deaths actor=q target=p : 12x1", False),
        ("pair: every", "incident deaths actor=p target=q : 12x2\nincident deaths actor=p target=r : 12x2", True),
        ("actor: mission.bound_actors", "incident deaths actor=p : 12x2\nincident deaths actor=other : 12x9", True),
    ],
)
def test_each_actor_and_pair(each: str, things: str, truly: bool) -> None:
    content = (
        "indicators: {x: {kind: incident, measure: deaths, window: 12 months, aggregate: sum}}\n"
        f"rule: {{each: {{{each}}}, reaches: {{indicator: x, at_most: 24}}}}\n"
    )
    assert now(content, things, mission_file={"registers": {"bound_actors": ["p"]}}) is truly


def test_nobody_to_look_at_is_true_of_all_of_them() -> None:
    content = (
        "indicators: {x: {kind: incident, measure: deaths, window: 12 months, aggregate: sum}}\n"
        "rule: {each: {actor: every}, reaches: {indicator: x, at_most: 24}}\n"
    )
    assert now(content, "incident deaths : 12x0") is True
    assert now(content, "incident events : 12x0") is None


# ---- leaves, and the doors


def test_leaves_stand_in_the_order_of_the_parts_of_a_finding() -> None:
    content = (
        f"{LEVELS}rule: {{all: [{over('a')}, {{each: {{item: every}}, any: [{over('b')}, {over('c')}]}},"
        f" {{not: {over('c')}}}], veto: [{{reaches: {{indicator: a, more_than: 5}}}}]}}\n"
    )
    asked, told = framework({SUBJECT: content}), truth(levels("12x1", "12x1", "12x0"))
    found = leaves(SUBJECT, told, mission(), asked, country(), 11)
    assert found == (
        TrueLeaf("part", "a", "reaches", True), TrueLeaf("part", "b", "reaches", True),
        TrueLeaf("part", "c", "reaches", False), TrueLeaf("veto", "a", "reaches", False),
    )  # fmt: skip
    assert holds(SUBJECT, told, mission(), asked, country(), 11) is True
    with pytest.raises(KeyError):
        holds("O9.S9", told, mission(), asked, country(), 11)
    with pytest.raises(IndexError):
        holds(SUBJECT, told, mission(), asked, country(), 12)


def test_what_comes_later_changes_nothing() -> None:
    content = (
        "indicators: {x: {kind: incident, measure: events, aggregate: rate}}\n"
        "rule: {falls: {indicator: x, by: 20 %, window: 12 months, against: baseline}}\n"
    )
    told, asked = truth("incident events : 24x60 20x15 20x90"), framework({SUBJECT: content})
    for month in (35, 40, 50):
        cut = holds(SUBJECT, told.until(month), mission(**BASED), asked, country(), month)
        assert cut is holds(SUBJECT, told, mission(**BASED), asked, country(), month)


def test_a_truth_counts_its_months_from_the_first() -> None:
    told = truth("incident events : 24x1")
    assert (told.months, told.month_of(date(2021, 3, 31)), told.month_of(date(2019, 12, 1))) == (24, 14, -1)
    assert (told.first_day(14), told.last_day(13), told.last_day(1)) == (
        date(2021, 3, 1), date(2021, 2, 28), date(2020, 2, 29),
    )  # fmt: skip
    assert told.until(5).months == 6


@pytest.mark.parametrize(
    ("first", "shape"), [(FIRST, (2, 12)), (FIRST, (1, 11)), (date(2020, 1, 2), (1, 12))], ids=["rows", "months", "day"]
)
def test_a_truth_that_does_not_fit_is_refused(first: date, shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        Truth(first, (Thing("incident", "events"),), np.zeros(shape), np.zeros((1, 12)))


def test_absent_parts_ask_for_nothing() -> None:
    gone, yes, no = (np.array([code], dtype=np.int8) for code in (ABSENT, YES, NO))
    assert logic.all_of([gone, yes])[0] == YES
    assert logic.all_of([gone, gone])[0] == ABSENT
    assert logic.any_of([gone, no])[0] == NO
