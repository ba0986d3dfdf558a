"""The acceptance of the engine: attacks on civilians in the Central African Republic, 2012 to 2022, with today's knowledge.

Yearly events are 19, 140, 292, 107, 57, 98, 49, 37, 22, 48, 28. Without a baseline the part reads twelve months against
the twelve before: it must not see a fall at the ends of 2013, 2014, 2017 and 2021, and must see one at those of 2015, 2016
and 2020.
"""

import fcntl
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.finding import Finding, Part
from primacy.assessment.inputs import Inputs
from primacy.assessment.packages import package
from primacy.assessment.told.sentences import say, say_all
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Instance, Mission, load, read_mission
from primacy.places.areas import Areas

pytestmark = pytest.mark.reference_data

TODAY = datetime(2026, 1, 1, tzinfo=UTC)
MISSION = """
country: CAF
mandate: {start: 2014-09-15, renewal: 2022-11-15, resolution: "2149 (2014)", electoral: assistance}
baselines:
  - {name: before the mission, from: 2013-09-01, to: 2014-08-31, signed: [planning, political-affairs], because: "year before deployment"}
  - {name: first full year of calm, from: 2016-01-01, to: 2016-12-31, signed: [planning, jmac], because: "guards against a baseline at the peak"}
horizons: {short: [2014-09-15, 2015-12-31], medium: [2015-01-01, 2018-12-31], long: [2016-01-01, 2024-12-31]}
events: {agreement: 2019-02-06, polling_day: 2020-12-27}
political_line: {stage: implementation, next: joint commission, objectives: []}
capital: CF71
report_level: 1
core: [O1.S1, O2.S1, O2.M2, O2.M6, O2.L1, O3.S4]
priority_counterparts: []
"""
FRAMEWORK = load()


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory, reference_data: Path) -> Instance:
    """Boundaries, people and events imported once a session, as a planner would."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    made = Instance(shared / "central-african-republic")
    with (shared / ".car-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists:
            made.folder.mkdir(exist_ok=True)
            files = [
                reference_data / "boundaries_caf_2024" / "caf_admin1_simplified.geojson.gz",
                reference_data / "boundaries_caf_2024" / "caf_admin2_simplified.geojson.gz",
                reference_data / "pcodes_population" / "cod_population_admin1_CAF_COD.csv.gz",
                reference_data / "ged_car_23_1" / "GED_v23_1_country482_CAF.csv.gz",
            ]
            import_files(files, instance=made, country="CAF", now=datetime(2025, 12, 1, tzinfo=UTC))
            made.mission_file.write_text(MISSION, "utf-8")
    return made


def only(*ids: str) -> Framework:
    benchmarks = {id: FRAMEWORK.benchmarks[id] for id in ids}
    return Framework(FRAMEWORK.outputs, benchmarks, FRAMEWORK.published, FRAMEWORK.texts)


def inputs(instance: Instance, model: TrendModel, framework: Framework, mission: Mission) -> Inputs:
    return Inputs(framework, mission, Store(instance.evidence), Areas.load(instance.places), model)


def without_baseline() -> Mission:
    return Mission.model_validate({**yaml.safe_load(MISSION), "baselines": [], "horizons": {}})


def part_of(finding: Finding, indicator: str, role: str = "part") -> Part:
    return next(each for each in finding.parts if each.indicator == indicator and each.role == role)


YEARS = [
    (2013, "no fall"),
    (2014, "no fall"),
    (2017, "no fall"),
    (2021, "no fall"),
    (2015, "a fall"),
    (2016, "a fall"),
    (2020, "a fall"),
]


@pytest.mark.parametrize(("year", "expected"), YEARS, ids=[f"{year} saw {expected}" for year, expected in YEARS])
def test_without_a_baseline_the_part_says_what_a_careful_analyst_would(
    instance: Instance, model: TrendModel, year: int, expected: str
) -> None:
    given = inputs(instance, model, only("O2.M2"), without_baseline())
    (finding,) = assess(given, as_of=date(year, 12, 31), known=TODAY).findings
    p = part_of(finding, "attacks-on-civilians").probability
    assert p is not None
    assert p < 0.25 if expected == "no fall" else p > 0.60
    assert finding.status not in ("met", "reversed")


@pytest.mark.parametrize("end", [2015, 2018, 2021, 2022])
def test_political_violence_has_ceased_at_no_month_from_2013_to_2022(
    instance: Instance, model: TrendModel, end: int
) -> None:
    given = inputs(instance, model, only("O2.L1"), without_baseline())
    (finding,) = assess(given, as_of=date(end, 12, 31), known=TODAY).findings
    assert len(finding.history) == 36
    assert {status for _, _, status in finding.history} <= {
        "not met",
        "no clear change",
        "progressing",
        "insufficient evidence",
    }


@pytest.fixture(scope="module")
def year_2016(instance: Instance, model: TrendModel) -> tuple[Inputs, Assessment]:
    given = inputs(instance, model, FRAMEWORK, read_mission(instance.mission_file))
    return given, assess(given, as_of=date(2016, 12, 31), known=TODAY)


def test_with_the_mission_file_the_finding_of_2016_names_what_holds_it_back(
    year_2016: tuple[Inputs, Assessment],
) -> None:
    given, assessment = year_2016
    finding = next(each for each in assessment.findings if each.benchmark == "O2.M2")
    part = part_of(finding, "attacks-on-civilians")
    assert part.probability is not None
    assert part.probability > 0.75
    assert (part.numbers["baseline_events"], part.numbers["events"]) == (298, 57)
    assert part.capped

    assert finding.status != "met"
    assert {"single source", "effort unknown"} <= set(finding.flags)
    institutions = part_of(finding, "attacks-on-institutions")
    assert (institutions.probability, institutions.reason) == (None, "not covered")

    names = {code: given.areas.name(code) for code in given.areas.level(1)}
    told = say_all(finding.sentence, framework=FRAMEWORK, places=names)
    assert "attacks on schools, clinics, courts and offices" in told
    veto = part_of(finding, "attacks-on-civilians", "veto")
    assert veto.probability is not None
    rose = say(veto.sentence, framework=FRAMEWORK, places=names)
    assert any(name in rose for name in names.values())
    assert any(name in told for name in names.values()) == (veto.probability >= 0.5)


def test_violence_on_civilians_is_never_met_from_2014_to_2022(instance: Instance, model: TrendModel) -> None:
    given = inputs(instance, model, only("O2.M2"), read_mission(instance.mission_file))
    for end in (2017, 2020, 2022):
        (finding,) = assess(given, as_of=date(end, 12, 31), known=TODAY).findings
        assert "met" not in {status for _, _, status in finding.history}


def test_there_are_65_findings_each_with_a_sentence(year_2016: tuple[Inputs, Assessment]) -> None:
    _, assessment = year_2016
    assert [each.benchmark for each in assessment.findings] == list(FRAMEWORK.benchmarks)
    assert all(say_all(each.sentence, framework=FRAMEWORK) for each in assessment.findings)


def test_a_package_is_written_to_the_same_bytes_and_computed_again_without_difference(
    year_2016: tuple[Inputs, Assessment], tmp_path: Path
) -> None:
    given, assessment = year_2016
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    package.write(first, given, assessment)
    package.write(second, given, assessment)
    assert first.read_bytes() == second.read_bytes()
    assert package.verify(first).differences == ()

    opened = package.read(first)
    third = tmp_path / "third.zip"
    package.write(third, opened.inputs, opened.assessment)
    assert third.read_bytes() == first.read_bytes()


def test_verify_names_a_field_that_somebody_changed(year_2016: tuple[Inputs, Assessment], tmp_path: Path) -> None:
    given, assessment = year_2016
    few = Inputs(only("O2.M2"), given.mission, given.store, given.areas, given.model)
    path, changed = tmp_path / "whole.zip", tmp_path / "changed.zip"
    package.write(path, few, assess(few, as_of=assessment.as_of, known=TODAY))
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "findings.json":
                findings = json.loads(content)
                findings[0]["status"] = "met"
                content = json.dumps(findings, ensure_ascii=False, sort_keys=True, indent=1).encode()
            target.writestr(name, content)
    found = {each.field: (each.stored, each.computed) for each in package.verify(changed).differences}
    field = next(name for name in found if name.endswith("O2.M2/status"))
    assert found[field][0] == "met"
    assert found[field][1] != "met"
    assert any("findings.json" in name for name in found)
