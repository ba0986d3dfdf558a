"""Which source is read on a topic: from when on, for which questions, and what stays as it was."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from primacy.evidence.errors import BadInput
from primacy.evidence.store.datasets import Coverage, DatasetVersion, Mark
from primacy.evidence.store.official import compared, never_whole, official, require_told, speaks_on, topic_of
from primacy.evidence.store.store import Store


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00").astimezone(UTC)


def version(lineage: str, **said: object) -> DatasetVersion:
    return DatasetVersion(
        name=lineage, lineage=lineage, format="csv", known=at("2024-01-01"), imported=at("2024-01-01"), **said
    )


def mark(topic: str, day: str, *, ends: bool = False) -> Mark:
    return Mark(topic=topic, at=at(day), by="somebody", ends=ends)


SPEAKS = [
    ("a kind speaks on all of it", "incident", [], True),
    ("and on each category", "incident", ["violence/one-sided"], True),
    ("a category speaks on itself", "incident/violence/one-sided", ["violence/one-sided"], True),
    ("and on what is inside", "incident/violence/one-sided", ["violence/one-sided/abduction"], True),
    ("not on what is wider", "incident/violence/one-sided", ["violence"], False),
    ("not on the whole kind", "incident/violence/one-sided", [], False),
    ("not on a part of what is asked", "incident/violence/one-sided", ["violence/one-sided", "violence/non-state"], False),
    ("not on a longer word", "incident/violence/one", ["violence/one-sided"], False),
    ("not on another kind", "violation", [], False),
    ("a kind before the category changes nothing", "incident/violence", ["incident/violence/one-sided"], True),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "topic", "categories", "so"), SPEAKS, ids=[case[0] for case in SPEAKS])
def test_what_a_topic_speaks_on(shows: str, topic: str, categories: list[str], so: bool) -> None:
    assert speaks_on(topic, "incident", categories) is so


ONE_SIDED = ["violence/one-sided"]
NAMED = [
    ("nobody", {}, {}, ""),
    ("the one that says so itself", {"official_for": ("incident",)}, {}, "a"),
    ("the narrower topic", {"official_for": ("incident",)}, {"marks": (mark("incident/violence", "2024-02-01"),)}, "b"),
    ("the later word", {"marks": (mark("incident", "2024-03-01"),)}, {"marks": (mark("incident", "2024-02-01"),)}, "a"),
    ("not one whose mark ended", {"marks": (mark("incident", "2024-02-01"), mark("incident", "2024-03-01", ends=True))}, {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "first", "second", "lineage"), NAMED, ids=[case[0] for case in NAMED])
def test_who_is_official(shows: str, first: dict[str, object], second: dict[str, object], lineage: str) -> None:
    assert official([version("a", **first), version("b", **second)], "incident", ONE_SIDED) == lineage


def test_a_topic_begins_with_a_kind() -> None:
    with pytest.raises(BadInput, match="is no topic"):
        topic_of("casualties")
    with pytest.raises(BadInput, match="is no topic"):
        topic_of("incident//deaths")


def test_a_mark_has_its_day_and_the_past_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = pa.table({"kind": ["incident"], "item": ["1"], "date": pa.array([at("2024-01-01").date()])}).to_batches()
    added, _ = store.add(batch, version("a"))
    before, same = store.evidence_hash(known=at("2024-06-01")), store.evidence_hash(known=at("2024-02-01"))
    store.mark_official(added.id, mark("incident/violence", "2024-05-01"))
    assert store.versions(known=at("2024-04-30"))[0].official_topics == ()
    assert store.versions(known=at("2024-06-01"))[0].official_topics == ("incident/violence",)
    assert store.evidence_hash(known=at("2024-06-01")) != before
    assert store.evidence_hash(known=at("2024-02-01")) == same
    with pytest.raises(BadInput, match="is already the official source"):
        store.mark_official(added.id, mark("incident/violence", "2024-06-01"))
    store.mark_official(added.id, mark("incident/violence", "2024-07-01", ends=True))
    assert store.version(added.id).official_topics == ()
    with pytest.raises(BadInput, match="is not the official source"):
        store.mark_official(added.id, mark("incident/violence", "2024-08-01", ends=True))
    store.withdraw(added.id, at=at("2024-09-01"), because="wrong")
    with pytest.raises(BadInput, match="was withdrawn"):
        store.mark_official(added.id, mark("incident", "2024-09-02"))


def test_who_is_named_official_takes_the_place_of_who_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = (
        store.add(
            pa.table({"kind": ["incident"], "item": [each], "date": [at("2024-01-01").date()]}).to_batches(),
            version(each),
        )[0]
        for each in ("a", "b")
    )
    store.mark_official(first.id, mark("incident/violence", "2024-05-01"))
    store.mark_official(second.id, mark("incident/violence", "2024-06-01"))
    assert store.version(first.id).official_topics == ()
    assert store.version(second.id).official_topics == ("incident/violence",)
    assert [each.official_topics for each in store.versions(known=at("2024-05-15"))] == [("incident/violence",), ()]


def test_a_topic_on_which_a_source_says_nothing_is_a_slip() -> None:
    told = ["violence/one-sided", "incident/violence/non-state"]
    for topic in ("incident", "incident/violence", "incident/violence/non-state"):
        require_told(topic, told, "GED")
    with pytest.raises(BadInput, match="If you mean incident/violence/one-sided, write it so"):
        require_told("incident/vilence/one-sided", told, "GED")
    with pytest.raises(BadInput, match="tells nothing of law"):
        require_told("law", [], "GED")


def test_compared_is_the_release_that_tells_of_the_same_time() -> None:
    def covering(lineage: str, name: str, year: int) -> DatasetVersion:
        covered = Coverage(
            kind="incident",
            areas=("XX",),
            start=at(f"{year}-01-01").date(),
            end=at(f"{year}-12-31").date(),
            complete=True,
        )
        return version(lineage, coverage=(covered,)).model_copy(update={"name": name})

    mine = covering("own", "own log", 2022)
    others = [covering("ged", "yearly release", 2022), covering("ged", "candidate of 2023", 2023), mine]
    assert [each.name for each in compared(mine, others, "incident/violence")] == ["yearly release"]
    assert [each.name for each in compared(covering("own", "", 2023), others)] == ["candidate of 2023"]


WHOLE = [
    # what it shows                          topic,                          coverages (kind, complete),                    never whole
    ("complete in a year",                   "incident/violence/one-sided",  [("incident", True)],                           False),
    ("a selection",                          "incident/violence/one-sided",  [("incident", False)],                          True),
    ("complete of another kind",             "incident",                     [("incident", False), ("law", True)],           True),
    ("in one release of several",            "incident",                     [("incident", False), ("incident", True)],      False),
    ("of states there is no silence",        "law",                          [("law", False)],                               False),
    ("no word on what it covers",            "incident",                     [],                                             True),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "topic", "covers", "so"), WHOLE, ids=[case[0] for case in WHOLE])
def test_a_source_that_is_complete_nowhere_is_told_to_be_so(
    shows: str, topic: str, covers: list[tuple[str, bool]], so: bool
) -> None:
    """Named official, it is still not read where another source is complete: its silence says nothing."""

    def covering(lineage: str, kind: str, complete: bool) -> DatasetVersion:
        days = {"start": at("2024-01-01").date(), "end": at("2024-12-31").date()}
        return version(lineage, coverage=(Coverage(kind=kind, areas=("XX",), complete=complete, **days),))

    releases = [covering("press", *each) for each in covers]
    others = covering("database", "incident", True)
    assert never_whole([*releases, others], "press", topic) is so
