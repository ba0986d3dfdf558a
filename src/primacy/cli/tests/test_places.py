"""primacy places: names to decide on, and what changed between editions of boundaries."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from primacy.cli import main
from primacy.places.tests.conftest import feature

Run = Callable[..., tuple[int, str, str]]
POINTS = "kind,item,date,area,measure,value\n" + "".join(
    f"contact,c{n},2024-05-0{n},{area},events,1\n" for n, area in enumerate(["District 1", "District 2", "Mokri"], 1)
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("places", "review") -> (exit code, output, errors) in an instance of the country XX with four districts."""
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "mission.yaml").write_text("country: XX\n")

    def ran(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["primacy", "--data", str(folder), *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    features = [feature(n, name) for n, name in enumerate(["West", "West", "East", "East"], 1)]
    path = tmp_path / "xx_admin2.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert ran("import", path, "--quiet")[0] == 0
    return ran


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


WRONG = [("Mokri", "does not say what a name means"), ("Mokri=YY1", "YY1 is no P-code"), ("=XX1", "does not say")]


@pytest.mark.parametrize(("choice", "message"), WRONG, ids=[case[1] for case in WRONG])
def test_a_choice_that_cannot_be_is_refused_whole(run: Run, choice: str, message: str) -> None:
    code, _, err = run("places", "review", "--decide", "Bala=none", "--decide", choice)
    assert code == 2
    assert message in err
    assert _json(run, "places", "review")["decided"] == []
