"""Events under a category that no rule can read, because it is a text of the table and not the framework's."""

import re
from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.errors import listed, shortened
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.mapped.mapping_files import FOLDER, known_categories, shipped
from primacy.framework.saying import Said, said

KINDS = ("incident", "violation")  # rules read these by category
PATH = re.compile(r"[a-z0-9-]+(?:/[a-z0-9.-]+)+")
SHOWN = 8


class Unread:
    """Counts the lines of one table by categories that are neither paths nor among those of shipped mappings."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._lines: Counter[str] = Counter()

    def note(self, found: pa.Table) -> None:
        """Take in the data points of a batch; a line may be several."""
        ours = found.filter(pc.is_in(found.column("kind"), pa.array(KINDS)))
        once = ours.select(["line", "category"]).group_by(["line", "category"]).aggregate([])
        for each in pc.value_counts(once.column("category")).to_pylist():
            if not PATH.fullmatch(each["values"]) and each["values"] not in known_categories().values():
                self._lines[each["values"]] += each["counts"]

    @property
    def notes(self) -> list[Said]:
        if not self._lines:
            return []
        told = [
            f"{shortened(text, 40)} ({count})" if text else said("evidence/no-type", count=count)
            for text, count in self._lines.most_common()
        ]
        name = self._mapping.mapping
        where = (
            said("evidence/copy-of", file=f"{FOLDER / name}.yaml") if name in shipped()
            else said("evidence/what.mapping", name=name)
        )  # fmt: skip
        return [said("evidence/types-unread", count=self._lines.total(), types=listed(told, SHOWN), where=where)]
