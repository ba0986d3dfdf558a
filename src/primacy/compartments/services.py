"""Writes: opening, closing, entries, members, erasing, scores, keys, lock-down. Each leaves an entry in the audit trail
that says who, what and when, and never a word of what stands inside."""

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from primacy.access import factors
from primacy.access.models import AuditEntry, User
from primacy.access.services import LOCKED_DOWN, end_all_sign_ins, record
from primacy.compartments import custody, lock_down, openings, writing
from primacy.compartments.content import Look
from primacy.compartments.custody import Opening, Refused
from primacy.compartments.kinds import Kind
from primacy.compartments.naming import name_in_trail
from primacy.compartments.places import other_keys, place_to_lock
from primacy.compartments.queries import classes_to_begin, known_to, place
from primacy.compartments.scores import SCORES, judged_score, rubrics
from primacy.compartments.sealing import Unreadable
from primacy.evidence.bringing.entered import keep_entered
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.store.store import Store
from primacy.framework import Instance, load, read_mission
from primacy.framework.queries import known_from, today
from primacy.places.areas import Areas

FAILED = "failed to open a compartment"
TRIES, WINDOW = 5, timedelta(minutes=15)
LASTS = timedelta(minutes=openings.MINUTES)


class TooMany(Exception):
    """A passphrase was wrong too often lately."""


class WrongCode(Exception):
    """It is no one-time code of this person, or was used already."""


# ---- one's own key


def make_key(*, by: User, passphrase: str) -> str:
    mark = custody.enrol(place(), by.pk, passphrase, now=timezone.now())
    record(by, "made a key for compartments", by.username)
    return mark


def change_passphrase(*, by: User, old: str, new: str) -> None:
    """Raises Unreadable with a wrong one, TooMany, Refused."""
    _refuse_after_many(by)
    try:
        custody.change_passphrase(place(), by.pk, old, new)
    except Unreadable:
        record(by, FAILED, by.username)
        raise
    record(by, "changed a passphrase", by.username)


# ---- a compartment


def make_compartment(*, by: User, title: str, class_: str, members: Sequence[User]) -> str:
    """Raises Refused where this person may begin none of the class, is alone, or somebody has no key."""
    if class_ not in classes_to_begin(by):
        raise Refused("class")
    everybody = {each.pk: each.username for each in (by, *members)}
    id = custody.create(place(), title=title, class_=class_, members=everybody, by=by.pk, now=timezone.now())
    record(by, "made a compartment", name_in_trail(id), {"class": class_, "members": len(everybody)})
    return id


def open_compartment(*, by: User, id: str, passphrase: str, why: str, words: str) -> str:
    """Open it for twenty minutes in one browser. `why` goes to the trail, `words` stay inside.

    Returns  the secret that the browser keeps
    Raises   LookupError for whoever is no member, Unreadable with a wrong passphrase, TooMany
    """
    _refuse_after_many(by)
    now = timezone.now()
    custody.forget_expired(place().keys, now.date())
    try:
        opened = custody.open_box(place(), id, by.pk, by.username, passphrase)
    except Unreadable:
        record(by, FAILED, name_in_trail(id))
        raise
    with custody.changing(place(), opened) as inside:
        inside.content.log.append(Look(at=now, by=by.username, did="opened", words=f"{why}: {words}".rstrip(": ")))
    record(by, "opened a compartment", name_in_trail(id), {"why": why})
    return _keep(opened, (now + LASTS).timestamp())


def check_code(*, by: User, id: str, code: str) -> None:
    """A second factor, for whoever signed in some time ago. Raises WrongCode, TooMany."""
    _refuse_after_many(by)
    if code and not factors.accepts(person=by, given=code):
        record(by, FAILED, name_in_trail(id))
        code = ""
    if not code:
        raise WrongCode


def close_compartment(*, by: User, opened: Opening, secret: str) -> None:
    openings.drop(secret.encode())
    record(by, "closed a compartment", name_in_trail(opened.box))


def _keep(opened: Opening, until: float) -> str:
    secret = secrets.token_urlsafe(32)
    openings.put(secret.encode(), opened, until=until)
    openings.watch(lambda: Instance.here().lock.exists())
    return secret


def _refuse_after_many(by: User) -> None:
    since = timezone.now() - WINDOW
    if AuditEntry.objects.filter(deed=FAILED, actor=by.username, at__gte=since).count() >= TRIES:
        raise TooMany


# ---- what stands in it


def write_entry(
    *, by: User, opened: Opening, kind: Kind, fields: Mapping[str, str], people: Sequence[str]
) -> str:  # fmt: skip
    now = timezone.now()
    with custody.changing(place(), opened) as inside:
        entry = writing.write_entry(inside, kind, fields, people, by=by.username, now=now)
        inside.content.log.append(Look(at=now, by=by.username, did="wrote"))
    record(by, "wrote in a compartment", name_in_trail(opened.box))
    return entry.id


def change_entry(*, by: User, opened: Opening, id: str, seen: int, fields: Mapping[str, str]) -> None:
    """Raises LookupError where there is none any more, writing.Collision where it was saved meanwhile."""
    now = timezone.now()
    with custody.changing(place(), opened) as inside:
        writing.change_entry(inside, id, fields, seen=seen, by=by.username, now=now)
        inside.content.log.append(Look(at=now, by=by.username, did="changed"))
    record(by, "wrote in a compartment", name_in_trail(opened.box))


def erase_person(*, by: User, opened: Opening, key: str) -> None:
    """Raises LookupError where there is no such person, or no more."""
    with custody.changing(place(), opened) as inside:
        writing.erase_person(inside, key, by=by.username, now=timezone.now())
    record(by, "erased a person's data", name_in_trail(opened.box))


def give_score(*, by: User, opened: Opening, category: str, score: int, month: date) -> None:
    """One coarse number leaves the compartment. The trail and the evidence do not say out of which.

    Raises   ValueError for a rubric that no indicator reads, a score that there is not, and a month to come.
    """
    now, day, instance = timezone.now(), today(), Instance.here()
    rated = {found for found, *_where in rubrics(load(instance.overlay, day))}
    if category not in rated or score not in SCORES or month > day:
        raise ValueError("a judged score has a rubric of the framework, 0 to 3, and a month that has begun")
    country = Locator(Areas.load(instance.places)).country_code(read_mission(instance.mission_file).country)
    row = judged_score(category=category, score=score, month=month, country=country)
    with custody.changing(place(), opened) as inside:
        inside.content.log.append(Look(at=now, by=by.username, did="scored", words=f"{category}: {score}"))
        keep_entered(
            Store(instance.evidence), [row], name="Judged scores", lineage="site/judged", by="", at=now,
            known=known_from(),
        )  # fmt: skip
    record(by, "gave a judged score", category)


# ---- members and keys


def propose_member(*, by: User, opened: Opening, deed: str, person: User, mark: str) -> None:
    """Raises Refused as custody.propose does."""
    now = timezone.now()
    custody.propose(
        place(), opened, deed=deed, person=person.pk, name=person.username, now=now, expected=mark
    )  # fmt: skip
    _log(opened, "proposed", person.username)
    record(by, "proposed a member of a compartment", name_in_trail(opened.box), {"deed": deed})


def decide_member(*, by: User, opened: Opening, proposal: str, agreed: bool, secret: str, until: float) -> str:
    """Returns the secret under which it is open from now on. Raises LookupError, Refused."""
    later = custody.decide(place(), opened, proposal, agreed=agreed, now=timezone.now())
    if not agreed:
        _log(opened, "declined")
    record(by, "decided about a member of a compartment", name_in_trail(opened.box), {"agreed": agreed})
    return secret if later == opened else _exchange(later, secret, until)


def rotate(*, by: User | str, opened: Opening) -> Opening:
    later = custody.rotate(place(), opened, now=timezone.now())
    record(by, "changed the key of a compartment", name_in_trail(opened.box))
    return later


def rotate_all(*, by: str, name: str, passphrase: str) -> int:
    """Another key for every compartment that somebody is a member of; how many.

    Raises   LookupError where there is none, Unreadable with a wrong passphrase
    """
    person = User.objects.filter(username=name, is_active=True).first()
    boxes = known_to(person) if person else []
    if person is None or not boxes:
        raise LookupError(name)
    for box in boxes:
        rotate(by=by, opened=custody.open_box(place(), box, person.pk, person.username, passphrase))
    return len(boxes)


def _exchange(later: Opening, secret: str, until: float) -> str:
    openings.drop(secret.encode())
    return _keep(later, until)


def _log(opened: Opening, deed: str, words: str = "") -> None:
    with custody.changing(place(), opened) as inside:
        inside.content.log.append(Look(at=timezone.now(), by=opened.name, did=deed, words=words))


# ---- lock-down


def lock_down_now(*, by: User | str) -> None:
    """Keys first, which needs no database; then every session and token ends, and the trail says it."""
    instance = Instance.here()
    lock_down.lock(
        place_to_lock(instance, os.environ), instance.lock, other_keys(instance, os.environ), now=timezone.now()
    )
    openings.drop_all()
    end_all_sign_ins(by=by, deed=LOCKED_DOWN)
