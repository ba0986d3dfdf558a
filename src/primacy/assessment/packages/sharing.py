"""What may be handed out of an assessment: the data points up to a confidentiality, and no finding that tells the rest.

A finding is carried where it read a data point above the level, or comes out otherwise without them. Of a carried
finding the shared package holds words alone: its status as computed with everything, and that the evidence is partly
restricted. All other findings are computed from what the package holds, so that they cannot tell of anything else.
What it holds is told as to anybody who sees no details: without who told it (`unnaming.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from primacy.assessment.assessing import Assessment, assess, read_above, rows_read
from primacy.assessment.finding import Finding, Phrase, Watch
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import Inputs, digest
from primacy.assessment.packages.public_part import public_part
from primacy.assessment.packages.rows_csv import to_csv
from primacy.assessment.packages.unnaming import names_hidden, unnamed, unnamed_version
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion, Mark
from primacy.evidence.store.store import Store
from primacy.framework.grammar import FLAGS
from primacy.places.coarseness import KNOWN_TO_EXIST

RESTRICTED = "partly restricted"
TOLD_BY_THE_STATUS = {"at risk", "due", "overdue", "threshold unconfirmed"}
"""Flags that follow from the status, the dates of the mission and the framework; all others tell of the evidence."""

UNSAID: Mapping[str, Any] = {
    "imported_by": "",
    "file": "",
    "notes": (),
    "parts": (),
    "cube": None,
    "records": True,
    "known_last": None,
    "withdrawn": None,
    "withdrawn_because": "",
}
"""What a shared package says of no data set."""

NAMELESS: Mapping[str, Any] = {
    **UNSAID, "id": "", "lineage": "", "name": "", "format": "", "producer": "", "licence": "", "citation": "",
    "file_hash": "", "rows": 0, "items": 0, "rejected": 0, "start": None, "end": None,
}  # fmt: skip
"""And of none that also holds data points above the level: its name and its counts would tell of these."""


@dataclass(frozen=True)
class Carried:
    """Findings, risks and trade-offs that cannot be computed from what a shared package holds, by id."""

    findings: Mapping[str, Finding] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.findings or self.watches)


def share(inputs: Inputs, assessment: Assessment, *, level: int) -> tuple[Inputs, Assessment]:
    """The inputs up to a level, and the assessment as it may be told with them."""
    unnamed = public_part(inputs)
    if inputs.mission.set_aside:  # a decision told with who took it would differ, and so could not be told at all
        assessment = assess(unnamed, as_of=assessment.as_of, known=assessment.known)
    inputs = unnamed
    shared = open_part(inputs, assessment, level=level)
    again = assess(shared, as_of=assessment.as_of, known=assessment.known)
    above = read_above(inputs, as_of=assessment.as_of, known=assessment.known, level=level)
    carried = Carried(
        {
            full.benchmark: full
            for full, found in zip(assessment.findings, again.findings, strict=True)
            if full.benchmark in above or as_tree(_alone(full)) != as_tree(_alone(found))
        },
        {
            full.entry: full
            for full, found in zip(assessment.watches, again.watches, strict=True)
            if full.entry in above or as_tree(full) != as_tree(found)
        },
    )
    return shared, with_carried(again, carried)


def _alone(finding: Finding) -> Finding:
    """Without what other sources tell beside the official one. That decides nothing: where less of it may be told the
    finding is the same, and the package tells of those sources that it holds."""
    return replace(finding, other_sources=())


def with_carried(again: Assessment, carried: Carried) -> Assessment:
    """What was computed from a shared package, with the carried findings in their places, in words alone."""
    if not carried:
        return again
    findings: dict[str, Finding] = {
        each.benchmark: in_words(carried.findings.get(each.benchmark), each) for each in again.findings
    }
    watches = {each.entry: _state_of(carried.watches.get(each.entry), each) for each in again.watches}
    told = [as_tree(each) for each in findings.values() if each.carried]
    told += [as_tree(each) for each in watches.values() if each.carried]
    return replace(
        again, id=digest({"inputs": again.id, "carried": told})[:12], findings=tuple(findings.values()),
        watches=tuple(watches.values()),
    )  # fmt: skip


def _state_of(full: Watch | None, found: Watch) -> Watch:
    return found if full is None else Watch(full.entry, full.state, (), carried=True)


def in_words(full: Finding | None, found: Finding) -> Finding:
    """A finding that is carried: its status, and what anybody could say with the open evidence (`found`)."""
    if full is None:
        return found
    kept = {flag for flag in full.flags if flag in TOLD_BY_THE_STATUS} | {RESTRICTED}
    return Finding(
        benchmark=full.benchmark, status=full.status, reason=full.reason, probability=None, lower=None,
        flags=tuple(flag for flag in FLAGS if flag in kept), sentence=(Phrase("finding.carried"),), rule=found.rule,
        numbers={}, parts=(), weakest=None, would_change=(), flips_at=None, data_points=found.data_points,
        restricted=True, areas=(), collect=found.collect, carried=True,
    )  # fmt: skip


# ---- the data points and data sets up to a level


def open_part(inputs: Inputs, assessment: Assessment, *, level: int) -> Inputs:
    """The inputs without data points above a level, without what tells of them, and without who told the others."""
    read = rows_read(replace(inputs, level=level), as_of=assessment.as_of, known=assessment.known)
    hidden, rows = names_hidden(read), unnamed(read, inputs.areas)
    highest = inputs.store.highest_confidentiality(known=assessment.known)
    whole: list[DatasetVersion] = []
    parts: dict[str, list[DatasetVersion]] = {}
    for version in inputs.store.versions(known=assessment.known):
        mine = pc.equal(rows["dataset"], version.id)
        if highest.get(version.id, 0) <= level:
            told = version.model_copy(update={**UNSAID, "marks": _unsigned(version.marks)})
            if highest.get(version.id, 0) >= KNOWN_TO_EXIST or pc.any(pc.and_(mine, hidden)).as_py():
                told = _without_names(told, rows.filter(mine), len(whole))
                rows = _moved(rows, mine, told.id)
            whole.append(told)
        elif pc.any(mine).as_py():
            part = _nameless(version, rows.filter(mine))
            rows = _detached(rows, mine, part.id)
            parts.setdefault(version.lineage, []).append(part)
    named = {version.lineage for version in whole}
    for lineage, versions in parts.items():
        # Releases of one source stay together, under its name only where that is told anyway.
        series = lineage if lineage in named else f"series {min(version.id for version in versions)}"
        whole += [version.model_copy(update={"lineage": series}) for version in versions]
    told_of = replace(inputs, level=level, reporting=None).still_reported(assessment.known)
    reporting = tuple(each for each in told_of if each.lineage in named)
    return replace(inputs, store=Store.in_memory(rows, whole), level=level, reporting=reporting)


def _without_names(version: DatasetVersion, rows: pa.Table, place: int) -> DatasetVersion:
    """A data set of which all may be handed out but who told it, under an id from which that cannot be tried out.
    `place` among those that are handed out: two that now say the same are still two."""
    told = version.model_copy(update=unnamed_version(version, rows))
    said = told.model_copy(update={"id": ""}).model_dump(mode="json")
    content = {"rows": to_csv(_moved(rows, None, "")), "said": said, "place": place}
    return told.model_copy(update={"id": digest(content)[:12]})


def _nameless(version: DatasetVersion, rows: pa.Table) -> DatasetVersion:
    """A data set of which only a part may be handed out: that part, under an id that says nothing of the rest."""
    kinds = set(rows["kind"].to_pylist())
    said: Mapping[str, Any] = {
        **NAMELESS, "coverage": tuple(each for each in version.coverage if each.kind in kinds),
        "official_for": tuple(topic for topic in version.official_for if topic.partition("/")[0] in kinds),
        "marks": _unsigned(mark for mark in version.marks if mark.topic.partition("/")[0] in kinds),
    }  # fmt: skip
    part = version.model_copy(update=said)
    content = {"rows": to_csv(_detached(rows, pc.is_valid(rows["dataset"]), "")), "said": part.model_dump(mode="json")}
    return part.model_copy(update={"id": digest(content)[:12]})


def _unsigned(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """What a data set is official for, without who said so and why."""
    return tuple(mark.model_copy(update={"by": "", "because": ""}) for mark in marks)


def _detached(rows: pa.Table, mine: pa.ChunkedArray, dataset: str) -> pa.Table:
    """Rows under another data set, without their place in the file: gaps between lines or records tell of others."""
    rows = _moved(rows, mine, dataset)
    for name, value in (("record", ""), ("revision", None), ("line", None)):
        kind = SCHEMA.field(name).type
        place = rows.schema.get_field_index(name)
        rows = rows.set_column(place, SCHEMA.field(name), pc.if_else(mine, pa.scalar(value, kind), rows[name]))
    return rows


def _moved(rows: pa.Table, mine: pa.ChunkedArray | None, dataset: str) -> pa.Table:
    """Rows under another data set; None: all of them."""
    field, value = SCHEMA.field("dataset"), pa.scalar(dataset, SCHEMA.field("dataset").type)
    moved = pa.repeat(value, len(rows)) if mine is None else pc.if_else(mine, value, rows["dataset"])
    return rows.set_column(rows.schema.get_field_index("dataset"), field, moved)
