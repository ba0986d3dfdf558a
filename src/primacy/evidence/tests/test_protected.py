"""What speaks of sexual violence is known by its words in three languages, and what only looks like it is not."""

import pyarrow as pa
import pytest

from primacy.evidence.kinds import KINDS
from primacy.evidence.shown.protected import may_say, speaks_of_it, spoken_of, table

SPEAKS = [
    "Rape", "Viol", "CRSV", "SGBV incident", "sexual violence", "violence/one-sided/rape", "VBG", "gang-rape",
    "raped 3 women", "Agression sexuelle", "agressions_sexuelles", "l'agression SEXUELLE", "suite à d’un viol", "GBV/protection",
    "violences basées sur le genre", "اغتصاب", "اغتِصاب", "الاغتصاب في السوق", "تعرضت للاغتصاب", "والاغتصاب", "بالاغتصاب", "اغتصبها الجنود", "للعنف الجنسي", "العنف الجنسي", "اعتداءات جنسية",
]  # fmt: skip
SILENT = [
    "violence", "violence/one-sided", "Violation", "violent", "grapes", "grape", "drapeau", "therapy", "rapeseed", "sex=f",
    "viol du cessez-le-feu", "الجنسية", "اغتصاب الأراضي", "باغتصاب السلطة", "gender=f", "Raper", "attack", "", "girl of 14", "عنف",
]  # fmt: skip


@pytest.mark.parametrize("text", SPEAKS)
def test_what_speaks_of_it(text: str) -> None:
    assert speaks_of_it(text)
    assert spoken_of([pa.array([text])], 1).all()


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_like_it(text: str) -> None:
    assert not speaks_of_it(text)
    assert not spoken_of([pa.array([text])], 1).any()


@pytest.mark.parametrize("entry", table()["words"])
def test_the_quick_look_finds_every_word_of_the_list(entry: str) -> None:
    assert spoken_of([pa.array([f"Report: {entry.replace('*', 'x')}, two.".upper()])], 1).all()


def test_kinds_in_which_somebody_is_hurt_may_not_use_the_words() -> None:
    assert set(table()["may_say"]) <= set(KINDS)
    assert not [kind for kind, each in KINDS.items() if each.nature in ("event", "effort") and may_say(kind)]
