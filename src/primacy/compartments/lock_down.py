"""Locking an instance down in seconds, and opening it again with headquarters.

Locking down destroys what members open compartments with; what is left is sealed to headquarters. Reopening is three
steps, so that the key of headquarters never comes near the mission: the mission asks (a file that anybody may read),
headquarters answers (a file that is secret until it is used), the mission applies the answer.
"""

import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from primacy.compartments import key_file
from primacy.compartments.custody import Place
from primacy.compartments.key_file import Keys, NoKeys, purpose_of
from primacy.compartments.sealing import (
    Unreadable,
    Wrapped,
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
from primacy.places.files.replacing import erase

PUBLIC = "recovery.pub"  # a copy beside the sealed files: to lock down where the file of keys is not at hand
PURPOSE = "primacy secret of a lock-down"


class Lock(BaseModel):
    """The file that locks. `sealed`: a secret for headquarters; `proof`: its digest; `held`: other keys of the
    instance, under the secret. Without a key of headquarters, all three are empty."""

    at: datetime
    sealed: str = ""
    proof: str = ""
    held: dict[str, str] = Field(default_factory=dict)


class Asked(BaseModel):
    """What the mission asks: the secret and the keys of compartments as headquarters can unseal them, and to whom each
    compartment is to be opened (person -> public key)."""

    sealed: str
    boxes: dict[str, dict[int, str]]
    members: dict[str, dict[int, str]]


class Answer(BaseModel):
    """What headquarters answers: the secret, and the keys of compartments sealed to members."""

    secret: str
    seals: dict[str, dict[int, dict[int, str]]]


def make_recovery_key(out: Path, passphrase: str) -> str:
    """The key of headquarters under a passphrase, and beside it its public half (`.pub`). Returns the fingerprint."""
    private, public = new_pair()
    key_file.replace(out, wrap(passphrase, private, "primacy headquarters").model_dump_json().encode())
    out.with_name(out.name + ".pub").write_text(text(public) + "\n", "ascii")
    return fingerprint(public)


def recovery_key(file: Path, passphrase: str) -> bytes:
    """Raises Unreadable with a wrong passphrase."""
    return unwrap(passphrase, Wrapped.model_validate_json(file.read_bytes()), "primacy headquarters")


def public_key(file: Path) -> bytes:
    """Raises ValueError for a file that holds no public key."""
    public = raw(file.read_text("ascii").strip())
    if len(public) != 32:
        raise ValueError(f"{file} holds no public key of headquarters")
    return public


def lock(place: Place, lock_file: Path, others: dict[str, Path], *, now: datetime) -> Lock:
    """Lock down: first the site, then the keys of compartments, then the other keys of the instance.

    `others`: files of other keys by name; they are sealed to headquarters and destroyed. Locking twice changes nothing.
    """
    if lock_file.exists():
        return read_lock(lock_file)
    key_file.replace(lock_file, Lock(at=now).model_dump_json().encode())
    recovery = _recovery(place)
    _drop_seals(place)
    if recovery is None:
        return read_lock(lock_file)
    secret = new_key()
    held = {name: text(seal(secret, file.read_bytes(), name)) for name, file in others.items() if file.is_file()}
    found = Lock(at=now, sealed=text(seal_to(recovery, secret, PURPOSE)), proof=_proof(secret), held=held)
    key_file.replace(lock_file, found.model_dump_json().encode())
    for name in held:
        erase(others[name])
    return found


def read_lock(lock_file: Path) -> Lock:
    return Lock.model_validate_json(lock_file.read_bytes())


def _recovery(place: Place) -> bytes | None:
    copy = place.boxes / PUBLIC
    return public_key(copy) if copy.is_file() else None


def _drop_seals(place: Place) -> None:
    try:
        with key_file.changing(place.keys) as keys:
            for each in keys.generations():
                each.seals = dict.fromkeys(each.seals, "")
    except NoKeys:
        return  # the medium is out already: there is nothing here to destroy


def ask(place: Place, lock_file: Path) -> bytes:
    """The request for headquarters. Raises NoKeys where the file of keys is not there."""
    keys = key_file.read(place.keys)
    boxes = {id: {n: each.recovery for n, each in found.items()} for id, found in keys.boxes.items()}
    members = {id: _members(keys, id) for id in keys.boxes}
    return (
        Asked(sealed=read_lock(lock_file).sealed, boxes=boxes, members=members).model_dump_json(indent=1).encode()
    )  # fmt: skip


def _members(keys: Keys, id: str) -> dict[int, str]:
    people = {person for each in keys.boxes[id].values() for person in each.seals}
    return {person: keys.holders[person].public for person in sorted(people) if person in keys.holders}


def named(request: bytes) -> list[tuple[str, int, str]]:
    """(compartment, person, fingerprint) of everybody to whom a request asks to open, to be compared by telephone."""
    asked = Asked.model_validate_json(request)
    return [(id, who, fingerprint(raw(key))) for id, them in asked.members.items() for who, key in them.items()]


def answer(request: bytes, private: bytes) -> bytes:
    """What headquarters sends back. Raises Unreadable with another key."""
    asked = Asked.model_validate_json(request)
    secret = unseal_with(private, raw(asked.sealed), PURPOSE)
    seals: dict[str, dict[int, dict[int, str]]] = {}
    for id, generations in asked.boxes.items():
        for number, sealed in generations.items():
            purpose = purpose_of(id, number)
            key = unseal_with(private, raw(sealed), purpose)
            to = asked.members[id].items()
            seals.setdefault(id, {})[number] = {who: text(seal_to(raw(public), key, purpose)) for who, public in to}
    return Answer(secret=text(secret), seals=seals).model_dump_json(indent=1).encode()


def apply(place: Place, lock_file: Path, others: dict[str, Path], content: bytes) -> None:
    """Reopen with an answer. Raises Unreadable for one that does not belong to this lock-down; then nothing changed."""
    found, given = read_lock(lock_file), Answer.model_validate_json(content)
    secret = raw(given.secret)
    if not found.proof or _proof(secret) != found.proof:
        raise Unreadable
    plain = {name: unseal(secret, raw(sealed), name) for name, sealed in found.held.items()}
    with key_file.changing(place.keys) as keys:
        for id, generations in given.seals.items():
            for number, seals in generations.items():
                keys.boxes[id][number].seals = dict(seals)
    for name, whole in plain.items():
        key_file.replace(others[name], whole)
    erase(lock_file)


def set_up_public(place: Place, recovery: bytes) -> None:
    """Keep the public key of headquarters where a lock-down finds it without the file of keys."""
    place.boxes.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place.boxes / PUBLIC).write_text(text(recovery) + "\n", "ascii")


def _proof(secret: bytes) -> str:
    return hashlib.sha256(b"primacy reopening" + secret).hexdigest()
