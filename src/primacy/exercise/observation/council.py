"""Drafts of the Council on the country that a permanent member rejected: a world list tells of these alone."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from primacy.exercise.luck import luck
from primacy.exercise.observation.sheets import WORDS
from primacy.exercise.observation.watching import Watch
from primacy.framework.yaml_files import read_yaml

RECORD = "council record"
BROUGHT = (20, 55)  # days after the beginning of its month between which what happened comes before the Council


@cache
def rejections() -> Mapping[str, float]:
    """By shock: how likely a draft on it is rejected where nothing presses."""
    told: Mapping[str, float] = read_yaml((Path(__file__).parent / "council.yaml").read_bytes())
    return told


def list_vetoes(watch: Watch) -> None:
    history, producer = watch.history, watch.told[RECORD]
    pressure = history.national["pressure"]
    for shock in history.scenario.shocks:
        if shock.what not in rejections() or shock.month >= history.months:
            continue
        chance = luck(history.seed, "veto", shock.month, shock.what, *shock.where)
        if chance.random() >= rejections()[shock.what] * (1.0 - float(pressure[shock.month])):
            continue
        day = int(watch.first_days[shock.month]) + int(chance.integers(*BROUGHT))
        known = day + 1 + int(chance.exponential(producer.delay))
        told = {"kind": "veto", "category": "veto", "actor": "permanent-member", "grade": producer.grade,
                "source": producer.name, "confidentiality": "1"}  # fmt: skip
        sheet = watch.sheets[RECORD]
        item = f"draft-{shock.month:03}-{shock.what}"
        sheet.add(sheet.say(tuple(told.get(each, "") for each in WORDS)), item, day, known, {"events": 1.0})
