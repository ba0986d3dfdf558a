"""A typical mission: the evidence of all kinds, typed into templates, decides every benchmark; turned, it turns them.

    python bench/typical.py

The rows are those of the expert cases (`assessment/tests/cases/benchmarks`): one case of each benchmark that is met,
one that is not, laid side by side in the four provinces of the cases as one mission would have typed them.
`typical.yaml` says what is chosen or left out where two cases cannot both be true of one country.
"""

import csv
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from primacy import assessment
from primacy.assessment.assessing import assess
from primacy.assessment.cases.invented_country import COUNTRY, country
from primacy.assessment.cases.trying import Case, read_cases
from primacy.assessment.cases.written_evidence import coverage_of, points_of
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import open_inputs, write_model
from primacy.assessment.trends.calibration import SIMULATIONS
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.template import template
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import Coverage
from primacy.framework import Instance, load

HERE = Path(__file__).parent
EXPERT = Path(assessment.__file__).parent / "tests" / "cases" / "benchmarks"
SIDES = ("met", "not met")
CODE = "XTM"  # a country of three letters, as files of places name it; the cases have two
HALVES = ("01", "02")  # districts of a province, one degree wide and high
AS_OF = date(2026, 6, 30)
MEETING: dict[str, Any] = yaml.safe_load((HERE / "typical.yaml").read_text("utf-8"))
NOT_JUDGED = ("insufficient evidence", "not yet applicable", "not applicable")
Tree = dict[str, Any]


def table() -> str:
    """One row for each benchmark: its status with the evidence of each side, and whether that differs."""
    good, bad = (statuses(side) for side in SIDES)
    rows = ["| benchmark | good years | bad years | turns |", "|---|---|---|---|"]
    rows += [f"| {id} | {good[id]} | {bad[id]} | {'yes' if good[id] != bad[id] else 'no'} |" for id in good]
    judged = sum(status not in NOT_JUDGED for status in good.values())
    turned = sum(good[id] != bad[id] for id in good)
    return "\n".join([*rows, "", f"{judged} of {len(good)} judged; {turned} of {len(good)} turn."])


def statuses(side: str) -> dict[str, str]:
    """The status of every benchmark in a fresh instance with the evidence of one side."""
    return {each["benchmark"]: each["status"] for each in findings(side)}


@cache
def findings(side: str) -> tuple[Tree, ...]:
    """The findings of one side, measured once for all tables that tell of them."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(assessed(Path(folder), side))


def assessed(folder: Path, side: str, *, simulations: int = SIMULATIONS) -> list[Tree]:
    """The findings of one side in a new instance, imported as any file is; few `simulations` calibrate quickly."""
    cases, files, instance = chosen(side), folder / "files", Instance(folder / "data")
    for each in (files, instance.overlay, instance.places, instance.evidence):
        each.mkdir(parents=True)
    instance.mission_file.write_text(yaml.safe_dump(mission(cases), sort_keys=False), "utf-8")
    write_model(instance.calibration, simulations=simulations)
    import_files([*written_places(files), *written(files, cases, side)], instance=instance)
    found = assess(open_inputs(instance, on=AS_OF), as_of=AS_OF, known=datetime.now(UTC))
    return [as_tree(each) for each in found.findings]


def cases_of(id: str) -> list[Case]:
    """What experts say of a benchmark."""
    return read_cases(EXPERT / f"{id}.yaml", load())


def chosen(side: str) -> dict[str, Tree]:
    """One case for each benchmark: its evidence, and what it says of the mission."""
    wanted, found = MEETING["chosen"], {}
    for id in load().benchmarks:
        shown = [each for each in cases_of(id) if each.written.shows == side]
        named = [each for each in shown if each.name == wanted.get(id, {}).get(side)]
        case = (named or shown)[0]
        found[id] = {"evidence": case.evidence, "mission": case.written.mission}
    return found


# ---- the mission file


def mission(cases: Mapping[str, Tree]) -> Tree:
    """What the cases' mission files say, in one: baselines each for its own benchmark, registers and days joined."""
    told: Tree = {
        "country": CODE, "name": "Typical mission", "capital": area("XX01"), "report_level": 1,
        "baselines": [], "registers": {}, "events": dict(EVENTS),
    }  # fmt: skip
    for id, case in cases.items():
        given = case["mission"]
        told["baselines"] += [{**each, "benchmarks": [id]} for each in given.get("baselines", [])]
        told["priority_counterparts"] = told.get("priority_counterparts") or given.get("priority_counterparts", [])
        for name, members in given.get("registers", {}).items():
            told["registers"][name] = list(dict.fromkeys([*told["registers"].get(name, []), *members]))
    return told


EVENTS = {
    "agreement": date(2022, 1, 1), "polling_day": date(2024, 2, 11), "complaints_closed": date(2024, 2, 29),
    "change_of_government": date(2025, 3, 1), "end_of_transition": date(2027, 3, 1),
}  # fmt: skip


def shift(case: Tree) -> int:
    """Days by which the evidence of a vote moves, so that all cases speak of the same polling day."""
    own = case["mission"].get("events", {}).get("polling_day")
    return 0 if own is None else (EVENTS["polling_day"] - own).days


# ---- the places


def written_places(folder: Path) -> list[Path]:
    """The four provinces of the cases in a row, each of two districts, and their people."""
    boundaries, population = folder / f"{CODE.lower()}_admin2.geojson", folder / f"{CODE.lower()}_population.csv"
    features = [_district(n, half, province) for n, province in enumerate(country().level(1)) for half in HALVES]
    boundaries.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    people = {code: country().population(code) for code in country().level(1)}
    lines = ["ISO3,ADM1_PCODE,ADM2_PCODE,Gender,Age_range,Population,Reference_year,Source"]
    lines.append(f"{CODE},,,all,all,{sum(people.values()):.0f},2024,the cases")
    for code, number in people.items():
        lines.append(f"{CODE},{area(code)},,all,all,{number:.0f},2024,the cases")
        lines += [f"{CODE},{area(code)},{area(code)}{half},all,all,{number / 2:.0f},2024,the cases" for half in HALVES]
    population.write_text("\n".join([*lines, ""]), "utf-8")
    return [boundaries, population]


def _district(place: int, half: str, province: str) -> Tree:
    west, south = place, HALVES.index(half)
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    named = (
        (CODE, "Ostara"),
        (area(province), country().name(province, "en")),
        (area(province) + half, f"Half {half}"),
    )
    properties = {"iso3": CODE, "lang": "en"}
    for level, (code, name) in enumerate(named):
        properties |= {f"adm{level}_pcode": code, f"adm{level}_name": name}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


# ---- the tables


def area(code: str) -> str:
    """A place of the cases under a code that files of places may have."""
    return code.replace(COUNTRY, CODE)


def rows_of(id: str, case: Tree, dataset: Tree, side: str) -> Iterator[Tree]:
    """The data points of a data set; items that other cases call the same are told apart."""
    names = MEETING["renamed"].get(id, {})
    own = _own_items(id, case)
    for row in points_of(dataset):
        if _left_out(side, id, row):
            continue
        item = names.get(row["item"], row["item"])
        kept = row["kind"] == "sign" or row["kind"] in MEETING["shared"] or item in own
        for each in _moves(id, case, row["kind"]):
            moved = {name: row[name] + timedelta(days=each) for name in ("date", "until") if name in row}
            yield {**row, **moved, "item": item if kept else f"{id}-{item}", "area": area(row["area"])}


def _moves(id: str, case: Tree, kind: str) -> set[int]:
    """Days by which a row moves, once for each time that it was typed; what happened once is typed once."""
    moves = {shift(case)}
    if KINDS[kind].nature != "event":
        moves |= {(EVENTS["polling_day"] - AS_OF).days} if id in MEETING["before_the_vote"] else set()
        moves |= {0} if id in MEETING["since_the_vote"] else set()
    return moves


def _own_items(id: str, case: Tree) -> set[str]:
    """Items that a rule or the mission file calls by name."""
    lists = [each for members in case["mission"].get("registers", {}).values() for each in members]
    wanted = (each.where.get("item", ()) for each in load().benchmarks[id].indicators.values())
    return {*lists, *(name for each in wanted for name in ([each] if isinstance(each, str) else each))}


def _left_out(side: str, id: str, row: Tree) -> bool:
    return any(
        (each["benchmark"], each["kind"]) == (id, row["kind"])
        and each["side"] in (side, "both")
        and row["date"] >= each.get("from", date.min)
        and row["item"] in each.get("items", (row["item"],))
        for each in MEETING["left_out"]
    )


def written(folder: Path, cases: Mapping[str, Tree], side: str) -> list[Path]:
    """One filled-in template for each kind and type of source."""
    rows: dict[tuple[str, str], list[Tree]] = defaultdict(list)
    coverage: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, case in cases.items():
        for dataset in case["evidence"]:
            source_type = dataset.get("source_type", "producer")
            for row in rows_of(id, case, dataset, side):
                for teller in {source_type, *_also(id, row["kind"])}:
                    rows[row["kind"], teller].append(row)
            for each in coverage_of(dataset):
                if (each.kind, source_type) in rows:
                    coverage[each.kind, source_type].add(line_of(each, timedelta(days=shift(case))))
    paths = []
    for (kind, source_type), found in sorted(rows.items(), key=lambda each: each[0]):
        path = folder / f"{kind}-{source_type}.csv"
        path.write_text(filled(header(kind), source_type, sorted(coverage[kind, source_type]), found), "utf-8")
        paths.append(path)
    return paths


def _also(id: str, kind: str) -> Iterator[str]:
    """Other types of source that tell the same."""
    for each in MEETING["also_told_by"]:
        if (each["benchmark"], each["kind"]) == (id, kind):
            yield each["source_type"]


def line_of(coverage: Coverage, moved: timedelta) -> str:
    areas = ", ".join(area(each) for each in coverage.areas)
    complete = "complete" if coverage.complete else "partial"
    about = f"; {', '.join(coverage.categories)}" if coverage.categories else ""
    start, end = coverage.start + moved, max(coverage.end + moved, coverage.end)
    return f"# coverage: {coverage.kind}; {areas}; {start} to {end}; {complete}{about}"


def header(kind: str) -> Sequence[str]:
    """The columns that `primacy template` asks for."""
    return next(line for line in template(kind).splitlines() if line.startswith("kind,")).split(",")


def filled(columns: Sequence[str], source_type: str, coverage: Sequence[str], rows: Sequence[Tree]) -> str:
    target = io.StringIO()
    target.write("".join(f"{line}\n" for line in (f"# source type: {source_type}", *coverage)))
    told = [{name: value for name, value in row.items() if name not in ("level", "known")} for row in rows]
    writer = csv.DictWriter(target, columns, lineterminator="\n")  # refuses what the template has no column for
    writer.writeheader()
    writer.writerows(told)
    return target.getvalue()


if __name__ == "__main__":
    print(table())
