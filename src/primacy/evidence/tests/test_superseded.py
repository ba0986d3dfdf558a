"""A version says how much of it counts no more, and which later ones took its place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.store import Store
from primacy.evidence.store.superseded import counting_again, replaced, superseded
from primacy.framework.instance import Instance

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = "kind,date,measure,value\n"
JANUARY, FEBRUARY = "incident,2024-01-05,events,1\n", "incident,2024-02-05,events,1\n"


def test_what_later_releases_took_the_place_of(write: Callable[[str, str], Path], instance: Instance) -> None:
    texts = [JANUARY + FEBRUARY, FEBRUARY.replace(",1\n", ",2\n"), JANUARY.replace(",1\n", ",3\n")]
    first, second, third = (
        import_files([write("log.csv", HEAD + text)], instance=instance, now=NOW + timedelta(days=day))[0].version
        for day, text in enumerate(texts)
    )
    assert first
    assert second
    assert third
    store = Store(instance.evidence)
    taken = superseded(store, known=NOW + timedelta(days=9))
    assert {each: [(one.later.id, one.rows) for one in them] for each, them in taken.items()} == {
        first.id: [(second.id, 1), (third.id, 1)]
    }
    assert str(replaced(first, taken[first.id])).startswith(f"wholly replaced: 1 rows by log ({second.id})")
    assert str(replaced(first, taken[first.id][:1])).startswith("partly replaced")
    assert replaced(third, []) is None
    store.withdraw(third.id, at=NOW + timedelta(days=4), because="wrong", by="somebody")
    assert store.version(third.id).withdrawn_by == "somebody"
    assert [one.rows for one in superseded(store, known=NOW + timedelta(days=9))[first.id]] == [1]


@pytest.mark.parametrize("values", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_of_releases_of_one_command_the_last_one_read_counts_and_every_message_says_so(
    write: Callable[[str, str], Path], instance: Instance, values: tuple[int, ...]
) -> None:
    """Their ids follow their content, so one order or another would be wrong if the ids decided."""
    files = [write(f"log-{place}.csv", HEAD + JANUARY.replace(",1\n", f",{n}\n")) for place, n in enumerate(values)]
    done = import_files(files, instance=instance, now=NOW, name="log")
    first, second, third = (each.version for each in done)
    assert first
    assert second
    assert third
    store, later = Store(instance.evidence), NOW + timedelta(days=9)
    assert store.fetch(store.rows(as_of=later.date(), known=later)).column("value").to_pylist() == [values[-1]]
    assert f"it replaces 1 rows of log ({second.id}), whose place it takes" in map(str, done[2].notes)
    taken = superseded(store, known=later)
    assert {id: [each.later.id for each in them] for id, them in taken.items()} == {
        first.id: [second.id], second.id: [third.id],
    }  # fmt: skip
    again = import_files(files, instance=instance, now=NOW, name="log")
    not_counting = [[note for note in map(str, each.notes) if "does not count as a whole" in note] for each in again]
    assert [len(each) for each in not_counting] == [1, 1, 0]
    assert first.id not in not_counting[1][0]
    store.withdraw(third.id, at=NOW + timedelta(days=1), because="wrong")
    after = superseded(Store(instance.evidence), known=later)
    assert counting_again(taken, after) == {second.id: 1}
