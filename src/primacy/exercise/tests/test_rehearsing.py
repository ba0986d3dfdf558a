"""Histories beside their truth: every finding is scored."""

from primacy.assessment.trends.trend import TrendModel
from primacy.exercise.country.country import country
from primacy.exercise.facilitating import beside_the_truth, lines
from primacy.exercise.rehearsing import areas_of, games_of, rehearse
from primacy.exercise.scoring import of_findings, statuses
from primacy.exercise.tests.histories import TODAY
from primacy.framework import load


def test_a_history_is_judged_as_a_mission_would_have(model: TrendModel) -> None:
    (played, *_), months = games_of(1, ["steady-progress"], begin=TODAY)
    areas, framework = areas_of(country(1)), load()
    found = rehearse(played, months[-1:], framework=framework, areas=areas, model=model)
    assert [each.benchmark for each in found.records] == list(framework.benchmarks)
    known = [each for each in found.records if each.truth is not None]
    assert len(known) > 30
    counted = statuses(found.records)
    assert sum(counted["met"]) > 3
    assert sum(counted["not met"]) > 5
    scored = of_findings(found.records, "all")
    assert scored.met.share > 0.5
    assert scored.not_met.share > 0.5
    findings = [type("Finding", (), {"benchmark": each.benchmark, "status": each.status}) for each in found.records]
    beside = beside_the_truth(played, findings, framework, areas)  # type: ignore[arg-type]
    assert len(beside["findings"]) == len(framework.benchmarks)
    assert any("holds" in line for line in lines(beside, played.scenario))
