"""What an id says of its entry: which output it belongs to, what sort of entry it is, and where it stands."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from primacy.framework.entries import Activity, Benchmark, Entry, Risk, TradeOff
from primacy.framework.saying import Said, said

MODELS: dict[str, type[Entry]] = {  # by the letter of the id, in the order of the guidance
    "A": Activity, "S": Benchmark, "M": Benchmark, "L": Benchmark, "R": Risk, "T": TradeOff,
}  # fmt: skip
LETTERS = {"answers": "R", "signs": "R", "options": "T", "due": "T", "question": "S", "rule": "S"}
"""The letter of what has such a field, where an id does not tell."""
FIRST = 9001  # numbers that no entry of a mission has


@dataclass(frozen=True)
class StandIn:
    """An id that was given to the content of a file whose own is none, so that the rest of it can be looked at."""

    id: str
    file: str
    written: str


def model_of(id: str) -> type[Entry] | None:
    """The sort of entry that an id names; None where it is no id."""
    return MODELS.get(id.split(".")[1][:1]) if re.fullmatch(r"O\d+\.[A-Z]\d+", id) else None


def place_of(id: str) -> tuple[int, int, int]:
    """Where an entry stands: by output, sort and number."""
    output, rest = id.split(".")
    return int(output[1:]), list(MODELS).index(rest[0]), int(rest[1:])


def fault_of_id(id: Any, outputs: Collection[str]) -> tuple[Said, Said] | None:
    """What is wrong with an id and what to do; None where it is one."""
    if id is None:
        return said("missing"), said("do.begin-with-id")
    if not isinstance(id, str) or model_of(id) is None:
        return said("no-id", given=str(id)), said("do.begin-with-id")
    output = id.split(".")[0]
    if output not in outputs:
        return said("no-output", name=output), said("do.begin-with-output", names=list(outputs))
    return None


def stand_in(file: str, content: Mapping[str, Any], output: str, number: int) -> StandIn:
    """An id for a file without one: its letter where that tells the sort, else that of what has such fields."""
    written = str(content.get("id") or "")
    letter = written.partition(".")[2][:1]
    if letter not in MODELS:
        letter = next((sort for field, sort in LETTERS.items() if field in content), "A")
        letter = str(content.get("horizon", letter))[:1].upper() if letter == "S" else letter
    return StandIn(f"{output}.{letter if letter in MODELS else 'S'}{FIRST + number}", file, written)
