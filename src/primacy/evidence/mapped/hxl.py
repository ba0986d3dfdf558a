"""What a row of HXL tags means: which column becomes what of a data point, as a mapping that is applied like any other.

HXL (Humanitarian Exchange Language 1.1) puts a row of tags such as `#adm1+code` above the data; `hxl.yaml` says what
each becomes. The order of attributes does not count, and letters may be of either case.
"""

import csv
import io
import re
from collections.abc import Mapping as ByName
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.mapping import Mapping
from primacy.framework.saying import Words, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.files.headers import DELIMITERS, Header

LOOKED_AT = 25  # lines from the top in which the tags may stand
TAG = re.compile(r"#\s*([A-Za-z][A-Za-z0-9_]*)((?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*)\s*")
PATTERN = re.compile(r"#(\w+)((?:[+-]\w+)*)")
AGES = re.compile(r"age_?(\d+)_(\d+)|age_?(\d+)(?:plus|_up)")
PERIODS = ("year-month-day", "month", "quarter", "year")
MOST_TAGS = 2_000


@dataclass(frozen=True)
class Column:
    """One tagged column: the name by which it is read, its tag and attributes."""

    name: str
    tag: str
    attributes: frozenset[str]

    def fits(self, pattern: str) -> bool:
        found = PATTERN.fullmatch(pattern)
        assert found is not None, pattern
        asked = re.findall(r"([+-])(\w+)", found[2])
        return self.tag == found[1] and all((sign == "+") == (name in self.attributes) for sign, name in asked)


def tag_row(head: bytes) -> Header | None:
    """The row of tags among the first lines as a header, whose columns are called by their tags; None without one."""
    text = head.decode("utf-8", "ignore")
    for mark in DELIMITERS:
        reader = csv.reader(io.StringIO(text), delimiter=mark)
        try:
            for row, _ in zip(reader, range(LOOKED_AT), strict=False):
                if _tagged(row):
                    return Header(_names(row), mark, (), reader.line_num)
        except csv.Error:
            continue
    return None


def _tagged(row: Sequence[str]) -> bool:
    """Two tags at least, and more tags than other texts."""
    said = [cell.strip() for cell in row if cell.strip()]
    tags = sum(TAG.fullmatch(cell) is not None for cell in said)
    return 2 <= len(row) <= MOST_TAGS and tags >= 2 and 2 * tags > len(said)


def _names(row: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        found = TAG.fullmatch(cell.strip())
        name = f"column {place}" if not found else "+".join([f"#{found[1].lower()}", *sorted(_attributes(found[2]))])
        names.append(name if name not in names else f"{name} (column {place})")
    return tuple(names)


def _attributes(text: str) -> set[str]:
    return {each.lower() for each in re.findall(r"\w+", text)}


def columns(names: Sequence[str]) -> list[Column]:
    """The tagged columns among names as `tag_row` gives them."""
    found = [(name, TAG.fullmatch(name.split(" (column")[0])) for name in names]
    return [Column(name, tag[1], frozenset(_attributes(tag[2]))) for name, tag in found if tag]


@cache
def _table() -> ByName[str, Any]:
    content: ByName[str, Any] = read_yaml((Path(__file__).parent / "hxl.yaml").read_bytes())
    return content


def mapping_of(names: Sequence[str]) -> tuple[Mapping | None, Words]:
    """(how the columns become data points, "") or (None, what the tags do not say)."""
    tagged, table = columns(names), _table()
    kind = next((each for each in table["kinds"] if all(_first(tagged, [need]) for need in each["needs"])), None)
    if kind is None:
        return (
            None,
            said("evidence/hxl.nothing-counted"),
        )
    fields = {name: column for name, patterns in table["fields"].items() if (column := _first(tagged, patterns))}
    if "date" not in fields and "reported" in fields:
        if KINDS[kind["kind"]].nature == "event" or any(_first(tagged, [each]) for each in table["deeds"]):
            return None, said("evidence/hxl.only-reported", column=fields["reported"])
        fields["date"] = fields.pop("reported")
    if "date" not in fields:
        return None, said("evidence/hxl.no-date")
    measures = _measures(tagged, kind, table)
    if not measures:
        return (
            None,
            said("evidence/hxl.no-count", names=kind["needs"]),
        )
    read: dict[str, Any] = {
        "mapping": "hxl", "kind": kind["kind"], "confidentiality": "0",
        "date": {"column": fields["date"], "forms": PERIODS},
        "place": _place(tagged, fields, table), "measures": measures,
    }  # fmt: skip
    for role, field in (("until", "until"), ("entered", "reported")):
        if field in fields:
            read[role] = {"column": fields[field], "forms": PERIODS}
    read |= {name: fields[name] for name in ("actor", "target", "source") if name in fields}
    if (category := _first(tagged, kind.get("category", []))) and category not in read.values():
        read["category"] = category
    item = _item(tagged, kind)
    read |= {"item": item} if item else {}
    groups = {name: column for name, patterns in table["group_columns"].items() if (column := _first(tagged, patterns))}
    if {"sex", "age"} & set(groups):
        groups.pop("population", None)
    read["group"] = {
        name: {"column": column, "values": {"all": "", "total": ""}, "other": "keep"} for name, column in groups.items()
    }
    # Names of organisations and of things stand in tagged columns; those of persons are refused text by text.
    read["not_persons"] = tuple(names)
    return Mapping.model_validate({name: value for name, value in read.items() if value}), ""


def only_reported(mapping: Mapping) -> str:
    """The column of a mapping of tags whose days are those of reports, where no other says when it was; else empty."""
    fields, tagged = _table()["fields"], columns(mapping.date.column)
    return "" if _first(tagged, fields["date"]) else _first(tagged, fields["reported"])


def _first(tagged: Sequence[Column], patterns: Sequence[str]) -> str:
    return next((column.name for pattern in patterns for column in tagged if column.fits(pattern)), "")


def _place(tagged: Sequence[Column], fields: ByName[str, str], table: ByName[str, Any]) -> dict[str, Any] | None:
    codes = [column.name for pattern in table["fields"]["code"] for column in tagged if column.fits(pattern)]
    point = {name: fields[name] for name in ("latitude", "longitude") if name in fields}
    anywhere = {"anywhere": fields["anywhere"]} if "anywhere" in fields else {}
    named = {level: column for level, patterns in table["names"].items() if (column := _first(tagged, patterns))}
    said: dict[str, Any] = {"code": codes} if codes else {"names": named} if named else {}
    if len(point) == 2:
        said |= point
    said |= anywhere
    if "country" in fields:
        said["country"] = fields["country"]
    return said | {"otherwise": "coarser"} if said else None


def _item(tagged: Sequence[Column], kind: ByName[str, Any]) -> Any:
    """What a data point is about: a column with its id, columns that make one together, or one thing for all lines."""
    if found := _first(tagged, kind.get("item", [])):
        return found
    joined = list(dict.fromkeys(filter(None, (_first(tagged, [each]) for each in kind.get("joined", [])))))
    if joined:
        return joined
    return {"always": kind["same"]} if "same" in kind else None


def _measures(tagged: Sequence[Column], kind: ByName[str, Any], table: ByName[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    unit = _first(tagged, kind.get("unit", []))
    for each in kind["measures"]:
        if "always" in each:
            found.append(dict(each))
            continue
        for column in tagged:
            if not column.fits(each["tag"]):
                continue
            thing, strange = _counted(column, each["tag"], kind, table)
            if strange:
                continue
            read: dict[str, Any] = {"measure": each["measure"], "column": column.name, "group": _group(column, table)}
            read |= {"unit": {"column": unit}} if unit else {}
            found.append(read | ({"item": {"always": thing}} if thing else {}))
    return found


def _counted(
    column: Column, pattern: str, kind: ByName[str, Any], table: ByName[str, Any]
) -> tuple[str, frozenset[str]]:
    """(the thing that a column counts where that is not what its tag says, the attributes that nobody knows)."""
    of_people = {each for each in column.attributes if each in table["groups"] or AGES.fullmatch(each)}
    rest = column.attributes - of_people - set(re.findall(r"[+](\w+)", pattern)) - set(table["of_the_figure"])
    things = sorted({table["things"][each] for each in rest & set(table["things"])}) if "same" in kind else []
    strange = rest - set(table["things"]) if "same" in kind else rest
    return "/".join(things), strange


def _group(column: Column, table: ByName[str, Any]) -> dict[str, str]:
    """What the attributes of a column say of the people it counts."""
    said: dict[str, str] = {}
    for attribute in sorted(column.attributes):
        said |= table["groups"].get(attribute, {})
        if found := AGES.fullmatch(attribute):
            said["age"] = f"{found[1]}-{found[2]}" if found[1] else f"{found[3]}+"
    return said
