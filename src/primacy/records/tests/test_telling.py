"""From versions to data points: only what is new is told, and telling all again from the beginning is the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.reading import WITHDRAWN
from primacy.evidence.store.store import Store
from primacy.records.review import CHECKED, PUBLISHED, RECALLED, RETURNED, WRITTEN
from primacy.records.telling import Row, Saved, Told, content, name_of, sendings, sent

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 1)  # a Sunday
FACTS = {"day": "2026-03-01", "area": "XX111", "level": 3, "district": "XX11", "confidentiality": 1, "group": None}


def saved(
    number: int = 1, record: str = "a", archived: bool = False, state: str = PUBLISHED, **facts: object
) -> Saved:  # fmt: skip
    at = BEGIN + timedelta(hours=number)
    return Saved("contact", record, number, at, archived, state, {**FACTS, "n": 1, **facts})


def points(version: Saved) -> Sequence[Told]:
    """As many contacts as the facts say."""
    return [Told("contact", "events", float(version.facts["n"]), source="community", origin="market")]


# what it shows, facts -> area, first day, last day, source, origin
COARSE = [
    ("a plain record is told as it is", {}, ("XX111", DAY, DAY, "community", "market")),
    ("of a protected source only district and week", {"source_protected": True},
     ("XX11", date(2026, 2, 23), DAY, "", "")),
    ("of a need-to-know group only district and week", {"group": 4}, ("XX11", date(2026, 2, 23), DAY, "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "facts", "told"), COARSE, ids=[case[0] for case in COARSE])
def test_what_could_point_at_a_person_is_coarse_before_it_reaches_the_store(shows, facts, told) -> None:
    (row,) = content(version := saved(**facts), points(version))
    assert (row["area"], row["date"], row["until"], row["source"], row["origin"]) == told


@pytest.mark.parametrize("facts", [{"archived": True}, {"use_forbidden": True}], ids=["archived", "forbidden"])
def test_what_is_archived_and_what_its_originator_forbids_is_no_evidence(facts) -> None:
    version = saved(**facts)
    assert content(version, points(version)) == []


def test_a_change_of_what_is_no_evidence_tells_nothing() -> None:
    one, two = saved(1, note="before"), saved(2, note="after")
    assert sent(content(one, points(one)), content(two, points(two)), two) == []


def test_an_archived_record_sends_its_withdrawal() -> None:
    one, two = saved(1), saved(2, archived=True)
    (row,) = sent(content(one, points(one)), [], two)
    assert (row["measure"], row["revision"], row["known"]) == (WITHDRAWN, 2, two.known)


# what it shows, (state, facts) of versions one after the other -> how many contacts count after each, None for none
COUNTS = [
    ("what is written or checked is no evidence", [(WRITTEN, {}), (CHECKED, {})], [None, None]),
    ("what is published is", [(WRITTEN, {}), (CHECKED, {}), (PUBLISHED, {})], [None, None, 1]),
    ("what was published counts until other words are", [(PUBLISHED, {}), (WRITTEN, {"n": 2}), (CHECKED, {"n": 2}),
     (PUBLISHED, {"n": 2})], [1, 1, 1, 2]),
    ("also while they are sent back", [(PUBLISHED, {}), (WRITTEN, {"n": 2}), (RETURNED, {"n": 2})], [1, 1, 1]),
    ("what is recalled counts no more", [(PUBLISHED, {}), (RECALLED, {}), (WRITTEN, {"n": 2})], [1, None, None]),
    ("a veto need not wait", [(PUBLISHED, {}), (WRITTEN, {"use_forbidden": True})], [1, None]),
    ("nor may taking it back come early", [(PUBLISHED, {"use_forbidden": True}), (WRITTEN, {})], [None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "steps", "counts"), COUNTS, ids=[case[0] for case in COUNTS])
def test_only_what_was_published_counts(shows, steps, counts) -> None:
    versions = [saved(number, state=state, **facts) for number, (state, facts) in enumerate(steps, start=1)]
    built = store([rows for _version, rows in sendings(versions, points)])
    found = [next((row[7] for row in counted(built, each.known)), None) for each in versions]
    assert found == counts


def test_a_source_that_asks_for_protection_has_it_before_anything_is_checked_and_keeps_it_until_published() -> None:
    versions = [saved(1), saved(2, state=WRITTEN, source_protected=True, confidentiality=2), saved(3, state=WRITTEN)]
    (_, first), (_, second), (_, third) = sendings(versions, points)
    assert [(row["area"], row["confidentiality"]) for row in first] == [("XX111", 1)]
    assert [(row["area"], row["confidentiality"], row["source"]) for row in second] == [("XX11", 2, "")]
    assert third == []


def test_the_name_of_a_record_in_evidence_leads_nowhere() -> None:
    assert "12fafd77" not in name_of("contact", "12fafd77-243b-44b2-af51-7e16f1a3014a")
    assert name_of("contact", "a") != name_of("contact", "b")


STEPS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.integers(1, 2), st.booleans(), st.sampled_from([None, 4]), st.sampled_from([0, 1]),
        st.sampled_from([WRITTEN, CHECKED, PUBLISHED, PUBLISHED, RETURNED, RECALLED]),
    ),
    min_size=1, max_size=10,
)  # fmt: skip


def histories(steps) -> list[Saved]:
    """Versions in the order in which they were saved: each step saves the next version of one of three records."""
    last: dict[str, int] = {}
    found = []
    for hour, (record, n, archived, group, level, state) in enumerate(steps):
        last[record] = last.get(record, 0) + 1
        facts = {**FACTS, "n": n, "group": group, "confidentiality": level}
        found.append(Saved("contact", record, last[record], BEGIN + timedelta(hours=hour), archived, state, facts))
    return found


def store(sendings: list[list[Row]]) -> Store:
    """Each sending as a version of its own, as the site stores them."""
    rows, versions = [], []
    for number, sending in enumerate(sendings):
        if sending:
            id, at = f"{number:012x}", min(row["known"] for row in sending)
            rows += [{**row, "dataset": id} for row in sending]
            versions.append(
                DatasetVersion(id=id, name="Records", lineage=f"{OF_RECORDS}/contact", format="site", known=at, imported=at,
                               by_record=True)
            )  # fmt: skip
    return Store.in_memory(
        pa.Table.from_pylist(rows) if rows else pa.table({"dataset": pa.array([], pa.string())}), versions
    )


def counted(store: Store, known: datetime) -> list[tuple[object, ...]]:
    if not store.versions(known=known):
        return []
    rows = store.fetch(store.rows(as_of=date(2030, 1, 1), known=known)).to_pylist()
    columns = ("record", "revision", "known", "area", "date", "until", "measure", "value", "confidentiality")
    return sorted(tuple(row[name] for name in columns) for row in rows)


@settings(max_examples=15)
@given(STEPS)
def test_a_rebuild_from_scratch_gives_the_same_store(steps) -> None:
    """Bit by bit, as people saved, against all at once, record by record: alike at every moment of knowledge."""
    versions = histories(steps)
    bit_by_bit = store([rows for _version, rows in sendings(versions, points)])
    again = sorted(versions, key=lambda each: (each.record, each.number))
    at_once = store([[row for _version, rows in sendings(again, points) for row in rows]])
    for version in versions:
        assert counted(bit_by_bit, version.known) == counted(at_once, version.known)


def as_published(since: Sequence[Saved]) -> list[Row]:
    """What the words that were published last say, as protected as the strictest version since."""
    if not since:
        return []
    level = max(each.facts["confidentiality"] for each in since)
    group = next((each.facts["group"] for each in since if each.facts["group"]), None)
    facts = {**since[0].facts, "confidentiality": level, "group": group}
    return content(replace(since[-1], facts=facts), points(since[0]))


@settings(max_examples=15)
@given(STEPS)
def test_at_every_moment_the_store_says_what_the_records_say(steps) -> None:
    versions = histories(steps)
    built = store([rows for _version, rows in sendings(versions, points)])
    now: dict[str, list[Row]] = {}
    since: dict[str, list[Saved]] = {}
    for version in versions:
        if version.state == PUBLISHED:
            since[version.record] = []
        if version.state == RECALLED:
            since.pop(version.record, None)
        if version.record in since:
            since[version.record].append(version)
        now[version.record] = as_published(since.get(version.record, []))
        said = sorted((row["record"], row["area"], row["value"]) for rows in now.values() for row in rows)
        told = [(row[0], row[3], row[7]) for row in counted(built, version.known)]
        assert sorted(told) == said
