"""A version says how much of it counts no more, and which later ones took its place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from primacy.evidence.importing import import_files
from primacy.evidence.store import Store
from primacy.evidence.superseded import said, superseded
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
    assert said(first, taken[first.id]).startswith(f"wholly replaced: 1 rows by log ({second.id})")
    assert said(first, taken[first.id][:1]).startswith("partly replaced")
    assert said(third, []) == ""
    store.withdraw(third.id, at=NOW + timedelta(days=4), because="wrong", by="somebody")
    assert store.version(third.id).withdrawn_by == "somebody"
    assert [one.rows for one in superseded(store, known=NOW + timedelta(days=9))[first.id]] == [1]
