"""The threat model names the tests that show its measures: each of them is there."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
NAMED = sorted(
    set(re.findall(r"`((?:src|tests)/[\w/.]+\.py(?:::\w+)?)`", (HERE / "docs" / "threat-model.md").read_text("utf-8")))
)


@pytest.mark.parametrize("named", NAMED)
def test_every_test_that_the_threat_model_names_exists(named: str) -> None:
    path, _, function = named.partition("::")
    text = (HERE / path).read_text("utf-8")
    assert not function or f"def {function}(" in text


def test_the_threat_model_names_tests() -> None:
    assert len(NAMED) > 20
