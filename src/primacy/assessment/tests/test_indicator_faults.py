"""What `primacy framework check` says of categories that nobody types."""

from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check

CHANGED = "id: O2.M2\nchanged: {by: [planning, police], on: 2026-01-31, because: the mandate says so}\nindicators:\n"
COLLECT = "collect: [{what: Curfews, kind: incident, how: Category `restriction/curfew`}]\n"


def overlay(folder: Path, category: str, more: str = "") -> Path:
    where = f"where: {{category: {category}}}"
    content = f"{CHANGED}  x: {{kind: incident, {where}, measure: events, aggregate: sum}}\n{more}"
    (folder / "O2.M2.yaml").write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize("category", ["violence/one-sidde", "[violence/riots]", "{not: curfew}", "restriction/curfew"])
def test_a_category_that_nobody_types_is_a_fault(tmp_path: Path, category: str) -> None:
    (problem,) = check(overlay(tmp_path, category))
    assert (problem.file, problem.line, problem.field) == ("O2.M2.yaml", 4, "indicators.x.where.category")
    assert problem.what.startswith("nobody types the category")
    assert "`primacy template incident` lists all" in problem.remedy


@pytest.mark.parametrize("category", ["violence/one-sided", "violence", "incident", "mission.some_list"])
def test_what_the_standard_reads_and_what_stands_above_it_is_known(tmp_path: Path, category: str) -> None:
    assert check(overlay(tmp_path, category)) == []


def test_a_category_of_the_mission_is_known_once_people_are_told_to_type_it(tmp_path: Path) -> None:
    assert check(overlay(tmp_path, "restriction/curfew", COLLECT)) == []
