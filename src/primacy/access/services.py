"""Writes: the audit trail, people, passwords."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from primacy.access import chain
from primacy.access.alone import alone
from primacy.access.grants import GRANTS, Said, holds
from primacy.access.models import AuditEntry, Token, User
from primacy.access.rights import table
from primacy.access.sign_ins import Session, SetUp
from primacy.framework.instance import Instance

SYSTEM = "system"
NONE: Said = {}
THE_TRAIL, WHO_ADMINISTERS = "enter into the trail", "change who administers"
FAILED = "sign-in failed"
LOCKED_DOWN = "locked down"
WINDOW = timedelta(minutes=15)
TRIES_BY_NAME = 5
TRIES_BY_ADDRESS = 30
MOST_TOKENS = 20
SET_UP_LASTS = timedelta(hours=1)
SCRIPTS, CALENDAR = "scripts", "calendar"  # what a token opens
BEGINS = "primacy_"  # so that tools that look for secrets in files find it
WITHOUT_PASSWORD = timedelta(days=30)  # after their last sign-in tokens of people who have no password wait
SELDOM = timedelta(minutes=1)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread when dictated


def record(
    actor: User | str | None, deed: str, subject: str = "", detail: dict[str, Any] | None = None, *, grants: Said = NONE
) -> None:
    """Add one entry to the audit trail, at the end of its chain.

    `detail` is plain data for JSON; it never carries names of sources, victims or witnesses. `grants`: what people hold
    from now on, or no more (`grants.py`).
    """
    name = actor if isinstance(actor, str) else actor.username if actor is not None else SYSTEM
    with transaction.atomic():
        alone(THE_TRAIL)  # held until what is told is committed: the order of entries is that of deeds
        _append(name, deed, subject[:200], {**(detail or {}), **({GRANTS: grants} if grants else {})})


def _append(actor: str, deed: str, subject: str, detail: dict[str, Any]) -> None:
    last = AuditEntry.objects.order_by("-number").first()
    link = chain.Link(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        deed=deed,
        subject=subject,
        detail=detail,
        previous=last.hash if last else chain.FIRST,
    )
    AuditEntry(
        number=link.number, at=link.at, actor=actor, deed=deed, subject=subject, detail=detail,
        previous=link.previous, hash=link.computed(),
    ).save()  # fmt: skip


def record_failed_sign_in(*, name: str, address: str, step: str = "password") -> None:
    """Names that were typed are kept as a keyed digest: now and then one is a password."""
    record(SYSTEM, FAILED, _digest(name), {"address": address, "step": step})


def too_many_failures(*, name: str, address: str) -> bool:
    """Whether this name or this address failed too often in the last quarter of an hour, at whichever step.

    Without a name the address alone counts: nobody guesses a passkey, and nobody shall lock its owner out by name.
    """
    recent = AuditEntry.objects.filter(deed=FAILED, at__gte=timezone.now() - WINDOW)
    by_name = recent.filter(subject=_digest(name)).count()
    by_address = recent.filter(detail__address=address).count()
    return bool(name and by_name >= TRIES_BY_NAME) or by_address >= TRIES_BY_ADDRESS


def _digest(name: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, name.strip().casefold().encode(), hashlib.sha256).hexdigest()[:24]


def create_first_administrator(name: str, password: str, *, language: str = "en", again: bool = False) -> User:
    """The person who can add all others.

    Raises   ValueError if there is an administrator and none is wanted `again`; ValidationError if the password is
             weak.
    """
    person = User(username=name, role="administrator", language=language)
    validate_password(password, person)
    person.set_password(password)
    with transaction.atomic():
        alone(WHO_ADMINISTERS)
        if not again and User.objects.filter(role="administrator").exists():
            raise ValueError("there is an administrator already")
        person.save()
        record(SYSTEM, "added a person", name, {"role": "administrator", "again": again}, grants=holds(person))
    return person


def offer_set_up(*, again: bool = False) -> str:
    """The code with which one administrator can be made within the hour; a code from before opens nothing any more.

    Raises   ValueError if there is an administrator and it is not said that one is wanted `again`.
    """
    if not again and User.objects.filter(role="administrator").exists():
        raise ValueError("there is an administrator already")
    code = secrets.token_urlsafe(24)
    with transaction.atomic():
        SetUp.objects.all().delete()
        SetUp.objects.create(digest=_digest_of(code), expires=timezone.now() + SET_UP_LASTS, again=again)
        record(SYSTEM, "offered to make an administrator", "", {"again": again})
    return code


def is_set_up_code(code: str) -> bool:
    return SetUp.objects.filter(digest=_digest_of(code), expires__gt=timezone.now()).exists()


def set_up(*, code: str, name: str, password: str, language: str) -> User:
    """Make the administrator and use the code up, both or neither: of two who try at once, one does.

    Raises   ValueError for a code that opens nothing, and where there is an administrator already; ValidationError if
             the password is weak.
    """
    with transaction.atomic():
        offer = SetUp.objects.select_for_update().filter(digest=_digest_of(code), expires__gt=timezone.now()).first()
        if offer is None or not offer.delete()[0]:
            raise ValueError("this code opens nothing")
        return create_first_administrator(name, password, language=language, again=offer.again)


def add_person(*, by: User, username: str, role: str, language: str = "en", email: str = "") -> tuple[User, str]:
    """A new person and the password for the first sign-in, which must then be changed.

    Whom the provider of sign-ins knows by `email` comes in as this person.
    """
    password = one_time_password()
    person = User(username=username, role=_known(role), language=language, email=email, one_time_password=True)
    person.set_password(password)
    with transaction.atomic():
        person.save()
        record(by, "added a person", username, {"role": role}, grants=holds(person))
    return person, password


def change_role(*, by: User, person: User, role: str) -> None:
    """Raises ValueError if nobody would be left to administer."""
    with transaction.atomic():
        alone(WHO_ADMINISTERS)
        before = User.objects.values_list("role", flat=True).get(pk=person.pk)
        if before == "administrator" and role != "administrator":
            _keep_an_administrator(person)
        person.role = _known(role)
        person.save(update_fields=["role"])
        changed = {"before": before, "after": role}
        record(by, "changed a role", person.username, changed, grants=holds(person, "role"))
        end_sessions(person)  # the new role may ask for more at the sign-in


def switch(*, by: User, person: User, on: bool) -> None:
    """Let somebody in, or keep them out from their next click on. Raises ValueError for the last administrator."""
    with transaction.atomic():
        alone(WHO_ADMINISTERS)
        if not on:
            _keep_an_administrator(person)
        person.is_active = on
        person.save(update_fields=["is_active"])
        record(by, "switched on" if on else "switched off", person.username, grants=holds(person, "is_active"))
        if not on:
            end_sessions(person)


def reset_password(*, by: User, person: User) -> str:
    """A new password for one sign-in; every session and every token of that person ends."""
    password = one_time_password()
    _exchange_password(person, password, once=True, by=by, deed="reset a password")
    return password


def change_password(*, person: User, password: str, but: str | None = None) -> None:
    """Every session, `but` the one with this key, and every token of that person ends: whoever took one is out."""
    _exchange_password(person, password, once=False, by=person, deed="changed the password", but=but)


def _exchange_password(
    person: User, password: str, *, once: bool, by: User, deed: str, but: str | None = None
) -> None:  # fmt: skip
    person.set_password(password)
    person.one_time_password = once
    with transaction.atomic():
        person.save(update_fields=["password", "one_time_password"])
        _withdraw_tokens(person)
        record(by, deed, person.username, grants=holds(person, "password", "one_time_password"))
        end_sessions(person, but=but)


def renew_hash(*, person: User, password: str) -> None:
    """Keep the password, which was right, as it is kept today, where it was hashed in an older way."""
    if identify_hasher(person.password).must_update(person.password):
        person.set_password(password)
        with transaction.atomic():
            person.save(update_fields=["password"])
            record(SYSTEM, "renewed the hash of a password", person.username, grants=holds(person, "password"))


def end_sessions(person: User, *, but: str | None = None) -> int:
    """How many were ended. What made them end is what stands in the trail."""
    found = [each for each in Session.objects.filter(person_id=person.pk) if each.session_key != but]
    for each in found:
        each.delete()
    return len(found)


def end_all_sign_ins(*, by: User | str, deed: str, subject: str = "") -> None:
    """Every session ends and no token works any more, whoever's they are; the trail is told once, as a `deed`: whoever
    locks down has seconds."""
    now = timezone.now()
    with transaction.atomic():
        Session.objects.all().delete()
        working = list(Token.objects.select_for_update().filter(withdrawn=None).order_by("pk"))
        for token in working:
            token.withdrawn = now
            token.save(update_fields=["withdrawn"])
        withdrawn = {name: said for token in working for name, said in holds(token, "withdrawn").items()}
        record(by, deed, subject, {"tokens": len(working)}, grants=withdrawn)


def sessions_that_ended(now: datetime) -> QuerySet[Session]:
    """For those who tidy up: rows of which nobody is signed in any more."""
    return Session.objects.filter(expire_date__lt=now)


def change_email(*, by: User, person: User, email: str) -> None:
    """By which address the provider of sign-ins knows this person; none ends that way in."""
    person.email = email
    with transaction.atomic():
        person.save(update_fields=["email"])
        record(by, "changed an e-mail address", person.username, grants=holds(person, "email"))


def choose_language(*, person: User, language: str) -> None:
    person.language = language
    person.save(update_fields=["language"])


def create_token(*, person: User, name: str, days: int, purpose: str = SCRIPTS) -> tuple[Token, str]:
    """A token for a script of this person, and its secret, which is shown once and never kept.

    Raises   ValueError where the person has too many that still work.
    """
    now, secret = timezone.now(), BEGINS + secrets.token_urlsafe(32)
    working = Token.objects.filter(person=person, withdrawn=None, expires__gt=now)
    if working.count() >= MOST_TOKENS:
        raise ValueError("there are too many tokens")
    token = Token(
        person=person, name=name, purpose=purpose, digest=_digest_of(secret), created=now,
        expires=now + timedelta(days=days),
    )  # fmt: skip
    with transaction.atomic():
        token.save()
        record(
            person,
            "created a token",
            name,
            {"token": token.pk, "purpose": purpose, "expires": token.expires.isoformat()},
            grants=holds(token),
        )
    return token, secret


def withdraw_token(*, by: User, token: Token) -> None:
    """Let a token work no more; the same again changes nothing."""
    with transaction.atomic():
        found = Token.objects.select_for_update().filter(pk=token.pk, withdrawn=None).first()
        if found is None:
            return
        found.withdrawn = timezone.now()
        found.save(update_fields=["withdrawn"])
        record(by, "withdrew a token", token.name, {"token": token.pk}, grants=holds(found, "withdrawn"))


def may_be_tried_out(person: User) -> bool:
    """Whether one may be this invented person: in an exercise, not where its database was copied to, and never as an
    administrator."""
    return person.demonstration and person.is_active and person.role != "administrator" and Instance.here().is_exercise


def use_token(secret: str, *, purpose: str = SCRIPTS) -> Token | None:
    """The token with this secret if it still works for this; when it was last used is noted now and then.

    Whoever has no password comes by the provider, which tells nobody when it ends an account: their tokens work while
    they still come in.
    """
    now = timezone.now()
    found = Token.objects.select_related("person").filter(digest=_digest_of(secret), purpose=purpose).first()
    if found is None or found.withdrawn is not None or found.expires <= now:
        return None
    if found.person.demonstration and not may_be_tried_out(found.person):
        return None
    if not (found.person.demonstration or _comes_in(found.person, now)):
        return None
    if found.used is None or now - found.used > SELDOM:
        found.used = now
        found.save(update_fields=["used"])
    return found


def _comes_in(person: User, now: datetime) -> bool:
    came = person.last_login
    return person.has_usable_password() or (came is not None and now - came <= WITHOUT_PASSWORD)


def end_sign_ins(person: User) -> None:
    """Every session and every token of a person ends. What made them end is what stands in the trail."""
    _withdraw_tokens(person)
    end_sessions(person)


def _withdraw_tokens(person: User) -> None:
    """All rows are held before the first entry into the trail, as everywhere."""
    for token in Token.objects.select_for_update().filter(person=person, withdrawn=None).order_by("pk"):
        withdraw_token(by=person, token=token)


def _digest_of(secret: str) -> str:
    """A secret of 256 bits of chance needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def one_time_password() -> str:
    """Four groups of four letters and digits: easy to dictate, 79 bits of chance."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _known(role: str) -> str:
    if role not in table().roles:
        raise ValueError(f"there is no role {role}")
    return role


def _keep_an_administrator(person: User) -> None:
    administrators = User.objects.filter(role="administrator")
    others = administrators.filter(is_active=True).exclude(pk=person.pk)
    if administrators.filter(pk=person.pk).exists() and not others.exists():
        raise ValueError("somebody must be left who can administer")
