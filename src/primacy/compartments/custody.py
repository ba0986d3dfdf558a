"""Who can open a compartment, and how a key is made, shared, changed and destroyed.

Every function works on two places: the folder of sealed files, inside the instance, and the file of keys, outside it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from primacy.compartments import boxes, key_file
from primacy.compartments.content import Content, Look, Member, Proposal
from primacy.compartments.key_file import ErasableKey, Generation, Holder, Keys, purpose_of
from primacy.compartments.sealing import (
    Unreadable,
    fingerprint,
    new_key,
    new_pair,
    raw,
    seal,
    seal_to,
    text,
    unseal,
    unseal_with,
    unwrap,
    wrap,
)  # fmt: skip

FEWEST = 2  # members: one who is ill, or under pressure, is not the only one


class Refused(Exception):
    """A rule of custody stands against it; `why` is a key of `forms.REFUSALS`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Place:
    """`boxes`: the folder of sealed files; `keys`: the file of keys."""

    boxes: Path
    keys: Path


@dataclass(frozen=True)
class Opening:
    """A compartment that somebody has opened: its key, and who it is."""

    box: str
    generation: int
    key: bytes
    person: int
    name: str


def set_up(keys: Path, recovery: bytes) -> None:
    """Begin a file of keys that headquarters can open. Raises Refused where there is one already."""
    with key_file.alone(keys):
        if keys.exists():
            raise Refused("set up")
        key_file.write(keys, Keys(recovery=text(recovery)))


def enrol(place: Place, person: int, passphrase: str, *, now: datetime) -> str:
    """A key pair for somebody, and its fingerprint. Whoever had one before opens nothing any more until added again."""
    private, public = new_pair()
    with key_file.changing(place.keys) as keys:
        keys.holders[person] = Holder(
            public=text(public), private=wrap(passphrase, private, _holder(person)), since=now
        )  # fmt: skip
        for each in keys.generations():
            each.seals.pop(person, None)
    return fingerprint(public)


def change_passphrase(place: Place, person: int, old: str, new: str) -> None:
    """Raises Unreadable with a wrong one, Refused for somebody without a key."""
    with key_file.changing(place.keys) as keys:
        holder = _holder_of(keys, person)
        holder.private = wrap(new, unwrap(old, holder.private, _holder(person)), _holder(person))


def create(place: Place, *, title: str, class_: str, members: dict[int, str], by: int, now: datetime) -> str:
    """A new compartment for these people (person -> name), who all have a key; its id is drawn by chance.

    Raises   Refused for fewer than two people, and for one without a key.
    """
    if len(members) < FEWEST:
        raise Refused("two members")
    id, key = secrets.token_hex(16), new_key()
    with key_file.changing(place.keys) as keys:
        inside = [
            Member(person=person, name=name, public=_holder_of(keys, person).public, since=now)
            for person, name in members.items()
        ]
        look = Look(at=now, by=members[by], did="made")
        content = Content(title=title, class_=class_, made=now, recovery=keys.recovery, members=inside, log=[look])
        keys.boxes[id] = {1: _sealed(id, 1, key, content)}
        boxes.store(place.boxes, id, 1, key, content)
    return id


def open_box(place: Place, id: str, person: int, name: str, passphrase: str) -> Opening:
    """Raises LookupError for whoever is no member (as for no compartment), Unreadable with a wrong passphrase."""
    keys = key_file.read(place.keys)
    if id not in keys.held_by(person):
        raise LookupError(id)
    generation = boxes.generation_of(place.boxes, id)
    sealed = keys.boxes[id][generation].seals.get(person)
    if not sealed:
        raise Unreadable
    private = unwrap(passphrase, _holder_of(keys, person).private, _holder(person))
    return Opening(id, generation, unseal_with(private, raw(sealed), purpose_of(id, generation)), person, name)


@dataclass
class Inside:
    """An open compartment being read or changed: what stands in it, and the keys of its persons and entries."""

    content: Content
    generation: Generation
    key: bytes
    generations: tuple[Generation, ...] = ()  # all of them: a change of the key that was cut off leaves two

    def erasable(self, key_id: str) -> bytes:
        """The key of a person or entry. Raises LookupError where it was destroyed."""
        held = self.generation.keys.get(key_id)
        if held is None:
            raise LookupError(key_id)
        return unseal(self.key, raw(held.sealed), key_id)

    def new_erasable(self, until: date | None = None) -> str:
        """The id of a new key, for a person or, with its last day, for an entry that expires."""
        id = secrets.token_hex(8)
        self.generation.keys[id] = ErasableKey(sealed=text(seal(self.key, new_key(), id)), until=until)
        return id

    def destroy(self, key_id: str) -> None:
        for each in self.generations:
            each.keys.pop(key_id, None)


def look_inside(place: Place, opening: Opening) -> Inside:
    """For reading. Raises LookupError and Unreadable as `boxes.load` does, LookupError for a former member."""
    return _inside(place, opening, key_file.read(place.keys))


@contextmanager
def changing(place: Place, opening: Opening) -> Iterator[Inside]:
    """For writing, by nobody else meanwhile. Keys are written before what they open: a key too many harms nobody."""
    with key_file.changing(place.keys) as keys:
        inside = _inside(place, opening, keys)
        yield inside
        key_file.write(place.keys, keys)
        boxes.store(place.boxes, opening.box, opening.generation, opening.key, inside.content)


def _inside(place: Place, opening: Opening, keys: Keys) -> Inside:
    if opening.box not in keys.held_by(opening.person):
        raise LookupError(opening.box)
    content = boxes.load(place.boxes, opening.box, opening.generation, opening.key)
    if content.member(opening.person) is None:
        raise LookupError(opening.box)
    generations = keys.boxes[opening.box]
    return Inside(content, generations[opening.generation], opening.key, tuple(generations.values()))


# ---- members: one proposes, another one confirms


def propose(
    place: Place, opening: Opening, *, deed: str, person: int, name: str, now: datetime, expected: str = ""
) -> Proposal:
    """Somebody is to be added or taken out. `expected`: the fingerprint that the person read out, of one to be added.

    Raises   Refused for somebody without a key or with another one, for a member again, for one member too few.
    """
    with changing(place, opening) as inside:
        holder = key_file.read(place.keys).holders.get(person)
        member = inside.content.member(person)
        known = member.public if member else ""  # whoever forgot the passphrase has another key, and is added again
        if deed == "add" and (
            holder is None or holder.public == known or fingerprint(raw(holder.public)) != expected
        ):  # fmt: skip
            raise Refused("no such key")
        if deed == "remove" and (member is None or len(inside.content.members) <= FEWEST):
            raise Refused("two members")
        proposal = Proposal(
            id=secrets.token_hex(8), deed=deed, person=person, name=name, public=holder.public if holder else "",
            by=opening.person, by_name=opening.name, at=now,
        )  # fmt: skip
        inside.content.proposals.append(proposal)
    return proposal


def decide(place: Place, opening: Opening, proposal_id: str, *, agreed: bool, now: datetime) -> Opening:
    """A second member says yes or no; whoever proposed may take it back. A removal changes the key.

    Returns  the opening, with the new key where it was changed
    Raises   LookupError for no such proposal, Refused for the same person twice
    """
    with changing(place, opening) as inside:
        content = inside.content
        proposal = next((each for each in content.proposals if each.id == proposal_id), None)
        if proposal is None:
            raise LookupError(proposal_id)
        if agreed and opening.person in (proposal.by, proposal.person):
            raise Refused("second person")
        content.proposals.remove(proposal)
        if not agreed:
            return opening
        content.log.append(Look(at=now, by=opening.name, did=proposal.deed, words=proposal.name))
        others = [each for each in content.members if each.person != proposal.person]
        if proposal.deed == "remove" and len(others) < FEWEST:
            raise Refused("two members")
        content.members = others
        if proposal.deed == "add":
            content.members.append(
                Member(person=proposal.person, name=proposal.name, public=proposal.public, since=now)
            )  # fmt: skip
        fresh = _sealed(opening.box, opening.generation, opening.key, content)
        inside.generation.seals = fresh.seals
    return rotate(place, opening, now=now) if proposal.deed == "remove" else opening


# ---- another key


def rotate(place: Place, opening: Opening, *, now: datetime) -> Opening:
    """Another key for the compartment: what the old one opened stays openable with it, what comes later is not.

    The file of keys holds both until the sealed file has changed, so that no moment of it loses anything.
    """
    key, number = new_key(), opening.generation + 1
    with key_file.changing(place.keys) as keys:
        inside = _inside(place, opening, keys)
        content, generations = inside.content, keys.boxes[opening.box]
        content.log.append(Look(at=now, by=opening.name, did="rotated"))
        fresh = _sealed(opening.box, number, key, content)
        fresh.keys = {
            id: ErasableKey(sealed=text(seal(key, inside.erasable(id), id)), until=each.until)
            for id, each in inside.generation.keys.items()
        }
        generations[number] = fresh
        key_file.write(place.keys, keys)
        boxes.store(place.boxes, opening.box, number, key, content)
        keys.boxes[opening.box] = {number: fresh}
    return Opening(opening.box, number, key, opening.person, opening.name)


# ---- what ends by itself


def forget_expired(keys_at: Path, today: date) -> int:
    """Destroy the keys whose last day has passed; nobody need open anything for it. Returns how many."""
    if not any(_past(key, today) for key in _erasable(key_file.read(keys_at))):
        return 0
    count = 0
    with key_file.changing(keys_at) as keys:
        for each in keys.generations():
            kept = {id: key for id, key in each.keys.items() if not _past(key, today)}
            count += len(each.keys) - len(kept)
            each.keys = kept
    return count


def _erasable(keys: Keys) -> Iterator[ErasableKey]:
    for each in keys.generations():
        yield from each.keys.values()


def _past(key: ErasableKey, today: date) -> bool:
    return key.until is not None and key.until < today


def _sealed(id: str, number: int, key: bytes, content: Content) -> Generation:
    """The key of a generation sealed to every member and to headquarters, by the public keys that stand inside: those
    in the file of keys could have been exchanged."""
    seals = {each.person: text(seal_to(raw(each.public), key, purpose_of(id, number))) for each in content.members}
    return Generation(seals=seals, recovery=text(seal_to(raw(content.recovery), key, purpose_of(id, number))))


def _holder_of(keys: Keys, person: int) -> Holder:
    if person not in keys.holders:
        raise Refused("no such key")
    return keys.holders[person]


def _holder(person: int) -> str:
    return f"primacy holder {person}"
