"""The mission's changes: who signed them, from which day they count, what stays shown beside them."""

from datetime import date
from pathlib import Path

import pytest

from primacy.framework import Framework, FrameworkError, load
from primacy.framework.overlay import next_round

SIGNED = "changed: {by: [planning, police], on: 2026-02-10, because: the mandate says so}\n"
STANDARD = load()


def overlay(folder: Path, content: str) -> Path:
    (folder / "ours.yaml").write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_round_begins_with_the_next_quarter(day: date, first: date) -> None:
    assert next_round(day) == first


BAR = "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n"


@pytest.mark.parametrize(
    ("shows", "content", "on", "value"),
    [
        ("nobody signed", BAR, date(2030, 1, 1), "20 %"),
        ("one person alone", BAR + SIGNED.replace("police", "Planning "), date(2030, 1, 1), "20 %"),
        ("signed, and the round has not begun", BAR + SIGNED, date(2026, 3, 31), "20 %"),
        ("signed, and the round has begun", BAR + SIGNED, date(2026, 4, 1), "30 %"),
        ("signed for a later day", BAR + SIGNED.replace("because", "from: 2026-09-01, because"), date(2026, 8, 31), "20 %"),
        ("a day before the next round does not hurry it", BAR + SIGNED.replace("because", "from: 2026-02-11, because"), date(2026, 3, 1), "20 %"),
    ],
)  # fmt: skip
def test_a_bar_moves_when_two_people_signed_and_a_round_began(
    tmp_path: Path, shows: str, content: str, on: date, value: str
) -> None:
    framework = load(overlay(tmp_path, content), on)
    assert framework.benchmarks["O2.M2"].thresholds["fall"].value == value


def test_words_count_at_once_and_without_signatures(tmp_path: Path) -> None:
    framework = load(overlay(tmp_path, "id: O2.M2\ntitle: Less violence\nlead: police\n"), date(2026, 1, 1))
    assert (framework.benchmarks["O2.M2"].title, framework.benchmarks["O2.M2"].lead) == ("Less violence", "police")
    assert framework.changed == {"O2.M2"}


def test_a_confirmation_counts_at_once(tmp_path: Path) -> None:
    content = "id: O2.M2\nthresholds: {fall: {confirmed: {by: planning, on: 2026-02-10, because: agreed}}}\n"
    framework = load(overlay(tmp_path, content), date(2026, 2, 10))
    assert framework.is_confirmed(framework.benchmarks["O2.M2"].thresholds["fall"])


CONFIRMED = "id: O2.M2\nthresholds: {{fall: {{confirmed: {{by: {by}, on: {on}, because: {because}}}}}}}\n"


@pytest.mark.parametrize(
    ("shows", "said", "field"),
    [
        ("nobody", {"by": '""'}, "thresholds.fall.confirmed.by"),
        ("a sign for a name", {"by": '"-"'}, "thresholds.fall.confirmed.by"),
        ("no reason", {"because": '" "'}, "thresholds.fall.confirmed.because"),
        ("no such day", {"on": "2026-02-30"}, "thresholds.fall.confirmed.on"),
    ],
)
def test_an_empty_confirmation_confirms_nothing(tmp_path: Path, shows: str, said: dict[str, str], field: str) -> None:
    content = CONFIRMED.format(**{"by": "planning", "on": "2026-02-10", "because": "agreed", **said})
    with pytest.raises(FrameworkError) as raised:
        load(overlay(tmp_path, content))
    assert [each.field for each in raised.value.problems] == [field]


def test_a_confirmation_counts_from_its_day_on(tmp_path: Path) -> None:
    content = CONFIRMED.format(by="planning", on="2099-01-01", because="agreed")
    before, after = (load(overlay(tmp_path, content), date(year, 1, 1)) for year in (2026, 2099))
    assert not before.is_confirmed(before.benchmarks["O2.M2"].thresholds["fall"])
    assert after.is_confirmed(after.benchmarks["O2.M2"].thresholds["fall"])


@pytest.mark.parametrize("signed", [True, False])
def test_an_entry_is_set_aside_only_by_two_people(tmp_path: Path, signed: bool) -> None:
    framework = load(overlay(tmp_path, "id: O2.M2\nretired: true\n" + (SIGNED if signed else "")), date(2026, 4, 1))
    assert ("O2.M2" in framework.benchmarks) == (not signed)


@pytest.mark.parametrize("signed", [True, False])
def test_an_entry_is_added_only_by_two_people(tmp_path: Path, signed: bool) -> None:
    content = """\
id: O2.A90
title: Walk together
short: Walk together
about: Leaders walk to the market together.
lead: civil-affairs
benchmarks: [O2.S2]
"""
    framework = load(overlay(tmp_path, content + (SIGNED if signed else "")), date(2026, 4, 1))
    assert ("O2.A90" in framework.activities) == signed
    (change,) = framework.changes
    assert (change.entry, change.new, change.state) == ("O2.A90", "added", "in force" if signed else "unsigned")


def test_old_and_new_stand_beside_each_other_for_two_rounds(tmp_path: Path) -> None:
    (change,) = load(overlay(tmp_path, BAR + SIGNED), date(2026, 4, 1)).changes
    assert (change.field, change.old, change.new) == ("thresholds.fall.value", "20 %", "30 %")
    shown = [change.shown_beside(date(2026, month, 1)) for month in range(3, 12)]
    assert shown == [False, True, True, True, True, True, True, False, False]


def test_without_changes_the_standard_is_in_force(tmp_path: Path) -> None:
    assert load(tmp_path).hash == STANDARD.hash


def test_what_is_set_aside_leaves_the_links_of_the_others(tmp_path: Path) -> None:
    framework = load(overlay(tmp_path, "id: O1.S1\nretired: true\n" + SIGNED), date(2026, 4, 1))
    assert "O1.S1" not in str([each.model_dump() for each in framework.entries.values()])
    assert Framework.from_dict(framework.as_dict()).hash == framework.hash


def test_two_files_on_one_entry_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: O2.M2\ntitle: Other words\n", "utf-8")
    with pytest.raises(FrameworkError, match=r"ours\.yaml: id: O2\.M2 is changed in other\.yaml too"):
        load(overlay(tmp_path, BAR + SIGNED))


CITED = [
    # what it shows                              the overlay                                                          published
    ("the register's own number",                "id: O1.M2\ntitle: Support\n",                                     True),
    ("the mission's own number",                 f"id: O1.M2\n{SIGNED}thresholds: {{assessed: {{value: 50 %}}}}\n", False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "published"), CITED, ids=[case[0] for case in CITED])
def test_only_the_registers_own_number_is_called_published(
    tmp_path: Path, shows: str, content: str, published: bool
) -> None:
    framework = load(overlay(tmp_path, content))
    assert framework.is_published(framework.benchmarks["O1.M2"].thresholds["assessed"]) == published
    assert framework.sets("O1.M2", "assessed") != published


def test_a_source_of_another_benchmark_is_no_citation(tmp_path: Path) -> None:
    content = f"id: O2.M2\n{SIGNED}thresholds: {{fall: {{value: 5 %, source: venice.deviation, standard: true}}}}\n"
    with pytest.raises(FrameworkError, match=r"ours\.yaml: thresholds\.fall\.standard: is called published, but"):
        load(overlay(tmp_path, content))


@pytest.mark.parametrize(("id", "name"), [("O5.S2", "appeal-days"), ("O3.L2", "accredited")])
def test_what_nobody_compared_with_its_source_is_a_default(id: str, name: str) -> None:
    assert not STANDARD.is_confirmed(STANDARD.benchmarks[id].thresholds[name])


def test_the_register_sets_numbers_that_are_there() -> None:
    for each in STANDARD.published.values():
        for id, numbers in each.sets.items():
            assert id in each.used_by
            assert {name: STANDARD.benchmarks[id].thresholds[name].value for name in numbers} == numbers


def test_what_was_set_aside_is_kept_to_be_read_and_decides_nothing(tmp_path: Path) -> None:
    standard = load()
    framework = load(overlay(tmp_path, "id: O2.M3\nretired: true\n" + SIGNED), date(2026, 4, 1))
    gone = framework.retired["O2.M3"]
    assert "O2.M3" not in {**framework.entries, **framework.benchmarks}
    assert "O2.M3" not in {each["id"] for each in framework.as_dict()["benchmarks"]}
    assert gone.title == standard.benchmarks["O2.M3"].title
    for language in ("en", "fr", "ar"):
        assert framework.text("O2.M3", "title", language) == standard.text("O2.M3", "title", language)
    change = framework.setting_aside("O2.M3")
    assert change is not None
    assert change.signature is not None
    assert load(overlay(tmp_path, "id: O2.M3\nretired: true\n" + SIGNED), date(2026, 2, 1)).retired == {}
