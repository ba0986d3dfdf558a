"""Signs of loss that people report when something breaks; whether a sign counts, a person has to confirm."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from primacy.exercise.luck import luck
from primacy.exercise.observation.line import Line
from primacy.exercise.observation.producers import producers
from primacy.exercise.world.simulating import History
from primacy.framework.yaml_files import read_yaml

NOTICED = 0.75  # share of those who may see a sign that report it


@cache
def signs() -> Mapping[str, Mapping[str, list[str]]]:
    """By shock: the signs that it may show, and the producers who may see them."""
    found: Mapping[str, Mapping[str, list[str]]] = read_yaml((Path(__file__).parent / "signs.yaml").read_bytes())
    return found


def reported(history: History) -> Iterator[Line]:
    for shock in history.scenario.shocks:
        told = signs().get(shock.what)
        if told is None or not 0 <= shock.month < history.months:
            continue
        for sign in told["signs"]:
            for name in told["seen"]:
                chance = luck(history.seed, "sign", shock.month, shock.what, sign, name)
                if chance.random() >= NOTICED:
                    continue
                producer = producers()[name]
                day = history.first_day(shock.month) + timedelta(days=int(chance.integers(4, 24)))
                known = day + timedelta(days=1 + int(chance.exponential(producer.delay)))
                columns = {
                    "kind": "sign", "item": sign, "category": "", "area": "", "actor": "", "target": "", "group": "",
                    "stratum": "", "source": producer.name, "confidentiality": "1",
                }  # fmt: skip
                yield Line(name, known, day, columns, "seen", 1.0, producer.grade)
