"""What a table may tell of reversal signs: that they were seen, and nothing that only a person may decide.

A confirmed sign turns a benchmark that was met into one that is reversed. Who confirms must have the right, give a
reason and be somebody else than who entered the reports: none of that is in a table.
"""

from collections.abc import Collection
from difflib import SequenceMatcher

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Task
from primacy.evidence.bringing.personal import reads_as_person
from primacy.evidence.errors import BadInput
from primacy.evidence.kinds import KINDS
from primacy.framework.saying import Said, said
from primacy.places.files.distinct import Distinct
from primacy.places.files.rows import Rows

SIGN = "sign"
NEAREST = 3


def check_deeds(rows: Rows, measured: Distinct) -> None:
    """Refuse lines with a measure that only a deed of a person on the site writes. `measured`: kinds and measures."""
    deeds = measured.each(lambda kind, measure: kind in KINDS and measure in KINDS[kind].deeds, np.bool_)
    for index in np.flatnonzero(deeds).tolist():
        rows.reject_one(index, no_table(*measured.texts[measured.which[index]]), "measure")


def check_signs(rows: Rows, task: Task) -> None:
    """Refuse lines on signs that the framework does not know, which nobody would ever see, and those whose origin reads
    as the name of a person: it travels in packages."""
    told = np.flatnonzero(pc.equal(rows.column("kind"), SIGN).to_numpy(zero_copy_only=False)).tolist()
    if not told:
        return
    known = None if task.signs is None else task.signs()
    items, origins = rows.column("item").to_pylist(), rows.column("origin").to_pylist()
    named = {each: bool(each) and reads_as_person(each, task.areas) for each in set(origins)}
    for index in told:
        if known is not None and (item := items[index]) not in known:
            rows.reject_one(index, said("evidence/no-sign", column="item", example=_nearest(item, known)), "item")
        if named[origins[index]]:
            rows.text["origin"] = pa.array(["" if named[each] else each for each in origins])  # no list repeats it
            rows.reject_one(index, said("evidence/origin-person", column="origin"), "origin")


def refuse_deeds(table: pa.Table, where: str) -> None:
    """Raises BadInput where rows of any importer have such a measure: the last door before the store."""
    if "kind" not in table.column_names or "measure" not in table.column_names:
        return
    for each in table.group_by(["kind", "measure"]).aggregate([]).to_pylist():
        if each["kind"] in KINDS and each["measure"] in KINDS[each["kind"]].deeds:
            raise BadInput(no_table(each["kind"], each["measure"]), where, said("evidence/do.lines-out"))


def no_table(kind: str, measure: str) -> Said:
    allowed = [f"`{each}`" for each in KINDS[kind].measures if each not in KINDS[kind].deeds]
    return said("evidence/no-table-tells", measure=measure, names=allowed)


def _nearest(item: str, known: Collection[str]) -> str:
    """The names nearest to what was written, those of the same benchmark first."""
    owner = item.partition("/")[0]

    def apart(name: str) -> tuple[bool, float, str]:
        return name.partition("/")[0] != owner, -SequenceMatcher(None, item, name).ratio(), name

    return ", ".join(sorted(known, key=apart)[:NEAREST]) or "none: it names no sign"
