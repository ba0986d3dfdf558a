"""Which statuses each benchmark can reach with the evidence at hand.

    python bench/possible.py

Two instances: the invented country, which has what a mission can type and import in a year, and the Central African
Republic of the tutorial with events alone. "All" means that nothing but the facts stands between the benchmark and any
status; "all but met" that a cap holds it back whatever the facts, and which. No benchmark may be held back in both for
ever: the last line counts those that no instance here can judge.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
REFERENCE = Path(os.environ.get("PRIMACY_REFERENCE_DATA", HERE.parent / "shared" / "data"))
PRIMACY = str(Path(sys.executable).parent / "primacy")
FILES = (
    "boundaries_caf_2024/caf_admin1_simplified.geojson.gz",
    "boundaries_caf_2024/caf_admin2_simplified.geojson.gz",
    "pcodes_population/cod_population_admin2_CAF_COD.csv.gz",
    "ged_car_23_1/GED_v23_1_country482_CAF.csv.gz",
)
CAPS = ("single source", "effort unknown", "unconfirmed veto")
NEVER_JUDGED = ("insufficient evidence", "not yet applicable", "not applicable")
Findings = dict[str, dict[str, Any]]


def table() -> str:
    """One row for each benchmark: its status, and what it could become, in each instance."""
    with tempfile.TemporaryDirectory() as folder:
        invented = _invented(Path(folder) / "invented")
        real = _real(Path(folder) / "real") if REFERENCE.is_dir() else {}
    head = ("benchmark", "invented country", "could be", "real events alone", "could be")
    rows = [head, ("---",) * len(head)]
    rows += [(id, *_told(found), *_told(real.get(id))) for id, found in invented.items()]
    never = [id for id in invented if all(_never(each.get(id)) for each in (invented, real))]
    counted = f"{len(invented) - len(never)} of {len(invented)} can be judged in one instance or both"
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", f"{counted}; not judged in either: {', '.join(never) or 'none'}."])


def _never(finding: dict[str, Any] | None) -> bool:
    return finding is None or finding["status"] in NEVER_JUDGED


def _told(finding: dict[str, Any] | None) -> tuple[str, str]:
    if finding is None:
        return "not measured", ""
    reason = f" ({finding['reason']})" if finding["reason"] else ""
    return finding["status"] + reason, "" if _never(finding) else _possible(finding)


def _possible(finding: dict[str, Any]) -> str:
    """Whether the part that decides is capped; a benchmark that is met shows that it is not."""
    if finding["status"] in ("met", "reversed"):
        return "all"
    deciding = [part for part in finding["parts"] if part["probability"] == finding["probability"]]
    caps = [flag for flag in finding["flags"] if flag in CAPS]
    return f"all but met: {', '.join(caps) or 'capped'}" if any(part["capped"] for part in deciding) else "all"


def _invented(folder: Path) -> Findings:
    _run(folder, "init", "--sample")
    return _assessed(folder)


def _real(folder: Path) -> Findings:
    real_instance(folder, tutorial_mission())
    return _assessed(folder, "--as-of", "2022-12-31")


def tutorial_mission() -> str:
    """The mission file of the tutorial."""
    tutorial = (HERE / "docs" / "tutorial-car.md").read_text(encoding="utf-8")
    mission = re.search(r"^```yaml primacy-data/mission.yaml\n(.*?)^```", tutorial, flags=re.MULTILINE | re.DOTALL)
    assert mission is not None
    return mission[1]


def real_instance(folder: Path, mission: str) -> None:
    """The Central African Republic with its places, people and recorded events."""
    folder.mkdir()
    (folder / "mission.yaml").write_text(mission, encoding="utf-8")
    _run(folder, "init")
    _run(folder, "import", *(str(REFERENCE / name) for name in FILES))


def _assessed(folder: Path, *options: str) -> Findings:
    said = json.loads(_run(folder, "assess", "--json", *options))
    return {finding["benchmark"]: finding for finding in said["findings"]}


def _run(folder: Path, *words: str) -> str:
    command = [PRIMACY, "--data", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    print(table())
