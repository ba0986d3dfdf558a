"""primacy places: names to decide on, and what changed between editions of boundaries."""

import json
from pathlib import Path
from typing import Any

import pytest

from primacy.cli.tests.conftest import Run
from primacy.places.tests.conftest import feature

POINTS = "kind,item,date,area,measure,value\n" + "".join(
    f"contact,c{n},2024-05-0{n},{area},events,1\n" for n, area in enumerate(["District 1", "District 2", "Mokri"], 1)
)


@pytest.fixture(autouse=True)
def districts(run: Run, tmp_path: Path) -> None:
    """Four districts are in the instance."""
    features = [feature(n, name) for n, name in enumerate(["West", "West", "East", "East"], 1)]
    path = tmp_path / "xx_admin2.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert run("import", path, "--quiet")[0] == 0


def _json(run: Run, *arguments: object) -> Any:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_name_is_listed_decided_and_used(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(POINTS)
    run("import", path)
    assert [each["written"] for each in _json(run, "places", "review")["review"]] == ["Mokri"]
    code, out, _ = run("places", "review", "--decide", "Mokri=XX24")
    assert code == 0
    assert "Mokri means District 4 (XX24)" in out
    told = _json(run, "places", "review")
    assert told["review"] == []
    assert [(each["written"], each["code"]) for each in told["decided"]] == [("Mokri", "XX24")]
    again = _json(run, "import", path)["imported"][0]
    assert again["by_name"]["Mokri -> XX24"] == 1
    assert (again["new"], again["rejected"]) == (True, 0)


SPOKEN = [
    ("fr", "désigne", "Aucun nom n'attend", "n'est pas un P-code des limites d'ici"),
    ("ar", "يعني", "لا اسم ينتظر", "ليس رمز منطقة من الحدود"),
]


@pytest.mark.parametrize(("language", "means", "none", "wrong"), SPOKEN, ids=[case[0] for case in SPOKEN])
def test_the_review_speaks_the_language_asked_for(run: Run, language: str, means: str, none: str, wrong: str) -> None:
    spoken = ("--language", language)
    assert none in run("places", "review", *spoken)[1]
    assert means in run("places", "review", "--decide", "Mokri=XX24", *spoken)[1]
    code, _, errors = run("places", "review", "--decide", "Mokri=XX99", *spoken)
    assert code == 2
    assert wrong in errors
    assert "XX99" in errors


WRONG = [("Mokri", "does not say what a name means"), ("Mokri=YY1", "YY1 is no P-code"), ("=XX1", "does not say")]


@pytest.mark.parametrize(("choice", "message"), WRONG, ids=[case[1] for case in WRONG])
def test_a_choice_that_cannot_be_is_refused_whole(run: Run, choice: str, message: str) -> None:
    code, _, err = run("places", "review", "--decide", "Bala=none", "--decide", choice)
    assert code == 2
    assert message in err
    assert _json(run, "places", "review")["decided"] == []


def _edition(tmp_path: Path, day: str, renamed: dict[int, str]) -> Path:
    """The four districts from a day on, some with another P-code."""
    features = [feature(n, name) for n, name in enumerate(["West", "West", "East", "East"], 1)]
    for n, code in renamed.items():
        features[n - 1]["properties"]["adm2_pcode"] = code
    for each in features:
        each["properties"]["valid_on"] = day
    path = tmp_path / f"xx_admin2_{day}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_editions_side_by_side_and_an_old_code_finds_its_area(run: Run, tmp_path: Path) -> None:
    told = _json(run, "import", _edition(tmp_path, "2020-01-01", {1: "XX19"}))["imported"][0]
    assert told["new"] is True
    assert any("other editions of this level that stay: 1" in note for note in told["notes"])
    listed = _json(run, "places", "changes", "--level", "2")["editions"]
    assert [(each["from"], each["to"]) for each in listed] == [("", "2020-01-01")]
    assert [(each["kind"], each["code"], each["to"]) for each in listed[0]["changes"]] == [
        ("recoded", "XX11", [{"code": "XX19", "share": 1.0}])
    ]
    assert "recoded  XX11       District 1: XX19 (100%)" in run("places", "changes")[1]
    path = tmp_path / "old.csv"
    path.write_text("kind,item,date,area,measure,value\ncontact,c1,2024-05-01,XX11,events,1\n")
    points = _json(run, "import", path)["imported"][0]
    assert (points["by_code"], points["by_name"]) == (1, {})
    assert any("do not say from when" in note and "XX11 → XX19 (1)" in note for note in points["notes"])
    assert _json(run, "import", _edition(tmp_path, "2020-01-01", {1: "XX19"}))["imported"][0]["new"] is False
