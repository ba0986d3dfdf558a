from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from primacy.access.chain import FIRST, Link, verify

TEXTS = st.text(max_size=20)
DEEDS = st.lists(st.tuples(TEXTS, TEXTS, st.dictionaries(TEXTS, st.integers(), max_size=3)), min_size=1, max_size=8)


def chain(deeds: list[tuple[str, str, dict[str, int]]]) -> list[Link]:
    links: list[Link] = []
    for number, (actor, deed, detail) in enumerate(deeds, start=1):
        previous = links[-1].hash if links else FIRST
        plain = Link(number, datetime(2026, 6, 30, number, tzinfo=UTC), actor, deed, "", detail, previous)
        links.append(Link(*[getattr(plain, name) for name in list(Link.__annotations__)[:-1]], hash=plain.computed()))
    return links


@given(DEEDS)
def test_an_untouched_chain_is_sound_and_names_its_last_hash(deeds):
    links = chain(deeds)
    verdict = verify(links)
    assert verdict.sound
    assert (verdict.entries, verdict.last) == (len(links), links[-1].hash)


@given(DEEDS, st.data())
def test_a_changed_field_breaks_the_chain_at_its_entry(deeds, data):
    links = chain(deeds)
    index = data.draw(st.integers(0, len(links) - 1))
    old = links[index]
    links[index] = Link(old.number, old.at, old.actor + "x", old.deed, old.subject, old.detail, old.previous, old.hash)
    assert any(f"entry {old.number} was changed" in each for each in verify(links).breaks)


@given(DEEDS.filter(lambda deeds: len(deeds) > 2))
def test_a_removed_entry_breaks_the_chain(deeds):
    links = chain(deeds)
    del links[1]
    assert verify(links).breaks == ("entries 2 to 2 are missing",)


@given(DEEDS.filter(lambda deeds: len(deeds) > 1))
def test_an_entry_rewritten_with_its_own_hash_breaks_the_next(deeds):
    first, *rest = chain(deeds)
    other = chain([("somebody else", first.deed, first.detail)])[0]
    assert "entry 2 does not follow from entry 1" in verify([other, *rest]).breaks


def test_an_empty_trail_is_sound():
    assert verify([]).sound
