"""The invented country: whole, honest about being invented, brought in by the ordinary importers, and telling."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.attributing import RULE, TIME
from primacy.assessment.changes import compare
from primacy.assessment.inputs import Inputs, open_inputs
from primacy.assessment.replaying import Side
from primacy.assessment.trend import TrendModel
from primacy.assessment.vintages import NEW, REVISED
from primacy.evidence import Store
from primacy.evidence.errors import BadInput
from primacy.exercise.tests.histories import empty
from primacy.framework import Instance, load, read_mission
from primacy.framework.grammar import STATUSES
from primacy.places.areas import Areas
from primacy.places.countries import countries
from primacy.web import sample
from primacy.web.sample.country import country, shapes
from primacy.web.sample.dates import Calendar, months
from primacy.web.sample.series import poisson
from primacy.web.sample.tables import CUT, datasets, evidence, write_release

TODAY = date(2025, 6, 17)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@dataclass
class Filled:
    """An instance with the sample, and what the two assessments made of it."""

    instance: Instance
    inputs: list[Inputs] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def sides(self) -> list[Side]:
        return [
            Side(inputs, assessment, inputs.store)
            for inputs, assessment in zip(self.inputs, self.assessments, strict=True)
        ]


@pytest.fixture(scope="module")
def filled(model: TrendModel, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The sample of one day; assessments are computed as ever, and kept here instead of in a database."""
    found = Filled(empty(tmp_path_factory.mktemp("sample") / "instance"))

    def keep(*, by: str, as_of: date, known: datetime | None) -> Assessment:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("primacy.assessment.inputs.read_model", lambda folder: model)
            inputs = open_inputs(found.instance)
        found.inputs.append(inputs)
        found.assessments.append(assess(inputs, as_of=as_of, known=known or datetime.now(UTC)))
        return found.assessments[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("primacy.assessment.services.run_assessment", keep)
        patch.setattr("primacy.assessment.services.explain_changes", lambda **given: None)
        sample.fill(found.instance, say=found.said.append, today=TODAY)
    return found


# ---- dates


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param(-3, [-3], id="a month"),
        pytest.param("-3..-1", [-3, -2, -1], id="a run has both its ends"),
        pytest.param("-9..-1/4", [-9, -5, -1], id="every fourth"),
        pytest.param("-48, -3..-1/2", [-48, -3, -1], id="several, by commas"),
        pytest.param(["-9", -2], [-9, -2], id="a list"),
    ],
)
def test_months_are_read_as_they_are_written(written: Any, meant: list[int]) -> None:
    assert months(written) == meant


@given(DAYS, st.integers(-70, 70), st.integers(1, 31))
def test_a_day_of_a_month_stays_inside_it(today: date, month: int, day: int) -> None:
    calendar = Calendar(today)
    assert calendar.start(month) <= calendar.day(month, day) <= calendar.end(month) < calendar.start(month + 1)


def test_dates_of_the_mission_file_are_written_out() -> None:
    written = {"a": ["start of month -1", "end of month +1"], "b": "today +20 days", "c": "end of term"}
    meant = {"a": [date(2025, 5, 1), date(2025, 7, 31)], "b": date(2025, 7, 7), "c": "end of term"}
    assert Calendar(TODAY).resolved(written) == meant


# ---- the country


def test_the_country_is_no_real_one() -> None:
    assert "XAA" <= country().code <= "XZZ"
    assert country().code not in countries()
    assert not {each.name for each in countries().values()} & set(country().names.values())


def test_districts_share_their_borders() -> None:
    drawn = shapes()
    whole = shapely.union_all(drawn)
    assert all(each.is_valid for each in drawn)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(each.area for each in drawn) == pytest.approx(whole.area)


def test_places_come_with_names_in_two_scripts_and_people(filled: Filled) -> None:
    areas = Areas.load(filled.instance.places)
    assert [areas.name(code, "en") for code in areas.level(1)] == ["Morand", "Belwe", "Tasso", "Lower Ouve"]
    assert areas.name("XOS04", "ar") == "أوف السفلى"
    assert len(areas.level(2)) == 12
    assert all(areas.population(code) for code in (*areas.level(1), *areas.level(2)))


# ---- the evidence


def test_the_same_day_gives_the_same_evidence() -> None:
    assert evidence(Calendar(TODAY)) == evidence(Calendar(TODAY))


@pytest.mark.parametrize(
    ("today", "last"),
    [
        pytest.param(date(2024, 3, 1), date(2024, 2, 29), id="on the first day of a month, the month before"),
        pytest.param(date(2024, 3, 30), date(2024, 2, 29), id="before its end a month is not complete"),
        pytest.param(date(2026, 12, 31), date(2026, 12, 31), id="on its last day a month is complete"),
    ],
)
def test_evidence_ends_with_the_last_complete_month(today: date, last: date) -> None:
    days = {each.day for each in evidence(Calendar(today))}
    assert date(last.year, last.month, 20) <= max(days) <= last


def test_every_data_set_that_is_described_is_used_and_the_other_way_round() -> None:
    assert {each.dataset for each in evidence(Calendar(TODAY))} == set(datasets())


def test_no_line_is_rejected(filled: Filled) -> None:
    assert {each.name: each.rejected for each in Store(filled.instance.evidence).versions() if each.rejected} == {}


def test_every_table_says_that_it_is_invented(tmp_path: Path) -> None:
    calendar = Calendar(TODAY)
    for path in write_release(tmp_path, calendar, evidence(calendar), second=True):
        assert path.read_text("utf-8").startswith("# Invented for practice")


def test_every_data_point_but_the_population_is_internal_or_higher(filled: Filled) -> None:
    store = Store(filled.instance.evidence)
    rows = store.rows(as_of=TODAY, known=datetime.now(UTC))
    found = store.fetch(rows.filter(rows.kind != "population").select("confidentiality").distinct())
    assert min(found["confidentiality"].to_pylist()) == 1


def test_the_first_release_knows_nothing_of_what_came_later(filled: Filled) -> None:
    first = [each for each in Store(filled.instance.evidence).versions() if each.known.date() < TODAY]
    items = [each for each in first if each.format == "csv"]
    assert items
    assert all(
        coverage.end <= Calendar(TODAY).end(CUT) for each in items for coverage in each.coverage if coverage.complete
    )


@given(st.floats(0, 60), st.randoms(use_true_random=False))
def test_numbers_of_events_are_counts(mean: float, chance: Any) -> None:
    assert poisson(chance, mean) >= 0
    assert poisson(chance, 0.0) == 0


# ---- what it is for


def test_every_status_appears(filled: Filled) -> None:
    assert {each.status for each in filled.assessments[-1].findings} == set(STATUSES)


def test_two_thirds_of_the_benchmarks_have_evidence(filled: Filled) -> None:
    findings = filled.assessments[-1].findings
    assert sum(each.data_points > 0 for each in findings) >= len(findings) * 2 / 3


def test_changes_have_every_cause(filled: Filled) -> None:
    found = [part for each in compare(*filled.sides) for part in each.contributions if part.probability or part.status]
    assert {part.cause for part in found} == {NEW, TIME, RULE, REVISED}


def test_one_province_is_worse_off_than_the_country(filled: Filled) -> None:
    found = next(each for each in filled.assessments[-1].findings if each.benchmark == "O2.M2")
    by_area = {each.area: each.status for each in found.areas}
    assert by_area.pop("XOS04") == "not met"
    assert "not met" not in by_area.values()


def test_the_mission_file_names_all_that_the_benchmarks_ask_of_it(filled: Filled) -> None:
    mission = read_mission(filled.instance.mission_file)
    asked = {
        value
        for benchmark in load().benchmarks.values()
        for indicator in benchmark.indicators.values()
        for value in (indicator.register_, *indicator.where.values())
        if isinstance(value, str) and value.startswith("mission.")
    }
    assert asked
    assert all(mission.names(each) for each in asked)
    assert set(mission.core) <= set(load().benchmarks)


def test_an_instance_of_another_country_is_left_alone(tmp_path: Path) -> None:
    instance = empty(tmp_path / "other", country="CAF")
    with pytest.raises(BadInput, match="another country"):
        sample.fill(instance, say=lambda text: None)
    assert instance.mission_file.read_text("utf-8") == "country: CAF\n"


def test_a_second_time_adds_nothing(filled: Filled) -> None:
    before = filled.instance.mission_file.read_text("utf-8"), Store(filled.instance.evidence).versions()
    said: list[str] = []
    sample.fill(filled.instance, say=said.append)
    assert (filled.instance.mission_file.read_text("utf-8"), Store(filled.instance.evidence).versions()) == before
    assert "nothing was added" in said[0]
