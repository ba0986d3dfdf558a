"""A mission with compartments: keys outside its folder, members with passphrases, canary words in every field."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

PASSPHRASE = "seven quiet herons over {name}"
HEADQUARTERS = "an old lamp, a red door"
CANARY = "kestrelwick"  # begins every word that must be found nowhere
VALUES = {
    "day": "2026-06-03", "position": "-1", "tie": "kin", "consent": "wavering", "category": "armed-group",
    "aims": "limited", "stage": "reported", "part": "source", "agreed": "yes",
}  # fmt: skip


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Sealed:
    """`place`: files of compartments and keys; `private`: the key of headquarters; `users` by name."""

    folder: Path
    place: Any
    private: bytes
    users: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def person(self, name: str, *components: str, role: str = "reader") -> Any:
        """Somebody with a key of their own."""
        from primacy.access.models import User
        from primacy.access.posts import Post
        from primacy.compartments import services

        if name not in self.users:
            self.users[name] = User.objects.create(username=name, role=role)
            for component in components:
                Post.objects.create(person=self.users[name], component=component, since=date(2020, 1, 1))
            self.marks[name] = services.make_key(by=self.users[name], passphrase=PASSPHRASE.format(name=name))
        return self.users[name]

    def make(self, class_: str = "talks", *names: str) -> str:
        """A compartment of two people at least; its title is a canary."""
        from primacy.compartments import services

        first, *others = [self.person(name, "head-of-mission", "human-rights") for name in (*names, "amina", "bakary")]
        others = [each for each in others if each != first]
        return services.make_compartment(by=first, title=f"{CANARY} title", class_=class_, members=others)

    def opened(self, box: str, name: str) -> Any:
        """The compartment as this member opens it, without a browser."""
        from primacy.compartments import custody

        user = self.users[name]
        return custody.open_box(self.place, box, user.pk, name, PASSPHRASE.format(name=name))

    def inside(self, opened: Any) -> Any:
        from primacy.compartments import custody

        return custody.look_inside(self.place, opened)

    def write(self, opened: Any, kind: str, *people: str) -> str:
        """An entry of a kind with a canary in each of its fields."""
        from primacy.compartments import services
        from primacy.compartments.kinds import table

        of = table().kinds[kind]
        fields = {name: VALUES.get(name, f"{CANARY} {name}") for name in of.fields}
        by = self.users[opened.name]
        return services.write_entry(by=by, opened=opened, kind=of, fields=fields, people=people)

    def enter(self, client: Any, box: str, name: str, **more: str) -> Any:
        """Sign in and open it in a browser; `more`: what is typed otherwise."""
        client.force_login(self.users[name])
        typed = {"why": "review", "words": "", "passphrase": PASSPHRASE.format(name=name), **more}
        return client.post(f"/compartments/{box}/open/", typed)


@pytest.fixture
def sealed(db: Any, instance_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    from primacy.compartments import custody, lock_down, openings, sealing

    monkeypatch.setattr(sealing, "COST", sealing.Cost(memory=64, iterations=1, lanes=1))
    monkeypatch.setenv("PRIMACY_KEYS_FILE", str(tmp_path / "medium" / "keys"))
    (tmp_path / "medium").mkdir()
    place = custody.Place(instance_folder / "compartments", tmp_path / "medium" / "keys")
    private, public = sealing.new_pair()
    custody.set_up(place.keys, public)
    lock_down.set_up_public(place, public)
    yield Sealed(instance_folder, place, private)
    openings.drop_all()
