"""What a drafted file still asks: each question with the line on which it stands, all of them at once."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.mapping import QUESTION
from primacy.evidence.mapped.mapping_checks import Location, dotted
from primacy.evidence.mapped.retelling import remark_said
from primacy.framework.saying import Words, said
from primacy.places.files.faults import Fault, Faults

ASKED = (QUESTION, "FILL IN")  # the second in designs that were drafted earlier


class Places:
    """Where each field of a YAML text stands."""

    def __init__(self, node: yaml.Node | None) -> None:
        self._lines: dict[Location, int] = {}
        if node is not None:
            self._walk(node, ())

    def _walk(self, node: yaml.Node, location: Location) -> None:
        self._lines.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inside = (*location, str(key.value))
                self._lines[inside] = key.start_mark.line + 1
                self._walk(value, inside)
        elif isinstance(node, yaml.SequenceNode):
            for place, each in enumerate(node.value):
                self._walk(each, (*location, place))

    def line(self, location: Location) -> int:
        """The line of a field, or of the nearest one around it."""
        while location and location not in self._lines:
            location = location[:-1]
        return self._lines.get(location, 1)


def _open(content: Any, text: str, places: Places, location: Location = ()) -> Iterator[tuple[Location, Words]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _open(value, text, places, (*location, str(key)))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from _open(value, text, places, (*location, place))
    elif isinstance(content, str) and content.strip() in ASKED:
        yield location, _asked(text.split("\n"), places.line(location))


def _asked(lines: Sequence[str], line: int) -> Words:
    """The question in the remark on the line of a field, or right above it."""
    here = lines[line - 1].partition("# ")[2].strip()
    above = (
        lines[line - 2].strip().removeprefix("#").strip()
        if line > 1 and lines[line - 2].strip().startswith("#")
        else ""
    )
    return remark_said(here or above) if here or above else said("evidence/do.write-answer")


def refuse_questions(content: Any, text: str, places: Places, label: str) -> None:
    """Raises BadInput with every question that nobody has answered."""
    faults = Faults()
    for location, question in _open(content, text, places):
        faults.add(Fault(places.line(location), said("evidence/question", question=question), dotted(location)))
    if faults:
        raise _unanswered(label, faults)


def _unanswered(label: str, faults: Faults) -> BadInput:
    first = faults.first
    if faults.count == 1 and first:
        what = said("evidence/field-fault", field=first.field, fault=first.reason)
        where = said("places/at.line", file=label, line=first.line)
        return BadInput(what, where, said("evidence/do.answer", question=QUESTION), faults)
    return BadInput(
        said("evidence/open-questions", count=faults.count),
        label,
        said("evidence/do.answers", question=QUESTION),
        faults,
    )
