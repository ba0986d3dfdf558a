"""What a person shows beside a password: a passkey, a one-time code, a recovery code. Each change is in the trail.

allauth keeps them and checks the cryptography; this is the one file that knows how. What it would do besides (pages,
mails, a throttle of its own) is not used: failures are counted in the trail, as those of passwords are.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as codes
from allauth.mfa.webauthn.internal import auth as passkeys
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction

from primacy.access.grants import holds, take_away
from primacy.access.models import User
from primacy.access.services import record

PASSKEY, CODES, RECOVERY = "webauthn", "totp", "recovery_codes"
SECOND = (PASSKEY, CODES)
MOST_PASSKEYS = 10
MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What the parsers of allauth and fido2 raise on an answer that no browser of an honest person gives."""


@dataclass(frozen=True)
class Factor:
    """One thing that a person can show. `left`: of recovery codes, how many are unused."""

    id: int
    kind: str
    name: str
    made: datetime
    used: datetime | None
    left: int | None


def held(person: User) -> list[Factor]:
    """Passkeys first, then one-time codes, then recovery codes."""
    found = Authenticator.objects.filter(user_id=person.pk).order_by("pk")
    order = (*SECOND, RECOVERY)
    return sorted((_told(each) for each in found), key=lambda each: order.index(each.kind))


def _told(each: Authenticator) -> Factor:
    kind = str(each.type)
    left = _left(each) if kind == RECOVERY else None
    return Factor(each.pk, kind, each.data.get("name", ""), each.created_at, each.last_used_at, left)


def _left(kept: Authenticator) -> int:
    """How many recovery codes still open; none where the secret key of the instance is another one now."""
    try:
        return len(RecoveryCodes(kept).get_unused_codes())
    except InvalidToken:
        return 0


def has_second(person: User) -> bool:
    return Authenticator.objects.filter(user_id=person.pk, type__in=SECOND).exists()


def has_codes(person: User) -> bool:
    return Authenticator.objects.filter(user_id=person.pk, type=CODES).exists()


# ---- one-time codes


def new_secret() -> str:
    return codes.generate_totp_secret()


def drawn(person: User, secret: str) -> str:
    """The picture that an application for one-time codes reads, as SVG."""
    adapter = get_adapter()
    drawing: str = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return drawing[drawing.index("<svg") :]


def is_code_of(secret: str, code: str) -> bool:
    return _counter(secret, code) is not None


def _counter(secret: str, code: str) -> int | None:
    """The half-minute that the code is of, if it is one of those around now."""
    for counter in codes.yield_hotp_counters_from_time():
        if secrets.compare_digest(codes.format_hotp_value(codes.hotp_value(secret, counter)).encode(), code.encode()):
            return counter
    return None


def add_codes(*, person: User, secret: str) -> None:
    """One-time codes from now on; those of another device end."""
    with transaction.atomic():
        gone = take_away(Authenticator.objects.filter(user_id=person.pk, type=CODES))
        made = codes.TOTP.activate(person, secret).instance
        record(person, "added one-time codes", person.username, grants={**gone, **holds(made)})


def accepts(*, person: User, given: str) -> str:
    """Which kind of code this is, CODES or RECOVERY, and that it is used up now; nothing if it is none.

    A one-time code works once, also where several processes answer: the half-minute it is of is kept with the secret.
    Where the secret key of the instance is another one now, no code is right.
    """
    try:
        return _accepts(person, "".join(given.split()).replace("-", ""))
    except InvalidToken:
        return ""


def _accepts(person: User, code: str) -> str:
    with transaction.atomic():
        kept = {each.type: each for each in Authenticator.objects.select_for_update().filter(user_id=person.pk)}
        if CODES in kept and _takes(kept[CODES], code):
            return CODES
        if RECOVERY in kept and RecoveryCodes(kept[RECOVERY]).validate_code(code):
            left = _left(Authenticator.objects.get(pk=kept[RECOVERY].pk))
            record(person, "used a recovery code", person.username, {"left": left})
            return RECOVERY
    return ""


def _takes(kept: Authenticator, code: str) -> bool:
    counter = _counter(get_adapter().decrypt(kept.data["secret"]), code)
    if counter is None or counter <= kept.data.get("last", -1):
        return False
    kept.data["last"] = counter
    kept.save(update_fields=["data"])
    kept.record_usage()
    return True


def new_recovery_codes(*, person: User) -> list[str]:
    """Ten codes that work once each, instead of those before; shown now and never again."""
    with transaction.atomic():
        gone = take_away(Authenticator.objects.filter(user_id=person.pk, type=RECOVERY))
        made = RecoveryCodes.activate(person)
        record(person, "made recovery codes", person.username, grants={**gone, **holds(made.instance)})
    return made.generate_codes()


# ---- passkeys


def begin_passkey(person: User) -> dict[str, Any]:
    """What the browser is asked, to make a passkey that verifies its owner; the challenge lies in the session."""
    return passkeys.begin_registration(person, True)


def add_passkey(*, person: User, name: str, answer: dict[str, Any]) -> bool:
    """Keep the passkey that the browser made; False if the answer is not one to the question asked."""
    try:
        passkeys.parse_registration_response(answer)
        made = passkeys.complete_registration(answer)
    except MALFORMED:
        return False
    mine = Authenticator.objects.filter(user_id=person.pk, type=PASSKEY)
    if not made.is_user_verified() or mine.count() >= MOST_PASSKEYS:
        return False
    with transaction.atomic():
        kept = passkeys.WebAuthn.add(person, name, answer).instance
        record(person, "added a passkey", person.username, {"name": name}, grants=holds(kept))
    return True


def ask_for_passkey() -> dict[str, Any]:
    """What the browser is asked when anybody signs in with a passkey: no name is said, so none is found out."""
    return passkeys.begin_authentication(None)


def person_of(answer: dict[str, Any]) -> User | None:
    """Whose passkey answered the question asked in this session."""
    try:
        passkeys.parse_authentication_response(answer)
        person = passkeys.extract_user_from_response(answer)
        passkeys.complete_authentication(person, answer).record_usage()
    except MALFORMED:
        return None
    return person if isinstance(person, User) else None


# ---- an end


def remove(*, person: User, factor_id: int, needed: bool) -> None:
    """Remove one's own; the same again changes nothing. Recovery codes end with the last of the others.

    Raises   ValueError where it is the last and the person's role `needed` one.
    """
    with transaction.atomic():
        mine = {each.pk: each for each in Authenticator.objects.select_for_update().filter(user_id=person.pk)}
        if factor_id not in mine:
            return
        gone = mine.pop(factor_id)
        left = any(each.type in SECOND for each in mine.values())
        if not left and needed and gone.type in SECOND:
            raise ValueError("the role needs a second factor")
        going = Authenticator.objects.filter(user_id=person.pk)
        removed = take_away(going.filter(pk=factor_id) if left else going)
        record(person, "removed a factor", person.username, {"kind": str(gone.type)}, grants=removed)


def remove_all(*, by: User, person: User) -> None:
    """For somebody who lost them all; at the next sign-in a new one is asked for where the role needs it."""
    with transaction.atomic():
        gone = take_away(Authenticator.objects.filter(user_id=person.pk))
        record(by, "removed all factors", person.username, grants=gone)
