"""Reading a mapping: every fault at once, each with its line, field and remedy; and the mappings that are shipped."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.mapping import Mapping, Strict
from primacy.evidence.mapped.mapping_checks import Location, checked, dotted
from primacy.evidence.mapped.open_questions import Places, refuse_questions
from primacy.framework.problems import fault_of
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import compose_yaml, read_yaml, refers_to_itself
from primacy.places.files.faults import Fault, Faults
from primacy.places.names import plain

FOLDER = Path(__file__).parents[1] / "mappings"
LARGEST = 2**20


@cache
def shipped() -> dict[str, Mapping]:
    """The mappings of this package by name."""
    return {path.stem: read_mapping(path) for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def known_categories() -> dict[str, str]:
    """What types of incidents in shipped mappings are called in the framework, by their plain text."""
    tables = (each.category.values for each in shipped().values() if each.category and each.kind.always == "incident")
    return {plain(text): category for values in tables for text, category in values.items()}


def read_mapping(path: Path) -> Mapping:
    """Raises BadInput with every fault of the file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(said("places/cannot-be-opened"), path.name, said("evidence/do.check-mapping-path")) from error
    if len(content) > LARGEST:
        raise BadInput(said("evidence/mapping.too-large"), path.name, said("places/do.check-which"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(said("places/no-utf8"), path.name, said("evidence/do.save-mapping")) from error
    return parse(text, path.name)


def parse(text: str, label: str) -> Mapping:
    """A mapping from its text."""
    try:
        if refers_to_itself(text):
            raise BadInput(said("evidence/yaml.refers"), label, said("evidence/do.write-out"))
        content, node = read_yaml(text), compose_yaml(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = said("places/at.line", file=label, line=mark.line + 1) if mark else label
        problem = getattr(error, "problem", None) or said("evidence/no-yaml")
        raise BadInput(
            said("evidence/yaml.unreadable-why", error=problem), where, said("evidence/do.correct-yaml")
        ) from error
    if not isinstance(content, dict):
        raise BadInput(said("evidence/mapping.none"), label, said("evidence/do.draft"))
    places = Places(node)
    refuse_questions(content, text, places, label)
    faults = Faults()
    try:
        mapping = Mapping.model_validate(content)
    except ValidationError as error:
        stated = list(_faults(error))
        wrong = {location[:2] if location[:1] == ("measures",) else location[:1] for location, _ in stated}
        rest = ((where, why) for where, why in _rest(content, stated) if not {where[:1], where[:2]} & wrong)
        for location, reason in (*stated, *rest):
            faults.add(Fault(places.line(location), reason, dotted(location)))
        raise _refused(label, faults) from error
    for location, reason in checked(mapping):
        faults.add(Fault(places.line(location), reason, dotted(location)))
    if faults:
        raise _refused(label, faults)
    return mapping


def _refused(label: str, faults: Faults) -> BadInput:
    first = faults.first
    assert first is not None
    where = said("places/at.line", file=label, line=first.line)
    return BadInput(first_of(faults), where, said("evidence/do.correct-mapping"), faults)


def first_of(faults: Faults) -> Said:
    """How many faults a file has, and the first of them."""
    first = faults.first
    assert first is not None
    key = "evidence/faults" if faults.count > 1 else "evidence/fault"
    return said(key, field=first.field, fault=first.reason, **({"count": faults.count} if faults.count > 1 else {}))


# ---- what the schema finds


def _faults(error: ValidationError) -> Iterator[tuple[Location, Said]]:
    """(where, what is wrong and what to write instead) of each fault that the schema found."""
    seen: set[tuple[Location, Said]] = set()
    for fault in error.errors():
        # A choice between forms adds the names of the forms to the place: they are no fields.
        location = tuple(
            step for step in fault["loc"] if isinstance(step, int) or step.replace("_", "").replace("-", "").isalnum()
        )
        what, do = fault_of(dict(fault), said("do.mend-line"))
        near = get_close_matches(str(location[-1]), _fields(), 1) if location else []
        if fault["type"] == "extra_forbidden" and near:
            reason = said("evidence/field-near", near=near[0])
        else:
            reason = said("evidence/fault-do", fault=what, do=do)
        if (location, reason) not in seen:
            seen.add((location, reason))
            yield location, reason


def _rest(content: dict[str, Any], stated: Sequence[tuple[Location, Said]]) -> Iterator[tuple[Location, Said]]:
    """What else is wrong, beside the parts that the schema refused: these are put aside."""
    aside: dict[str, Any] = {"mapping": "x", "kind": {"column": "x", "other": "keep"}, "date": "x"}
    nothing = {"measure": {"column": "x", "other": "keep"}, "always": 0}
    kept = dict(content)
    for location, _ in stated:
        first = str(location[0]) if location else ""
        if first == "measures" and len(location) > 1 and isinstance(kept.get("measures"), list):
            kept["measures"] = [
                nothing if place == location[1] else each for place, each in enumerate(kept["measures"])
            ]
        elif first == "measures":
            kept["measures"] = [nothing]
        else:
            kept.pop(first, None)
            kept |= {first: aside[first]} if first in aside else {}
    try:
        yield from checked(Mapping.model_validate(kept))
    except ValidationError:
        return


def _fields() -> set[str]:
    models = Strict.__subclasses__()
    return {field.alias or name for each in models for name, field in each.model_fields.items()}
