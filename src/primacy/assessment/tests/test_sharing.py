"""A shared package holds what may be told and nothing of the rest, and can still be computed again."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.finding import Finding
from primacy.assessment.packages import package
from primacy.assessment.packages.sharing import TOLD_BY_THE_STATUS, share
from primacy.assessment.tests.building import AS_OF, KNOWN, Setting
from primacy.assessment.tests.test_package import changed
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.trend import TrendModel

Tree = dict[str, Any]
TRUST = """
indicators: {trust: {kind: survey, where: {category: survey/trust}, measure: share, aggregate: weakest}}
rule: {believes: {indicator: trust, at_least: 50 %}}
"""
LAW = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}}
rule: {exists: {indicator: law, min: 1}}
"""
WAITS = """
indicators: {law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}}
rule: {after: [O2.S1], exists: {indicator: law, min: 1}}
"""
SEATS = """
indicators: {seats: {kind: seat, register: seat, measure: filled, pass: {value: ">= 1"}, aggregate: share}}
rule: {share: {indicator: seats, at_least: 50 %}}
"""
ATTACKS = """
indicators: {attacks: {kind: incident, measure: events, aggregate: rate}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
"""
BENCHMARKS = {"O2.S1": TRUST, "O2.S2": LAW, "O2.S3": WAITS, "O2.S4": SEATS, "O2.S5": ATTACKS}
SECRETS = ("informant", "red-line", "quiet talks", "0.8137", "vault.csv", "hidden-item")


def open_evidence() -> list[Tree]:
    return [
        {"kind": "law", "data": "Gazette", "points": ["2026-03-01 L stage=4 grade=A1 source=gazette"]},
        {"kind": "incident", "data": "Events", "covers": "2018-01-01 to 2026-06-30",
         "monthly": ["2018-01..2026-06 events=20,22"]},
    ]  # fmt: skip


def hidden_evidence(
    share: str = "0.8137", who: str = "informant", rows: int = 1, data: str = "quiet talks"
) -> list[Tree]:
    """A survey that is hidden as a whole, and a register of seats of which a part is hidden."""
    said = [
        f"2026-05-0{n} hidden-item share={share} se=0.02 category=survey/trust source={who} note=red-line confidentiality=2"
        for n in range(1, rows + 1)
    ]
    seats = [f"2026-01-01 s{n} expected=1" for n in range(4)]
    seats += [f"2026-05-01 s{n} filled=1 grade=A1 line={n}" for n in range(3)]
    seats += [f"2026-05-01 s3 filled=1 grade=A1 source={who} line=9 record=r9 revision={rows} confidentiality=3"]
    return [
        {"kind": "survey", "source_type": "survey", "data": data, "points": said},
        {"kind": "seat", "data": f"{data} II", "covers": "2020-01-01 to 2026-06-30", "points": seats},
    ]


def setting(model: TrendModel, evidence: Sequence[Tree]) -> Setting:
    return Setting(model, BENCHMARKS, evidence)


def written(of: Setting, path: Path, *, level: int = 1) -> Path:
    inputs = of.inputs()
    package.write(path, *share(inputs, assess(inputs, as_of=AS_OF, known=KNOWN), level=level))
    return path


@pytest.fixture(scope="module")
def shared(model: TrendModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    return written(setting(model, [*open_evidence(), *hidden_evidence()]), folder / "shared.zip")


def findings(path: Path) -> dict[str, Finding]:
    return {each.benchmark: each for each in package.findings_of(path)}


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


# ---- what is carried


def test_findings_that_used_more_are_carried_with_the_status_of_everything(model: TrendModel, shared: Path) -> None:
    whole = setting(model, [*open_evidence(), *hidden_evidence()]).assess()
    found = findings(shared)
    assert {each.benchmark: each.status for each in whole.findings} == {id: each.status for id, each in found.items()}
    assert {id for id, each in found.items() if each.carried} == {"O2.S1", "O2.S3", "O2.S4"}
    assert (found["O2.S1"].status, found["O2.S4"].status) == ("met", "met")


def test_a_carried_finding_is_words_alone(shared: Path) -> None:
    for finding in findings(shared).values():
        if finding.carried:
            assert (finding.probability, finding.lower, finding.flips_at, finding.weakest) == (None, None, None, None)
            assert (finding.numbers, finding.parts, finding.areas, finding.charts, finding.history) == (
                {},
                (),
                (),
                (),
                (),
            )
            assert finding.would_change == ()
            assert "partly restricted" in finding.flags
            assert set(finding.flags) <= {*TOLD_BY_THE_STATUS, "partly restricted"}
            assert "cannot be computed again here" in say_all(finding.sentence)


def test_all_others_are_computed_from_what_is_there(shared: Path) -> None:
    found = findings(shared)
    assert found["O2.S2"].probability == 0.95
    assert found["O2.S5"].probability is not None
    assert not found["O2.S2"].restricted
    assert "partly restricted" not in found["O2.S2"].flags


def test_it_verifies_and_names_what_is_carried(shared: Path) -> None:
    verified = package.verify(shared)
    assert verified.differences == ()
    assert verified.carried == ("O2.S1", "O2.S3", "O2.S4")


def test_where_nothing_is_above_the_level_nothing_is_carried(model: TrendModel, tmp_path: Path) -> None:
    path = written(setting(model, open_evidence()), tmp_path / "open.zip")
    verified = package.verify(path)
    assert (verified.differences, verified.carried) == ((), ())


def test_a_higher_level_holds_more(model: TrendModel, tmp_path: Path) -> None:
    path = written(setting(model, [*open_evidence(), *hidden_evidence()]), tmp_path / "two.zip", level=2)
    assert {id for id, each in findings(path).items() if each.carried} == {"O2.S4"}
    assert "0.8137" in package.part_of(path, "inputs.csv")
    assert findings(path)["O2.S1"].restricted
    assert package.verify(path).differences == ()


# ---- what it does not tell


def test_no_byte_of_it_tells_of_a_hidden_row(shared: Path) -> None:
    told = text_of(shared)
    assert [secret for secret in SECRETS if secret in told] == []
    rows = package.part_of(shared, "inputs.csv")
    assert "s2" in rows
    assert '"line": 9' not in rows
    versions = json.loads(package.part_of(shared, "datasets.json"))
    assert sorted(each["name"] for each in versions) == ["", "Events", "Gazette"]
    assert {(each["rows"], each["items"], each["start"]) for each in versions if not each["name"]} == {(0, 0, None)}


WORLDS = [
    ("another value", {"share": "0.8642"}),
    ("another source", {"who": "somebody"}),
    ("more rows", {"rows": 4}),
    ("other data sets", {"data": "a quieter talk"}),
]


@pytest.mark.parametrize(("shows", "change"), WORLDS, ids=[case[0] for case in WORLDS])
def test_hidden_rows_that_lead_to_the_same_statuses_lead_to_the_same_bytes(
    model: TrendModel, shared: Path, tmp_path: Path, shows: str, change: Tree
) -> None:
    other = written(setting(model, [*open_evidence(), *hidden_evidence(**change)]), tmp_path / "other.zip")
    assert text_of(other) == text_of(shared)
    assert other.read_bytes() == shared.read_bytes()


def test_another_status_is_another_package(model: TrendModel, shared: Path, tmp_path: Path) -> None:
    other = written(setting(model, [*open_evidence(), *hidden_evidence(share="0.2")]), tmp_path / "other.zip")
    assert findings(other)["O2.S1"].status == "not met"
    heads = [json.loads(package.part_of(path, "package.json")) for path in (shared, other)]
    assert heads[0]["id"] != heads[1]["id"]
    assert heads[0]["evidence"] == heads[1]["evidence"]


# ---- what other sources tell beside the official one


def press(conflict: int) -> list[Tree]:
    """An official source on attacks, and another with something hidden that no rule reads."""
    official, *_ = [each for each in open_evidence() if each["data"] == "Events"]
    lines = ["2018-01..2026-06 events=30"]
    lines += [f"2026-05..2026-05 deaths={conflict} confidentiality=2 source=informant"]
    other = {"kind": "incident", "data": "quiet talks", "covers": "2018-01-01 to 2026-06-30", "monthly": lines}
    return [open_evidence()[0], {**official, "official_for": ["incident"]}, other]


def test_a_source_that_is_partly_hidden_is_told_beside_the_official_one_without_its_name(
    model: TrendModel, tmp_path: Path
) -> None:
    path = written(setting(model, press(7)), tmp_path / "shared.zip")
    found = findings(path)["O2.S5"]
    assert not found.carried
    assert [(each.name, each.figure) for each in found.other_sources[0].sources] == [("Events", 252.0), ("", 360.0)]
    assert [secret for secret in SECRETS if secret in text_of(path)] == []
    assert package.verify(path).differences == ()
    other = written(setting(model, press(9)), tmp_path / "other.zip")
    assert other.read_bytes() == path.read_bytes()


def test_what_others_tell_is_recomputed_and_compared(model: TrendModel, tmp_path: Path) -> None:
    path = written(setting(model, press(7)), tmp_path / "shared.zip")
    wrong = changed(path, "findings.json", '"figure":360.0', '"figure":36.0')
    assert "O2.S5/other_sources/0/sources/1/figure" in {each.field for each in package.verify(wrong).differences}


# ---- what somebody changes in it


CHANGES = [
    # what somebody changes            file            from                          to                                field
    ("the status of a carried one",    "findings.json", '"status":"met"',             '"status":"not met"',             "id"),
    ("a number of a carried one",      "findings.json", '("carried":true.*?"numbers":){}', r'\1{"value":0.9}',           "O2.S1/numbers/value"),
    ("a probability of a carried one", "findings.json", '("carried":true.*?"probability":)null', r"\g<1>0.9",           "O2.S1/probability"),
    ("a finding into a carried one",   "findings.json", '("benchmark":"O2.S2",)"carried":false', r'\1"carried":true',   "id"),
    ("an open data point",             "inputs.csv",    "gazette",                    "gazettte",                       "files/inputs.csv"),
    ("the page for people",            "index.html",    "met",                        "not met",                        "files/index.html"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "old", "new", "named"), CHANGES, ids=[case[0] for case in CHANGES])
def test_what_somebody_changed_is_named(shared: Path, shows: str, name: str, old: str, new: str, named: str) -> None:
    found = package.verify(changed(shared, name, old, new)).differences
    assert named in {each.field for each in found}


def test_a_full_package_carries_nothing(model: TrendModel, tmp_path: Path) -> None:
    path, inputs = tmp_path / "full.zip", setting(model, [*open_evidence(), *hidden_evidence()]).inputs()
    package.write(path, inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    forged = changed(path, "findings.json", '("benchmark":"O2.S2",)"carried":false', r'\1"carried":true')
    assert "O2.S2/carried" in {each.field for each in package.verify(forged).differences}


def test_a_release_that_replaces_a_hidden_one_stays_in_its_series(model: TrendModel, tmp_path: Path) -> None:
    """Two releases of one source, both in part hidden: the newer one replaces the older in the package too."""
    kept = [f"2026-05-01 s{n} filled=1 grade=A1" for n in range(4)]
    register = [f"2026-01-01 s{n} expected=1" for n in range(4)]
    hidden = "2026-05-01 s9 filled=0 grade=A1 confidentiality=3"
    old, new = (
        {"kind": "seat", "data": f"release {n}", "lineage": "staff list", "known": f"2026-0{n}-01",
         "covers": "2026-01-01 to 2026-06-30", "points": [*register, *kept, hidden]}
        for n in (5, 6)
    )  # fmt: skip
    path = written(setting(model, [*open_evidence(), old, new]), tmp_path / "series.zip")
    versions = [each for each in json.loads(package.part_of(path, "datasets.json")) if not each["name"]]
    assert len(package.part_of(path, "inputs.csv").split("filled")) == 1 + 4
    assert len({each["lineage"] for each in versions}) == 1
    assert "staff list" not in text_of(path)
    assert package.verify(path).differences == ()
    assert findings(path)["O2.S4"].carried
