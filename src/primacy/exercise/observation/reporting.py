"""Signs of loss that people report when something breaks; whether a sign counts, a person has to confirm."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from primacy.evidence.store.numbered_days import day_number
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import producers
from primacy.exercise.observation.sheets import WORDS, Sheets
from primacy.exercise.world.simulating import History
from primacy.framework.yaml_files import read_yaml

NOTICED = 0.75  # share of those who may see a sign that report it


@cache
def signs() -> Mapping[str, Mapping[str, list[str]]]:
    """By shock: the signs that it may show, and the producers who may see them."""
    found: Mapping[str, Mapping[str, list[str]]] = read_yaml((Path(__file__).parent / "signs.yaml").read_bytes())
    return found


def report(history: History, sheets: Sheets) -> None:
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
                day = day_number(history.first_day(shock.month)) + int(chance.integers(4, 24))
                known = day + 1 + int(chance.exponential(producer.delay))
                told_of = {"kind": "sign", "grade": producer.grade, "source": producer.name,
                           "confidentiality": "1"}  # fmt: skip
                words = sheets[name].say(tuple(told_of.get(each, "") for each in WORDS))
                sheets[name].add(words, sign, day, known, {"seen": 1.0})
