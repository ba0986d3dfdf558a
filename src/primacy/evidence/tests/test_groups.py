"""Groups keep their names and lose those of their leaders."""

import pytest

from primacy.evidence.importers._groups import without_leaders

NAMES = [
    ("Forces of Ana Example", "Forces of a leader"),
    ("Military faction (forces of Ana Example, Bo Other and C. Third)", "Military faction (forces of a leader)"),
    ("Ana Example and supporters", "A leader and supporters"),
    ("Front (Ana Example supporters)", "Front (supporters of a leader)"),
    ("Front, Forces of Ana Example", "Front, Forces of a leader"),
    ("Supporters of Ana Example", "Supporters of a leader"),
    ("Supporters of ABC", "Supporters of ABC"),
    ("Supporters of Green Party", "Supporters of Green Party"),
    ("Forces of Freedom and Change", "Forces of Freedom and Change"),
    ("Forces of the House of Representatives", "Forces of the House of Representatives"),
    ("Armed Forces of Green Republic", "Armed Forces of Green Republic"),
    ("Government of Examplia", "Government of Examplia"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "kept"), NAMES)
def test_the_name_of_a_group(written: str, kept: str) -> None:
    assert without_leaders(written) == kept
