"""VIEWS: draws become one forecast a month with its spread; what came is a total of the month."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from primacy.evidence.errors import BadInput, NothingToImport
from primacy.evidence.importers import views
from primacy.evidence.tests.published_files import TODAY, read
from primacy.framework import load

CAR, CHAD = 70, 214
JANUARY_2018 = 457


@pytest.fixture
def parquet(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str = "model.parquet", **columns: list[Any]) -> Path:
        pq.write_table(pa.table(columns), tmp_path / name, row_group_size=3)
        return tmp_path / name

    return written


def draws(outcomes: list[float | None], *, month: int = JANUARY_2018, country: int = CAR) -> dict[str, list[Any]]:
    count = len(outcomes)
    return {
        "month_id": [month] * count, "country_id": [country] * count, "draw": list(range(count)), "outcome": outcomes,
    }  # fmt: skip


def test_draws_become_their_mean_spread_and_limits(parquet: Callable[..., Path]) -> None:
    (row,), _ = read(views, parquet(**draws([*range(100)])), country="CAF")
    assert (row["kind"], row["measure"], row["value"], row["n"]) == ("forecast", "deaths", 49.5, 100.0)
    assert (row["low"], row["high"], row["se"]) == (4.0, 94.0, pytest.approx(29.011, abs=0.001))
    assert (row["date"], row["until"]) == (date(2018, 1, 1), date(2018, 1, 31))
    assert (row["wave"], row["confidentiality"]) == ("model", 1)


def test_draws_of_several_countries_and_months_are_not_mixed(parquet: Callable[..., Path]) -> None:
    parts = [draws([1, 1, 3]), draws([5, 7], month=JANUARY_2018 + 1), draws([10] * 4, country=CHAD)]
    path = parquet(**{name: [each for part in parts for each in part[name]] for name in parts[0]})
    rows, _ = read(views, path)
    found = {(row["area"], row["date"].month): (row["value"], row["n"]) for row in rows}
    assert found == {("CAF", 1): (pytest.approx(5 / 3), 3), ("CAF", 2): (6.0, 2), ("TCD", 1): (10.0, 4)}


def test_missing_draws_are_not_counted(parquet: Callable[..., Path]) -> None:
    (row,), _ = read(views, parquet(**draws([2.0, None, float("nan"), 4.0])), country="CAF")
    assert (row["value"], row["n"]) == (3.0, 2.0)


def test_another_country_is_not_wanted(parquet: Callable[..., Path]) -> None:
    rows, reading = read(views, parquet(**draws([1, 2], country=CHAD)), country="CAF")
    assert not rows
    assert (reading.not_wanted, reading.countries) == (2, {"TCD"})


def test_what_came_is_a_total_of_the_month(parquet: Callable[..., Path]) -> None:
    path = parquet(
        month_id=[JANUARY_2018] * 2, country_id=[CAR] * 2, ged_sb=[7.0, None], ged_os=[2.0, 1.0], acled_sb=[9, 9]
    )
    rows, _ = read(views, path, country="CAF")
    assert [(row["kind"], row["category"], row["value"]) for row in rows] == [
        ("violence-total", "violence/state-based", 7.0),
        ("violence-total", "violence/one-sided", 2.0),
        ("violence-total", "violence/one-sided", 1.0),
    ]


REJECTED = [
    ("month 0", {"month": 0}, [1.0], "month_id is no month until today"),
    ("a month to come", {"month": 12 * (TODAY.year + 1 - 1980)}, [1.0], "month_id is no month until today"),
    ("deaths below zero", {}, [-1.0], "outcome is no number of deaths"),
]


@pytest.mark.parametrize(("shows", "where", "outcomes", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_an_impossible_row_is_a_fault(
    parquet: Callable[..., Path], shows: str, where: dict[str, int], outcomes: list[float | None], reason: str
) -> None:
    rows, reading = read(views, parquet(**draws(outcomes, **where)), country="CAF")
    assert not rows
    assert [str(fault.reason).startswith(reason) for fault in reading.faults] == [True]


def test_columns_of_another_type_are_one_clear_error(parquet: Callable[..., Path]) -> None:
    with pytest.raises(BadInput, match="has string in the column month_id, not numbers"):
        read(views, parquet(month_id=["May"], country_id=["Chad"], ged_sb=["many"]), country="CAF")


def test_scores_say_that_they_are_of_no_country(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("Month ID,Date,Model,CRPS,MIS\n535,Jul 2024,m,1,2\n")
    with pytest.raises(NothingToImport, match="nothing of one country"):
        read(views, tmp_path / "scores.csv")


def test_no_rule_reads_a_forecast() -> None:
    indicators = [each for benchmark in load().benchmarks.values() for each in benchmark.indicators.values()]
    assert indicators
    assert "forecast" not in {each.kind for each in indicators}


@pytest.mark.reference_data
def test_a_published_forecast_of_two_million_draws_is_counted_as_it_comes(reference_data: Path) -> None:
    file = reference_data / "views_competition" / "bm_cm_last_historical_poisson_expanded_2018.parquet"
    rows, reading = read(views, file, country="CAF")
    whole = pq.read_table(file, filters=[("country_id", "=", CAR)]).to_pylist()
    assert (len(rows), reading.not_wanted) == (12, 2_292_000 - len(whole))
    for row in rows:
        drawn = [
            each["outcome"] for each in whole if each["month_id"] == (row["date"].year - 1980) * 12 + row["date"].month
        ]
        assert (row["n"], row["value"]) == (len(drawn), pytest.approx(sum(drawn) / len(drawn)))


@pytest.mark.reference_data
@pytest.mark.parametrize(("name", "deaths"), [("cm_actuals_2018", "ged_sb"), ("cm_features_to_oct2018", "ged_os")])
def test_published_actuals_are_those_of_the_country(reference_data: Path, name: str, deaths: str) -> None:
    file = reference_data / "views_competition" / f"{name}.parquet"
    rows, _ = read(views, file, country="CAF")
    whole = pq.read_table(file, columns=["country_id", deaths]).to_pylist()
    found = sum(row["value"] for row in rows if row["category"] == views.OBSERVED[deaths])
    assert found == pytest.approx(sum(each[deaths] for each in whole if each["country_id"] == CAR))
