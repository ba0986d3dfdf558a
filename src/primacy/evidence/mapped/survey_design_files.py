"""Reading the design of a survey: every fault at once, each with its line, field and remedy."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from primacy.evidence.errors import BadInput, listed, shortened
from primacy.evidence.mapped.mapping_checks import Location, dotted
from primacy.evidence.mapped.mapping_files import first_of
from primacy.evidence.mapped.open_questions import Places, refuse_questions
from primacy.evidence.mapped.survey_design import Design
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import compose_yaml, read_yaml, refers_to_itself
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.files import Source

LARGEST = 2**20
REMEDY = said("evidence/do.correct-design")
FORMS = (  # fields of which it is said what they are, where what stands there is not that
    "survey", "date", "until", "category", "least", "grade", "each", "mean", "questions", "groups", "area", "names",
    "values", "share", "strata", "clusters", "units", "missing", "cells",
)  # fmt: skip
IN_ITS_PLACE: dict[str, Any] = {"survey": "x", "date": "2000-01-01", "weight": "w", "questions": {"x": {"mean": True}}}


def read_design(source: Source) -> Design:
    """Raises BadInput with everything that is wrong in the file."""
    text, content, places = _parsed(source)
    refuse_questions(content, text, places, source.label)
    faults = Faults()
    design: Design | None = None
    try:
        design = Design.model_validate(content)
        found = list(_checked(design))
    except ValidationError as error:
        found = list(_faults(error))
        found += [each for each in _rest(content, {where[:2] for where, _ in found}) if each not in found]
    for location, reason in found:
        faults.add(Fault(places.line(location), reason, dotted(location)))
    if faults or design is None:
        raise refused(source, faults)
    return design


def refused(source: Source, faults: Faults) -> BadInput:
    """The one message for a design with faults."""
    first = faults.first
    assert first is not None
    return BadInput(first_of(faults), said("places/at.line", file=source.label, line=first.line), REMEDY, faults)


def lines_of(source: Source) -> Places:
    """Where each field of a design stands."""
    return _parsed(source)[2]


def _parsed(source: Source) -> tuple[str, dict[str, Any], Places]:
    try:
        text = source.bytes(LARGEST).decode("utf-8-sig")
        if refers_to_itself(text):
            raise BadInput(said("evidence/yaml.refers"), source.label, said("evidence/do.write-out"))
        content, node = read_yaml(text), compose_yaml(text)
    except UnicodeDecodeError as error:
        raise BadInput(said("places/no-utf8"), source.label, said("places/do.save-utf8")) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = said("places/at.line", file=source.label, line=mark.line + 1) if mark else source.label
        raise BadInput(
            said("evidence/yaml.broken", error=shortened(error, 100)), where, said("places/do.correct")
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a day that no calendar has
        raise BadInput(
            said("evidence/yaml.unreadable-why", error=shortened(error, 100)), source.label, REMEDY
        ) from error
    if not isinstance(content, dict):
        raise BadInput(said("evidence/survey.no-design-file"), source.label, REMEDY)
    return text, content, Places(node)


def _faults(error: ValidationError) -> Iterator[tuple[Location, Said]]:
    """(where, what is wrong and what to write instead) of each fault that the schema found."""
    seen: set[Location] = set()
    for fault in error.errors():
        location = tuple(fault["loc"])
        field = next((step for step in reversed(location) if isinstance(step, str) and step in FORMS), "")
        if fault["type"] == "extra_forbidden":
            reason = said("evidence/design.no-field")
        elif fault["type"] == "missing":
            own = field and location[-1] == field
            reason = said("evidence/design.missing-form", form=_form(field)) if own else said("evidence/design.missing")
        elif field and field in location[-2:]:
            reason = _form(field)
            location = location[: location.index(field) + 1] if location[-1] != field else location
        else:
            reason = said("evidence/design.table" if fault["type"] == "model_type" else "evidence/design.text")
        if location not in seen:
            seen.add(location)
            yield location, reason


def _form(field: str) -> Said:
    """What a field is."""
    return said(f"evidence/form.{field}")


def _rest(content: Mapping[str, Any], aside: set[Location]) -> Iterator[tuple[Location, Said]]:
    """What else is wrong, beside the parts that the schema refused: these are put aside."""
    kept = {name: dict(each) if isinstance(each, dict) else each for name, each in content.items()}
    for location in aside:
        first = str(location[0])
        inside = kept.get(first)
        if len(location) > 1 and isinstance(inside, dict):
            inside.pop(location[1], None)
        else:
            kept.pop(first, None)
    parts = {each[0] for each in aside}
    unknown = {"cells" if {"groups", "area"} & parts else "", "until" if "date" in parts else ""}
    kept = {name: each for name, each in kept.items() if name not in unknown and each not in ({}, None)}
    try:
        yield from _checked(Design.model_validate(IN_ITS_PLACE | kept))
    except ValidationError:
        return


def _checked(design: Design) -> Iterator[tuple[Location, Said]]:
    """What is wrong although each part has its form."""
    if design.until and design.until < design.date:
        yield ("until",), said("evidence/design.before", day=design.date)
    if design.weight == "none" and not design.unweighted.strip():
        yield ("weight",), said("evidence/design.no-weight")
    if "area" in design.groups:
        yield ("groups", "area"), said("evidence/design.called-area")
    known = {*design.groups, *(["area"] if design.area else [])}
    for place, cell in enumerate(design.cells):
        if wrong := [each for each in cell if each not in known]:
            if known:
                yield ("cells", place), said("evidence/design.cells", names=listed(wrong), known=listed(sorted(known)))
            else:
                yield ("cells", place), said("evidence/design.no-groups", names=listed(wrong))
    for part, called in (("groups", list(design.groups)), ("questions", list(design.questions))):
        for name in called:
            if re.search(r"[;=/\s]", name):
                yield (part, name), said("evidence/design.name")
    for name, question in design.questions.items():
        if bool(question.share) + question.each + question.mean != 1:
            yield ("questions", name), said("evidence/design.one-of-three")
