"""What each verb asks of the truth, on worlds of a few things whose answer is plain."""

from typing import Any

import pytest

from primacy.exercise.tests.worlds import BASED, asks, judge, now
from primacy.exercise.true_verbs import VERBS
from primacy.framework import grammar

RATE = "{kind: incident, where: {category: violence}, measure: events, aggregate: rate}"
FALLS = asks(RATE, "falls: {indicator: x, by: 20 %, window: 12 months}")
RISES = asks(RATE, "rises: {indicator: x, by: 20 %, window: 12 months}")
SUM = "{kind: incident, measure: deaths, window: 12 months, aggregate: sum}"
SEATS = "{kind: seat, register: seat, measure: filled, pass: {value: '>= 1'}, aggregate: share}"
TRUST = "{kind: survey, measure: share, aggregate: weakest}"
LAWS = "{kind: law, register: law, measure: stage, pass: {stage: adopted}, aggregate: share}"


def test_every_verb_of_the_grammar_has_its_entry() -> None:
    assert VERBS.keys() == grammar.VERBS.keys()


@pytest.mark.parametrize(
    ("content", "things", "holds"),
    [
        # falls and rises speak of the underlying number, whatever happened
        (FALLS, "incident events category=violence/one-sided : 24x10 12x7", True),
        (FALLS, "incident events category=violence/one-sided : 24x10 12x9", False),
        (FALLS, "incident events category=violence : 24x10 12x8", True),
        (FALLS, "incident events category=violence : 24x10 12x2 : 24x10 12x9", False),
        (FALLS, "incident events category=violence : 24x10 12x20 : 24x10 12x5", True),
        (FALLS, "incident events category=violence : 24x10 11x1", None),  # the window overlaps the baseline
        (FALLS, "incident events category=protest : 24x10 12x1", None),  # nothing of it in this world
        (FALLS, "incident events category=violence : 36x0", False),
        (FALLS, "incident events category=violence area=XX01 : 24x10 12x12\n"
                "incident events category=violence area=XX02 : 24x10 12x2", True),
        (RISES, "incident events category=violence : 24x10 12x12", True),
        (RISES, "incident events category=violence : 24x10 12x11", False),
        (RISES, "incident events category=violence : 24x0 12x1", True),
        (RISES, "incident events category=violence : 36x0", False),
        # counts are what they are
        (asks(SUM, "reaches: {indicator: x, at_most: 24}"), "incident deaths area=XX01 : 24x90 12x2", True),
        (asks(SUM, "reaches: {indicator: x, at_most: 24}"), "incident deaths : 24x90 11x2 1x3 : 36x1", False),
        (asks(SUM, "reaches: {indicator: x, more_than: 24}"), "incident deaths : 24x90 12x2", False),
        (asks(SUM, "reaches: {indicator: x, at_least: 24}"), "incident deaths : 24x90 12x2", True),
        (asks(SUM, "reaches: {indicator: x, between: [20, 30]}"), "incident deaths : 24x90 12x2", True),
        (asks(SUM, "reaches: {indicator: x, at_most: 24}"), "incident deaths : 11x0", None),  # a window too short
        (asks(SUM, "ceases: {indicator: x, at_most: 3, window: 12 months}"), "incident deaths : 12x0 : 12x0.2", True),
        (asks(SUM, "ceases: {indicator: x, at_most: 3, window: 12 months}"), "incident deaths : 12x0 : 12x0.3", False),
        # shares of a register
        (asks(SEATS, "share: {indicator: x, at_least: 50 %}"),
         "seat expected item=a : 36x1\nseat expected item=b : 36x1\nseat filled item=a : 36x1", True),
        (asks(SEATS, "share: {indicator: x, at_least: 60 %}"),
         "seat expected item=a : 36x1\nseat expected item=b : 36x1\nseat filled item=a : 36x1", False),
        (asks(SEATS, "share: {indicator: x, at_least: 60 %}"),  # the other seat is no longer asked for
         "seat expected item=a : 36x1\nseat expected item=b : 30x1 6x0\nseat filled item=a : 36x1", True),
        (asks(SEATS, "share: {indicator: x, at_most: 50 %}"),
         "seat expected item=a : 36x1\nseat expected item=b : 36x1\nseat filled item=a : 36x1", True),
        (asks(SEATS, "share: {indicator: x, at_least: 50 %}"), "seat filled item=a : 36x1", None),
        (asks(LAWS, "share: {indicator: x, at_least: 50 %}"),
         "law expected item=a : 36x1\nlaw stage item=a : 20x- 10x3 6x4", True),
        (asks(LAWS, "share: {indicator: x, at_least: 50 %}"),
         "law expected item=a : 36x1\nlaw stage item=a : 20x- 16x3", False),
        # levels of surveys, the weakest question deciding
        (asks(TRUST, "believes: {indicator: x, at_least: 50 %}"), "survey share item=q : 36x0.5", True),
        (asks(TRUST, "believes: {indicator: x, at_most: 5 %}"), "survey share item=q : 36x0.06", False),
        (asks(TRUST, "believes: {indicator: x, at_least: 50 %}"),
         "survey share item=q : 36x0.6\nsurvey share item=r : 36x0.4", False),
        (asks(TRUST, "believes: {indicator: x, at_least: 50 %}"),
         "survey share item=q : 36x0.6\nsurvey share item=q group=sex=f : 36x0.1", True),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %}"), "survey share item=q : 24x0.4 12x0.5", True),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %}"), "survey share item=q : 24x0.4 12x0.49", False),
        (asks(TRUST, "shifts: {indicator: x, by: -5 %}"), "survey share item=q : 24x0.4 12x0.36", True),
        (asks(TRUST, "shifts: {indicator: x, by: -5 %}"), "survey share item=q : 24x0.4 12x0.34", False),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %, against: previous}"),
         "survey share item=q : 24x0.4 12x0.5", True),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %, against: previous}"),
         "survey share item=q : 12x0.4 24x0.5", True),  # as it was before it was as it is
        (asks(TRUST, "shifts: {indicator: x, by: 10 %, against: previous}"), "survey share item=q : 36x0.5", None),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %, against: previous}"),
         "survey share item=q : 24x0.3 2x0.4 4x0.45 6x0.5", True),
        (asks(TRUST, "shifts: {indicator: x, by: 10 %}"), "survey share item=q : 24x- 12x0.5", None),
        (asks(SEATS, "shifts: {indicator: x, by: 40 %}"),  # of what is expected now, nothing was filled then
         "seat expected item=a : 30x0 6x1\nseat expected item=b : 36x1\nseat filled item=a : 24x0 12x1\n"
         "seat filled item=b : 36x0", True),
        (asks(TRUST, "gap: {indicator: x, between: ['sex=f', 'sex=m'], at_most: 15 %}"),
         "survey share item=q group=sex=f : 36x0.5\nsurvey share item=q group=sex=m : 36x0.6", True),
        (asks(TRUST, "gap: {indicator: x, between: ['sex=f', 'sex=m'], at_most: 15 %}"),
         "survey share item=q group=sex=f : 36x0.4\nsurvey share item=q group=sex=m : 36x0.6", False),
        (asks(TRUST, "gap: {indicator: x, between: ['sex=f', 'sex=m'], at_most: 15 %}"),
         "survey share item=q group=sex=f : 36x0.4", None),
        (asks(TRUST, "gap: {indicator: x, between: stratum, at_most: 15 %}"),
         "survey share item=q stratum=Morand : 36x0.4\nsurvey share item=q stratum=Belwe : 36x0.6", False),
        (asks(TRUST, "gap: {indicator: x, between: area, at_most: 15 %}"),
         "\n".join(f"survey share item=q area=XX0{n} : 36x0.{n}" for n in (1, 2, 3, 4)), False),
        # scores are whole points, a level is not
        (asks("{kind: rubric, measure: score, aggregate: mean}", "scored: {indicator: x, at_least: 2}"),
         "rubric score item=a : 36x1.6", True),
        (asks("{kind: rubric, measure: score, aggregate: mean}", "scored: {indicator: x, at_least: 2}"),
         "rubric score item=a : 36x1.4", False),
        (asks("{kind: rubric, measure: score, aggregate: mean}", "scored: {indicator: x, at_least: 1.5}"),
         "rubric score item=a : 36x2.2\nrubric score item=b : 36x0.8", True),
        # what is there
        (asks("{kind: document, measure: stage, pass: {stage: agreed}, aggregate: distinct}", "exists: {indicator: x, min: 1}"),
         "document stage item=a : 20x- 10x1 6x2", True),
        (asks("{kind: document, measure: stage, pass: {stage: agreed}, aggregate: distinct}", "exists: {indicator: x, min: 1}"),
         "document stage item=a : 20x- 16x1", False),
        (asks("{kind: document, measure: stage, pass: {stage: agreed}, aggregate: distinct}", "exists: {indicator: x, min: 2}"),
         "document stage item=a : 36x2", False),
        (asks("{kind: recommendation, measure: expected, aggregate: distinct}", "exists: {indicator: x, min: 1}"),
         "recommendation expected item=a : 30x- 6x1", True),
        (asks("{kind: recommendation, measure: expected, aggregate: distinct}", "exists: {indicator: x, min: 1}"),
         "recommendation expected item=a : 36x-", False),
    ],
)  # fmt: skip
def test_a_verb_in_a_small_world(content: str, things: str, holds: bool | None) -> None:
    assert now(content, things, mission_file=BASED) is holds


SEQUENCE = asks("{kind: law, measure: stage, aggregate: last}",
                "sequence: {indicator: x, steps: [drafted, consulted, tabled, adopted], reached: tabled}")  # fmt: skip


@pytest.mark.parametrize(
    ("content", "months", "holds"),
    [
        (SEQUENCE, "10x- 10x1 10x2 6x3", True),
        (SEQUENCE, "10x- 10x1 16x2", False),
        (SEQUENCE, "10x- 10x1 16x4", True),  # a step that was left out is no breach
        (SEQUENCE, "10x- 10x1 10x3 6x2", False),  # consulted after it was tabled
        (SEQUENCE, "10x- 10x1 5x2 5x3 6x1", True),  # it fell back, and had been there
        (SEQUENCE, "36x-", False),
        (SEQUENCE.replace("reached: tabled", "reached: tabled, by: vote"), "10x- 10x1 16x3", True),
        (SEQUENCE.replace("reached: tabled", "reached: tabled, by: vote"), "10x- 20x1 6x3", False),
        (SEQUENCE.replace("reached: tabled", "reached: tabled, by: never"), "10x- 20x1 6x3", None),
        (SEQUENCE.replace("reached: tabled", "reached: tabled, by: '2023-12-01'"), "10x- 20x1 6x3", True),
    ],
)
def test_steps_in_their_order_and_in_time(content: str, months: str, holds: bool | None) -> None:
    events = {"events": {"vote": "2021-12-20"}}
    assert now(content, f"law stage item=a : {months}", mission_file=events) is holds


COVERS = asks(
    "{kind: presence, register: presence, measure: services, pass: {value: '>= 1'}, aggregate: share}",
    "covers: {indicator: x, pass: {value: '>= 60 %'}, at_least: 66 %, weight: population}",
)


@pytest.mark.parametrize(
    ("provinces", "holds"), [((1, 2), True), ((1, 3), False), ((2, 3, 4), False), ((1, 3, 4), True)]
)
def test_areas_that_pass_hold_so_much_of_the_people(provinces: tuple[int, ...], holds: bool) -> None:
    """Of the people 40, 30, 20 and 10 % live in the four provinces; an area is as its two offices are."""
    lines = [
        f"presence {measure} item=p{n}{office} area=XX0{n} : 12x{1 if measure == 'expected' or n in provinces else 0}"
        for n in (1, 2, 3, 4)
        for office in "ab"
        for measure in ("expected", "services")
    ]
    assert now(COVERS, "\n".join(lines)) is holds


def test_districts_add_up_to_provinces() -> None:
    """Things of districts count for the province that they lie in, and what is claimed of it does not trickle down."""
    content = asks(RATE, "each: {area: 1, at_least: 1}, rises: {indicator: x, by: 20 %, window: 12 months}")
    districts = (
        "incident events category=violence area=XX0101 : 24x10 12x5\n"
        "incident events category=violence area=XX0102 : 24x2 12x{}\n"
        "incident events category=violence area=XX02 : 36x4"
    )
    assert now(content, districts.format(9), mission_file=BASED) is False, "14 of 12 is less than a fifth more"
    assert now(content, districts.format(10), mission_file=BASED) is True


# ---- where the numbers come from


def two(first: str, second: str, rule: str, **more: Any) -> str:
    return f"indicators:\n  x: {first}\n  y: {second}\nrule: {{{rule}}}\n"


CONTACTS = two(
    "{kind: contact, measure: events, window: 6 months, aggregate: sum}",
    "{kind: contact, where: {area: {not: mission.capital}}, measure: events, window: 6 months, aggregate: share, of: x}",
    "share: {indicator: y, at_least: 40 %}",
)


@pytest.mark.parametrize(
    ("things", "holds"),
    [
        ("contact events area=XX0101 : 12x6\ncontact events area=XX02 : 12x4", True),
        ("contact events area=XX0101 : 12x6\ncontact events area=XX02 : 12x3", False),
        ("contact events area=XX01 : 12x2\ncontact events : 12x9", None),  # nobody knows that it was outside
        ("contact events area=XX02 : 12x0", None),
        # what took place counts, however many there usually are
        ("contact events area=XX0101 : 12x1 : 12x6\ncontact events area=XX02 : 12x9 : 12x3", True),
    ],
)
def test_a_count_out_of_another(things: str, holds: bool | None) -> None:
    assert now(CONTACTS, things) is holds


def test_a_ratio_and_a_difference_of_two_indicators() -> None:
    paid = "{kind: payment, where: {category: paid}, measure: amount, window: 12 months, aggregate: sum}"
    due = "{kind: payment, where: {category: due}, measure: amount, window: 12 months, aggregate: sum}"
    for aggregate, rule, holds in (
        ("ratio", "at_least: 60 %", True), ("ratio", "at_least: 70 %", False), ("gap", "at_most: -48", True),
        ("gap", "at_most: -49", False),
    ):  # fmt: skip
        content = (
            f"indicators:\n  a: {paid}\n  b: {due}\n  x: {{of: [a, b], aggregate: {aggregate}}}\n"
            f"rule: {{reaches: {{indicator: x, {rule}}}}}\n"
        )
        assert now(content, "payment amount category=paid : 12x6\npayment amount category=due : 12x10") is holds


def test_a_ratio_of_nothing_is_unknown() -> None:
    content = (
        "indicators:\n  a: {kind: dispute, measure: resolved, window: 6 months, aggregate: sum}\n"
        "  b: {kind: dispute, measure: events, window: 6 months, aggregate: sum}\n"
        "  x: {of: [a, b], aggregate: ratio}\nrule: {reaches: {indicator: x, at_least: 60 %}}\n"
    )
    assert now(content, "dispute resolved : 12x0\ndispute events : 12x0") is None


def test_a_register_of_those_that_pass_another() -> None:
    content = two(
        "{kind: person, register: person, measure: trained, pass: {value: '>= 1'}, aggregate: share}",
        "{kind: person, register: person, measure: active, pass: {value: '>= 1'}, of: x, aggregate: share}",
        "share: {indicator: y, at_least: 50 %}",
    )
    people = "\n".join(
        f"person {measure} item=p{n} : 12x{value}"
        for n, states in enumerate([(1, 1, 1), (1, 1, 0), (1, 0, 0), (1, 0, 0)])
        for measure, value in zip(("expected", "trained", "active"), states, strict=True)
    )
    assert now(content, people) is True


def test_a_promise_counts_when_it_was_kept_in_time() -> None:
    content = asks(
        "{kind: commitment, register: commitment, measure: kept, pass: {value: '>= 1', date: '<= due'}, aggregate: share}",
        "share: {indicator: x, at_least: 100 %}",
    )
    promise = "commitment expected item=a : 24x1\ncommitment due item=a : 24x12\ncommitment kept item=a : {}x0 {}x1"
    assert now(content, promise.format(12, 12)) is True
    assert now(content, promise.format(13, 11)) is False


def test_the_state_of_a_group_is_what_is_asked() -> None:
    content = asks(
        "{kind: seat, register: seat, measure: filled, pass: {group: 'sex=f', value: '>= 1'}, aggregate: share}",
        "share: {indicator: x, at_least: 30 %}",
    )
    seats = "\n".join(f"seat expected item=s{n} : 12x1" for n in range(3))
    women = "\nseat filled item=s0 group=sex=f;age=15-29 : 6x- 6x1"
    assert now(content, f"{seats}{women}\nseat filled item=s1 group=sex=m : 12x1") is True
    assert now(content, f"{seats}\nseat filled item=s1 group=sex=m : 12x1") is False


def test_a_threshold_may_be_what_another_indicator_says() -> None:
    content = two(
        "{kind: figure, measure: share, aggregate: latest}", SEATS,
        "share: {indicator: y, at_least: {from: x, else: 30 %}}",
    )  # fmt: skip
    seats = "seat expected item=a : 12x1\nseat expected item=b : 12x1\nseat filled item=a : 12x1"
    assert now(content, seats) is True
    assert now(content, f"{seats}\nfigure share : 6x- 6x0.6") is False


def test_lists_of_the_mission_file_are_registers_and_filters() -> None:
    met = asks(
        "{kind: contact, register: mission.priority_counterparts, by: target, pass: {events: '>= 1'}, window: 45 days,"
        " aggregate: share}",
        "share: {indicator: x, at_least: 50 %}",
    )
    named = {"priority_counterparts": ["p", "q"]}
    assert now(met, "contact events target=p : 10x0 1x1 1x0", mission_file=named) is True
    assert now(met, "contact events target=p : 9x0 1x1 2x0", mission_file=named) is False, "that is too long ago"
    assert now(met, "contact events target=p : 12x1") is None, "the mission file names nobody"
    between = asks(
        "{kind: incident, where: {actor: mission.bound_actors, target: mission.bound_actors}, measure: events,"
        " window: 12 months, aggregate: sum}",
        "reaches: {indicator: x, at_most: 0}",
    )
    parties = {"registers": {"bound_actors": ["p", "q"]}}
    assert now(between, "incident events actor=p target=r : 12x5\nincident events actor=q target=p : 12x0",
               mission_file=parties) is True  # fmt: skip


def test_what_counts_only_since_an_event() -> None:
    content = asks(
        "{kind: figure, measure: share, aggregate: latest, since: polling_day}", "reaches: {indicator: x, at_most: 2 %}"
    )
    course = judge(content, "figure share : 24x0.01", mission_file={"events": {"polling_day": "2021-06-13"}}).course
    assert course.tolist() == [-1] * 17 + [1] * 7
    assert now(content, "figure share : 24x0.01") is None, "no day is set"


def test_how_many_different_parties_do_something() -> None:
    content = asks(
        "{kind: dispute, measure: events, by: actor, window: 6 months, aggregate: distinct}",
        "reaches: {indicator: x, at_least: 2}",
    )
    both = "dispute events actor=p : 12x1\ndispute events actor=q : {}x1 {}x0"
    assert now(content, both.format(7, 5)) is True
    assert now(content, both.format(6, 6)) is False


@pytest.mark.parametrize(("aggregate", "at_least", "holds"), [("mean", 2, True), ("max", 3, True), ("min", 2, False)])
def test_mean_largest_and_smallest_of_items(aggregate: str, at_least: int, holds: bool) -> None:
    content = asks(
        f"{{kind: electoral-task, measure: float, aggregate: {aggregate}}}",
        f"reaches: {{indicator: x, at_least: {at_least}}}",
    )
    tasks = "\n".join(f"electoral-task float item=t{n} : 12x{n}" for n in (1, 2, 3))
    assert now(content, tasks) is holds


def test_the_mean_of_what_lies_inside_by_its_people() -> None:
    """No figure of the country: 40 % of the people at 0.9, the others at 0.4."""
    content = asks("{kind: figure, measure: share, aggregate: latest}", "reaches: {indicator: x, at_least: 60 %}")
    figures = "\n".join(f"figure share area=XX0{n} : 12x{0.9 if n == 1 else 0.4}" for n in (1, 2, 3, 4))
    assert now(content, figures) is True
    assert now(content, figures + "\nfigure share : 12x0.5") is False, "what is stated of the whole counts"
