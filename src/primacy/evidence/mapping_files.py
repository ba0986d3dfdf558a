"""Reading a mapping: every fault at once, each with its line, field and remedy; and the mappings that are shipped."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from primacy.evidence.errors import BadInput
from primacy.evidence.mapping import Mapping, Strict
from primacy.evidence.mapping_checks import Location, checked, dotted
from primacy.evidence.open_questions import Places, refuse_questions
from primacy.framework.yaml_files import compose_yaml, read_yaml, refers_to_itself
from primacy.places.faults import Fault, Faults
from primacy.places.names import plain

FOLDER = Path(__file__).parent / "mappings"
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
        raise BadInput("cannot be opened", path.name, "Check the path of the mapping") from error
    if len(content) > LARGEST:
        raise BadInput("is too large for a mapping", path.name, "Check that this is the file you meant")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("is no UTF-8 text", path.name, "Save the mapping as UTF-8") from error
    return parse(text, path.name)


def parse(text: str, label: str) -> Mapping:
    """A mapping from its text."""
    try:
        if refers_to_itself(text):
            raise BadInput("uses names for parts of itself (&, *)", label, "Write each part out")
        content, node = read_yaml(text), compose_yaml(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{label}, line {mark.line + 1}" if mark else label
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise BadInput(
            f"cannot be read as YAML ({problem})", where, "Correct the line; texts with : or # need quotation marks"
        ) from error
    if not isinstance(content, dict):
        raise BadInput("is no mapping", label, "`primacy import FILE --draft-mapping` writes one to correct")
    places = Places(node)
    refuse_questions(content, text, places, label)
    faults = Faults()
    try:
        mapping = Mapping.model_validate(content)
    except ValidationError as error:
        said = list(_said(error))
        wrong = {location[:2] if location[:1] == ("measures",) else location[:1] for location, _ in said}
        rest = ((where, why) for where, why in _rest(content, said) if not {where[:1], where[:2]} & wrong)
        for location, reason in (*said, *rest):
            faults.add(Fault(places.line(location), reason, dotted(location)))
        raise _refused(label, faults) from error
    for location, reason in checked(mapping):
        faults.add(Fault(places.line(location), reason, dotted(location)))
    if faults:
        raise _refused(label, faults)
    return mapping


def _refused(label: str, faults: Faults) -> BadInput:
    first = faults.first
    what = (
        f"has {faults.count} fault{'s' * (faults.count > 1)}, the first: {first.field} {first.reason}" if first else ""
    )
    return BadInput(what, f"{label}, line {first.line}" if first else label, "Correct the mapping", faults)


# ---- what the schema finds


def _said(error: ValidationError) -> Iterator[tuple[Location, str]]:
    """(where, what is wrong and what to write instead) of each fault that the schema found."""
    seen: set[tuple[Location, str]] = set()
    for fault in error.errors():
        # A choice between forms adds the names of the forms to the place: they are no fields.
        location = tuple(
            step for step in fault["loc"] if isinstance(step, int) or step.replace("_", "").replace("-", "").isalnum()
        )
        kind, message = fault["type"], fault["msg"].removeprefix("Value error, ").rstrip(".")
        if kind == "extra_forbidden":
            reason = f"is not a field that exists here{_meant(location)}"
        elif kind == "missing":
            reason = "is missing: add it"
        elif kind == "literal_error":
            reason = f"is none of {fault['ctx']['expected']}"
        else:
            reason = message[:1].lower() + message[1:].replace("valid tuple", "list").replace(
                "valid dictionary", "table"
            )
        if (location, reason) not in seen:
            seen.add((location, reason))
            yield location, reason


def _rest(content: dict[str, Any], said: Sequence[tuple[Location, str]]) -> Iterator[tuple[Location, str]]:
    """What else is wrong, beside the parts that the schema refused: these are put aside."""
    aside: dict[str, Any] = {"mapping": "x", "kind": {"column": "x", "other": "keep"}, "date": "x"}
    nothing = {"measure": {"column": "x", "other": "keep"}, "always": 0}
    kept = dict(content)
    for location, _ in said:
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


def _meant(location: Location) -> str:
    near = get_close_matches(str(location[-1]), _fields(), 1) if location else []
    return f" (did you mean {near[0]}?)" if near else " (check its spelling, or take it out)"


def _fields() -> set[str]:
    models = Strict.__subclasses__()
    return {field.alias or name for each in models for name, field in each.model_fields.items()}
