"""Which statuses each benchmark can reach with the evidence at hand.

    python bench/possible.py

Three instances: the invented country, which has what a mission can type and import in a year, the Central African
Republic of the tutorial with events alone, and the typical mission, which types evidence of every kind (its good years,
below). "Could be" speaks of the evidence that holds a benchmark back least: "all" means that nothing but the facts
stands between it and any status; "all but met" that a cap holds it back whatever the facts, and which. "Seen" lists the
statuses that it had in one of the instances, in the typical mission's bad years, or in one of its expert cases, which
the tests try: each is possible with evidence that a mission can type. No benchmark may be held back everywhere forever:
the last line counts those that no instance here can judge, and those of which a plain status was never seen.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from typical import SIDES, cases_of, findings

from primacy.framework.grammar import STATUSES

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
NEVER = "not judged"
PLAIN = ("met", "not met", "insufficient evidence")
Finding = dict[str, Any]
Findings = dict[str, Finding]


def table() -> str:
    """One row for each benchmark: its status, and what it could become, in each instance."""
    with tempfile.TemporaryDirectory() as folder:
        invented = _invented(Path(folder) / "invented")
        real = _real(Path(folder) / "real") if REFERENCE.is_dir() else {}
    typed, turned = ({each["benchmark"]: each for each in findings(side)} for side in SIDES)
    head = ("benchmark", "invented country", "real events alone", "typical mission", "could be", "seen")
    rows = [head, ("---",) * len(head)]
    for id in invented:
        seen = [each.get(id) for each in (invented, real, typed)]
        had = _seen(id, [*seen, turned.get(id)])
        rows.append((id, *map(_told, seen), _could_be(seen), ", ".join(had)))
    never = [row[0] for row in rows[2:] if row[-2] == NEVER]
    unseen = [row[0] for row in rows[2:] if not set(PLAIN) <= set(row[-1].split(", "))]
    counted = f"{len(invented) - len(never)} of {len(invented)} can be judged in one instance or more"
    plain = f"{len(invented) - len(unseen)} of {len(invented)} were seen {', '.join(PLAIN[:-1])} and {PLAIN[-1]}"
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    told = f"{counted}; not judged in any: {', '.join(never) or 'none'}. {plain}; not: {', '.join(unseen) or 'none'}."
    return "\n".join([*lines, "", told])


def _seen(id: str, found: list[Finding | None]) -> list[str]:
    """Every status that a benchmark had, in the order of the framework's list."""
    had = {each["status"] for each in found if each is not None} | {each.written.status for each in cases_of(id)}
    return [each for each in STATUSES if each in had]


def _never(finding: Finding | None) -> bool:
    return finding is None or finding["status"] in NEVER_JUDGED


def _told(finding: Finding | None) -> str:
    if finding is None:
        return "not measured"
    remarks = [finding["reason"]] if finding["reason"] else []
    remarks += [] if _never(finding) or _possible(finding) == "all" else [_possible(finding)]
    return f"{finding['status']} ({'; '.join(remarks)})" if remarks else str(finding["status"])


def _could_be(seen: list[Finding | None]) -> str:
    """What it could become with the evidence that holds it back least."""
    found = [_possible(each) for each in seen if each is not None and not _never(each)]
    return "all" if "all" in found else (found or [NEVER])[0]


def _possible(finding: Finding) -> str:
    """Whether the part that decides is capped; a benchmark that is met shows that it is not."""
    if finding["status"] in ("met", "reversed"):
        return "all"
    deciding = [part for part in finding["parts"] if part["probability"] == finding["probability"]]
    caps = [flag for flag in finding["flags"] if flag in CAPS]
    return f"all but met: {', '.join(caps) or 'capped'}" if any(part["capped"] for part in deciding) else "all"


def _invented(folder: Path) -> Findings:
    _run(folder, "init", "--exercise")
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
