"""A rule as an outline says what its sentence says, part below part."""

from collections.abc import Iterator

import pytest

from primacy.assessment.told.rule_outline import Outline, rule_outline
from primacy.framework import load
from primacy.framework.entries import Benchmark
from primacy.framework.languages import codes

FRAMEWORK = load()


def flat(outlines: tuple[Outline, ...]) -> Iterator[Outline]:
    for each in outlines:
        yield each
        yield from flat(each.inside)


def told(id: str, language: str = "en") -> list[str]:
    entry = FRAMEWORK.benchmarks[id]
    return [f"{each.sign} {each.text}".strip() for each in flat(rule_outline(entry, entry.rule, language, FRAMEWORK))]


def test_parts_stand_below_what_joins_them_and_a_veto_beside_the_rule() -> None:
    assert told("O2.M2") == [
        "All of these hold",
        "(1) attacks on civilians: in 12 months a fall of at least 20 % against the baseline",
        "(2) attacks on schools, clinics, courts and offices: in 12 months a fall of at least 20 % against the baseline",
        "Whatever else holds, it is not met in this case",
        "(1) in at least 1 of the areas, attacks on civilians: in 12 months a rise of at least 20 % against the baseline",
    ]


def test_a_number_stands_as_it_is_written() -> None:
    assert "(i) tax revenue as a share of the economy: at least 12.75 %" in told("O3.M6")


SAID = [
    ("what must not fall by much", "O4.S5", "in at least 1 of the strata, people who feel safe walking alone, by region and for women and men: more than 5 percentage points below the baseline, beyond the error of the figures"),
    ("a step after others", "O2.S1", "the body that watches over the agreement: the step “first report delivered” reached; each of these may come before it, none after it: terms agreed, members named, funded, deployed"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "id", "said"), SAID, ids=[each[0] for each in SAID])
def test_a_condition_reads_as_a_sentence(shows: str, id: str, said: str) -> None:
    assert any(line.endswith(said) for line in told(id))


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("entry", FRAMEWORK.benchmarks.values(), ids=FRAMEWORK.benchmarks)
def test_every_condition_of_every_rule_is_one_line_without_brackets(entry: Benchmark, language: str) -> None:
    lines = list(flat(rule_outline(entry, entry.rule, language, FRAMEWORK)))
    for leaf in entry.rule.leaves():
        label = FRAMEWORK.text(entry.id, f"labels.{leaf.call.indicator}", language)[0]
        assert any(label.casefold() in each.text.casefold() for each in lines)
    assert not [each.text for each in lines if "[" in each.text or not each.text.strip()]
