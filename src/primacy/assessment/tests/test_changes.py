"""Between two assessments: which findings differ, and what evidence, time, rule, revision and the rest did to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.assessment.assessing import assess
from primacy.assessment.over_time.attributing import CODE, PLACES, RULE, TIME
from primacy.assessment.over_time.changes import RESTRICTED, UNCAUSED, Change, compare, listed
from primacy.assessment.over_time.replaying import Side
from primacy.assessment.over_time.vintages import NEW, REVISED, WITHDRAWN
from primacy.assessment.packages import package
from primacy.assessment.packages.sharing import share
from primacy.assessment.tests.building import AS_OF, KNOWN, SUBJECT, Setting, country
from primacy.assessment.trends.calibration import calibrate
from primacy.assessment.trends.trend import TrendModel
from primacy.places.areas import Areas

RULE_TEXT = """
indicators: {{law: {{kind: law, measure: stage, aggregate: distinct, pass: {{stage: {stage}}}, {fresh}}}}}
rule: {{exists: {{indicator: law, min: 1}}}}
"""
LAW = RULE_TEXT.format(stage="adopted", fresh="fresh: 10 years")
STRICTER = RULE_TEXT.format(stage="gazetted", fresh="fresh: 10 years")
PERISHABLE = RULE_TEXT.format(stage="adopted", fresh="fresh: 90 days")
EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), KNOWN
Tree = dict[str, Any]


def laws(*points: str, known: str = "2025-01-01", **more: Any) -> Tree:
    return {"kind": "law", "data": f"laws {known}", "lineage": "gazette", "points": points, "known": known, **more}


TABLED, ADOPTED = "2025-06-01 L stage=3 grade=A1", "2025-06-01 L stage=4 grade=A1"
COVERED = {"covers": {"span": "2025-01-01 to 2025-12-31"}}
OLD = laws(TABLED, **COVERED)


def side(model: TrendModel, evidence: Sequence[Tree] = (OLD,), rule: str = LAW, **setting: Any) -> Side:
    given = Setting(model, {SUBJECT: rule}, evidence, **{"known": LATER, **setting})
    return Side(given.inputs(), given.assess())


def causes(found: Change) -> dict[str, float | None]:
    """What each cause that did something did to P."""
    return {each.cause: each.probability for each in found.contributions if each.probability or each.status}


def one_change(before: Side, after: Side) -> Change:
    (found,) = compare(before, after)
    if found.difference is not None:
        assert sum(round(2000 * (e.probability or 0)) for e in found.contributions) == round(2000 * found.difference)
    assert sum(e.status for e in found.contributions) == found.of_status
    return found


# ---- each cause alone


def test_a_report_of_another_day_is_new_evidence(model: TrendModel) -> None:
    later = laws("2025-09-01 M stage=4 grade=A1", known="2026-02-01", lineage="another")
    found = one_change(side(model, known=EARLIER), side(model, [OLD, later]))
    assert set(causes(found)) == {NEW}
    assert found.cause == NEW


def test_a_release_that_says_the_same_months_otherwise_revises(model: TrendModel) -> None:
    release = laws(ADOPTED, known="2026-02-01", **COVERED)
    found = one_change(side(model, known=EARLIER), side(model, [OLD, release]))
    assert set(causes(found)) == {REVISED}


def test_what_a_release_says_of_later_months_is_new(model: TrendModel) -> None:
    covers = {"span": "2025-01-01 to 2026-06-30"}
    release = laws(TABLED, "2026-02-01 M stage=4 grade=A1", known="2026-03-01", covers=covers)
    found = one_change(side(model, known=EARLIER), side(model, [OLD, release]))
    assert set(causes(found)) == {NEW}


def test_what_was_withdrawn_is_told_as_withdrawn(model: TrendModel) -> None:
    wrong = laws("2025-09-01 M stage=4 grade=A1", lineage="another", known="2025-10-01")
    found = one_change(side(model, [OLD, wrong], known=EARLIER), side(model, [OLD]))
    assert set(causes(found)) == {WITHDRAWN}


def test_what_a_withdrawn_release_had_replaced_counts_again(model: TrendModel) -> None:
    wrong = laws(ADOPTED, known="2025-10-01", **COVERED)
    found = one_change(side(model, [OLD, wrong], known=EARLIER), side(model, [OLD]))
    assert set(causes(found)) == {WITHDRAWN}


def test_a_rule_that_asks_for_more(model: TrendModel) -> None:
    adopted = laws(ADOPTED, **COVERED)
    found = one_change(side(model, [adopted]), side(model, [adopted], STRICTER))
    assert set(causes(found)) == {RULE}


def test_what_grows_too_old(model: TrendModel) -> None:
    adopted = laws("2025-12-01 L stage=4 grade=A1")
    before = side(model, [adopted], PERISHABLE, as_of=date(2026, 1, 31))
    found = one_change(before, side(model, [adopted], PERISHABLE))
    assert (found.after, found.cause, found.difference) == ("insufficient evidence", TIME, None)
    assert [each.probability for each in found.contributions if each.cause == TIME] == [None]


TALKS = """
indicators: {met: {kind: contact, register: mission.priority_counterparts, by: target, pass: {events: ">= 1"}, window: 365 days, aggregate: share}}
rule: {share: {indicator: met, at_least: 80 %}}
"""
MET = {"kind": "contact", "points": ["2026-01-20 x events=1 target=elders", "2026-02-01 y events=1 target=women"]}
LIST = ["elders", "women"]
SIGNED = {
    "register": "priority_counterparts", "to": [*LIST, "youth", "traders", "herders"], "by": ["political-affairs", "jmac"],
    "on": "2026-03-15", "because": "they talk too",
}  # fmt: skip


def on_its_day(model: TrendModel, as_of: date, known: datetime, **mission: Any) -> Side:
    """An assessment by what of a mission file counts on its day, as an instance opens it."""
    given = Setting(
        model, {SUBJECT: TALKS}, [MET], {"priority_counterparts": LIST, **mission}, as_of=as_of, known=known
    )
    inputs = given.inputs()
    inputs = replace(inputs, mission=inputs.mission.in_force(as_of))
    return Side(inputs, assess(inputs, as_of=as_of, known=known))


MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
BY_DATE = [
    # what it shows                                       the earlier day judged on              its mission file       cause
    ("it was signed before the earlier one",              datetime(2026, 3, 31, tzinfo=UTC),     [SIGNED],              TIME),
    ("both days are judged much later",                   LATER,                                 [SIGNED],              TIME),
    ("it was signed after the earlier one",               datetime(2026, 3, 1, tzinfo=UTC),      [],                    RULE),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "known", "changes", "cause"), BY_DATE, ids=[each[0] for each in BY_DATE])
def test_a_signed_list_that_comes_into_force_by_its_date_is_time_and_no_changed_rule(
    model: TrendModel, shows: str, known: datetime, changes: list[Tree], cause: str
) -> None:
    as_of = min(MARCH, known.date())
    before, after = on_its_day(model, as_of, known, changes=changes), on_its_day(model, JUNE, LATER, changes=[SIGNED])
    found = one_change(before, after)
    assert (found.before, set(causes(found))) == ("met", {cause})
    assert set(causes(one_change(after, before))) == {cause}


def test_the_day_that_an_exercise_has_reached_is_no_rule(model: TrendModel) -> None:
    before = on_its_day(model, MARCH, LATER, changes=[SIGNED], practice_day="2026-03-31")
    after = on_its_day(model, JUNE, LATER, changes=[SIGNED], practice_day="2026-06-30")
    assert {each.cause for each in one_change(before, after).contributions} == {TIME}


TREND = """
indicators: {attacks: {kind: incident, measure: events, aggregate: sum}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
"""
EVENTS = {"kind": "incident", "covers": "2015-01-01 to 2026-06-30", "monthly": [
    "2015-01..2025-06 events=9,12,7,10", "2025-07..2026-06 events=6,8,5,7"]}  # fmt: skip


def test_another_calibration(model: TrendModel) -> None:
    other = calibrate(seed=5, simulations=2_000)
    found = one_change(side(model, [EVENTS], TREND), side(other, [EVENTS], TREND))
    assert set(causes(found)) == {"another calibration"}


BY_AREA = """
indicators: {events: {kind: incident, measure: events, aggregate: sum, window: 12 months}}
rule: {each: {area: 1, at_least: all}, reaches: {indicator: events, at_most: 5}}
"""
IN_THE_WEST = {"kind": "incident", "covers": "2015-01-01 to 2026-06-30", "monthly": ["2025-07..2026-06 events=1 area=XX04"]}  # fmt: skip


def test_places_that_were_drawn_otherwise(model: TrendModel) -> None:
    whole = country().as_dict()
    smaller = Areas.from_dict({**whole, "areas": [each for each in whole["areas"] if "XX04" not in str(each)]})
    found = one_change(side(model, [IN_THE_WEST], BY_AREA), side(model, [IN_THE_WEST], BY_AREA, areas=smaller))
    assert set(causes(found)) == {PLACES}


def test_what_another_version_of_the_code_found(model: TrendModel) -> None:
    now = side(model)
    (finding,) = now.assessment.findings
    stored = replace(finding, status="met", probability=0.95)
    before = replace(now, assessment=replace(now.assessment, findings=(stored,), code="0.0.9"))
    found = one_change(before, now)
    assert set(causes(found)) == {CODE}


# ---- several at once, and none


def test_rule_revision_and_new_evidence_add_up(model: TrendModel) -> None:
    release = laws(ADOPTED, known="2026-02-01", **COVERED)
    more = laws("2026-03-01 M stage=5 grade=B2", known="2026-04-01", lineage="another")
    before = side(model, known=EARLIER, as_of=date(2026, 1, 31))
    found = one_change(before, side(model, [OLD, release, more], STRICTER))
    assert {NEW, REVISED} & set(causes(found))


def test_an_assessment_compared_with_itself_gives_nothing(model: TrendModel) -> None:
    assert compare(side(model), side(model)) == []


def test_told_the_other_way_round_every_step_has_the_other_sign(model: TrendModel) -> None:
    release = laws(ADOPTED, known="2026-02-01", **COVERED)
    before, after = side(model, known=EARLIER, as_of=date(2026, 1, 31)), side(model, [OLD, release])
    there, back = one_change(before, after), one_change(after, before)
    assert causes(back) == {cause: -(chance or 0.0) for cause, chance in causes(there).items()}


@settings(max_examples=3)
@given(st.data())
def test_contributions_add_up_for_any_two_assessments(model: TrendModel, data: st.DataObject) -> None:
    """Any reports, releases, withdrawals, rules and days."""

    def releases() -> list[Tree]:
        stages = st.integers(1, 6)
        return [
            laws(
                f"2025-0{data.draw(st.integers(1, 9))}-01 {data.draw(st.sampled_from('LM'))} stage={data.draw(stages)}"
                f" grade={data.draw(st.sampled_from(['A1', 'C3', 'D4']))}",
                known=day, lineage=data.draw(st.sampled_from(["gazette", "another"])), **data.draw(st.sampled_from([{}, COVERED])),
            )
            for day in ("2025-10-01", "2025-11-01", "2026-02-01")
        ]  # fmt: skip

    all_of = releases()
    kept = [each for each in all_of if data.draw(st.booleans())]
    rules = st.sampled_from([LAW, STRICTER, PERISHABLE])
    days = st.sampled_from([date(2025, 12, 31), date(2026, 3, 15), AS_OF])
    before = side(model, all_of, data.draw(rules), known=EARLIER, as_of=data.draw(days))
    after = side(model, kept, data.draw(rules), as_of=data.draw(days))
    for found in compare(before, after):
        total = sum(round(2000 * (each.probability or 0.0)) for each in found.contributions)
        assert found.difference is None or total == round(2000 * found.difference)
        assert sum(each.status for each in found.contributions) == found.of_status
        assert CODE not in causes(found)


# ---- packages


def test_packages_say_the_same_as_the_instances_they_come_from(model: TrendModel, tmp_path: Any) -> None:
    release = laws(ADOPTED, known="2026-02-01", **COVERED)
    sides = side(model, known=EARLIER), side(model, [OLD, release])
    opened = []
    for number, each in enumerate(sides):
        package.write(tmp_path / f"{number}.zip", each.inputs, each.assessment)
        read = package.read(tmp_path / f"{number}.zip")
        opened.append(Side(read.inputs, read.assessment))
    assert compare(*opened) == compare(*sides)


def test_what_a_shared_package_carries_in_words_cannot_be_computed_again(model: TrendModel) -> None:
    secret = laws("2025-06-01 L stage=4 grade=A1 confidentiality=3")
    full = side(model, [secret])
    shared = Side(*share(full.inputs, full.assessment, level=1))
    (found,) = compare(shared, side(model, [OLD]))
    assert (found.cause, found.not_replayed, found.contributions) == (UNCAUSED, RESTRICTED, ())


def test_a_new_benchmark_is_no_change(model: TrendModel) -> None:
    findings = side(model).assessment.findings
    assert listed([], findings) == []
