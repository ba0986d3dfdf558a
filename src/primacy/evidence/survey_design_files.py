"""Reading the design of a survey: every fault at once, each with its line, field and remedy."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from primacy.evidence.errors import BadInput, listed, shortened
from primacy.evidence.mapping_checks import Location, dotted
from primacy.evidence.open_questions import Places, refuse_questions
from primacy.evidence.survey_design import Design
from primacy.framework.yaml_files import compose_yaml, read_yaml, refers_to_itself
from primacy.places.faults import Fault, Faults
from primacy.places.files import Source

LARGEST = 2**20
REMEDY = "Correct the design; docs/how-to/load-data.md shows a whole one"
FORMS = {  # what a field is, where what stands there is not that
    "survey": "is a short name of letters, digits, points and hyphens, without spaces",
    "date": "is a day such as 2024-03-01", "until": "is a day such as 2024-03-20",
    "category": "begins with survey/ and has no spaces, such as survey/trust-in-government",
    "least": "is a number of respondents, 5 or more", "grade": "is a letter A to F and a digit 1 to 6, such as B2",
    "each": "is true or false", "mean": "is true or false", "questions": "names a question at least, each a table:"
    " trust: {column: q14, share: [Yes]}", "groups": "is a table: {sex: {column: q2}}",
    "area": "is a table: {column: district}", "names": "is a table: {Old name: XX12}",
    "values": "is a table: {Women: f, Men: m}",
    "share": "is a list of the answers that count, such as [Yes, Rather yes]",
    "strata": "is a list of columns, such as [region]", "clusters": "is a list of columns, such as [village]",
    "units": "is a list of columns, such as [villages]", "missing": 'is a list of answers, such as ["99", Refused]',
    "cells": "is a list of lists, such as [[area], [area, sex]]",
}  # fmt: skip
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
        found = list(_said(error))
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
    many = f"has {faults.count} faults, the first: " if faults.count > 1 else "has a fault: "
    return BadInput(f"{many}{first.field} {first.reason}", f"{source.label}, line {first.line}", REMEDY, faults)


def lines_of(source: Source) -> Places:
    """Where each field of a design stands."""
    return _parsed(source)[2]


def _parsed(source: Source) -> tuple[str, dict[str, Any], Places]:
    try:
        text = source.bytes(LARGEST).decode("utf-8-sig")
        if refers_to_itself(text):
            raise BadInput("uses names for parts of itself (&, *)", source.label, "Write each part out")
        content, node = read_yaml(text), compose_yaml(text)
    except UnicodeDecodeError as error:
        raise BadInput("is no UTF-8 text", source.label, "Save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{source.label}, line {mark.line + 1}" if mark else source.label
        raise BadInput(f"is broken YAML ({shortened(error, 100)})", where, "Correct it") from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a day that no calendar has
        raise BadInput(f"cannot be read as YAML ({shortened(error, 100)})", source.label, REMEDY) from error
    if not isinstance(content, dict):
        raise BadInput("is no design of a survey", source.label, REMEDY)
    return text, content, Places(node)


def _said(error: ValidationError) -> Iterator[tuple[Location, str]]:
    """(where, what is wrong and what to write instead) of each fault that the schema found."""
    seen: set[Location] = set()
    for fault in error.errors():
        location = tuple(fault["loc"])
        field = next((step for step in reversed(location) if isinstance(step, str) and step in FORMS), "")
        if fault["type"] == "extra_forbidden":
            reason = "is not a field that exists here: check its spelling, or take it out"
        elif fault["type"] == "missing":
            reason = f"is missing: add it{f'; it {FORMS[field]}' if field and location[-1] == field else ''}"
        elif field and field in location[-2:]:
            reason = FORMS[field]
            location = location[: location.index(field) + 1] if location[-1] != field else location
        else:
            reason = "is a table such as {column: q14}" if fault["type"] == "model_type" else "is a text"
        if location not in seen:
            seen.add(location)
            yield location, reason


def _rest(content: Mapping[str, Any], aside: set[Location]) -> Iterator[tuple[Location, str]]:
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


def _checked(design: Design) -> Iterator[tuple[Location, str]]:
    """What is wrong although each part has its form."""
    if design.until and design.until < design.date:
        yield ("until",), f"is before the first day ({design.date}): exchange or correct them"
    if design.weight == "none" and not design.unweighted.strip():
        yield ("weight",), "is none: say in a line `unweighted: ...` why there are no weights"
    if "area" in design.groups:
        yield ("groups", "area"), "cannot be called area: give the group another name"
    known = {*design.groups, *(["area"] if design.area else [])}
    for place, cell in enumerate(design.cells):
        if wrong := [each for each in cell if each not in known]:
            names = listed(sorted(known)) or "none is there"
            yield ("cells", place), f"names {listed(wrong)}, which is neither a group nor `area` (known: {names})"
    for part, called in (("groups", list(design.groups)), ("questions", list(design.questions))):
        for name in called:
            if re.search(r"[;=/\s]", name):
                yield (part, name), "is a name with a space or one of ; = /: write a hyphen instead"
    for name, question in design.questions.items():
        if bool(question.share) + question.each + question.mean != 1:
            yield ("questions", name), "says not one of share, each and mean: write one, such as share: [Yes, Mostly]"
