"""Producers of evidence, read from their file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from primacy.exercise.world.scenario import Told
from primacy.framework.grammar import SourceType
from primacy.framework.yaml_files import read_yaml

INVENTED = "(invented)"


class Producer(Told):
    name: str  # with the word that nothing of it is real, in every line that leaves the house
    dataset: str
    type: SourceType
    grade: str = ""
    every: int = 1
    offset: int = 0
    hears: float = 1.0
    sees: float = 1.0
    by: dict[str, float] = {}
    delay: float = 5.0
    wrong: float = 0.0
    blur: float = 0.0
    unknown: float = 0.0
    coarse: float = 0.0
    vague: float = 0.0
    echo: float = 0.0  # share of its events that repeat what another producer said
    coders: tuple[str, ...] = ()
    asked: int = 0  # people in a survey
    design: float = 1.0  # its design effect
    complete: tuple[str, ...] = ()
    official: tuple[str, ...] = ()


@cache
def producers() -> Mapping[str, Producer]:
    told = read_yaml((Path(__file__).parent / "producers.yaml").read_bytes())
    return {key: Producer.model_validate(each | {"name": f"{each['name']} {INVENTED}"}) for key, each in told.items()}
