"""People, and the trail of what they did: entries are added, never changed and never removed."""

from typing import NoReturn

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from primacy.access.grants import Kind


class User(AbstractUser):
    """Somebody who can sign in. The role is a key of `rights.yaml`."""

    role = models.CharField(max_length=32, default="reader")
    language = models.CharField(max_length=8, default="en")
    one_time_password = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)  # one of the invented people of an exercise

    class Meta:
        db_table = "access_user"
        ordering = ["username"]

    def check_password(self, raw_password: str | None) -> bool:
        """Without renewing an old hash by the way, as Django does: what lets somebody in changes with an entry in the
        trail or not at all (`services.renew_hash`)."""
        return check_password(raw_password, self.password)


class Unchangeable(Exception):
    """Somebody tried to change or remove an entry of the trail, or of what people signed."""

    def __init__(self) -> None:
        super().__init__("entries of the audit trail, and what people signed, are added, never changed or removed")


class _Entries(models.QuerySet["AuditEntry"]):
    def update(self, **_values: object) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable

    def bulk_create(self, *_args: object, **_named: object) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *_args: object, **_named: object) -> NoReturn:
        raise Unchangeable


class Kept(models.Model):
    """What is added, never changed and never removed."""

    class Meta:
        abstract = True

    def save(self, *_args: object, **_named: object) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(force_insert=True)

    def delete(self, *_args: object, **_named: object) -> NoReturn:
        raise Unchangeable


class AuditEntry(Kept):
    """One deed. `hash` covers every field and the hash before it, so the entries form one chain."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    deed = models.CharField(max_length=64)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)  # unique: the chain cannot fork
    hash = models.CharField(max_length=64, unique=True)

    objects = _Entries.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["deed", "at"], name="access_audit_deed_at"),
            models.Index(fields=["subject"], name="access_audit_subject"),
            models.Index(fields=["actor", "at"], name="access_audit_actor_at"),
        ]


class Token(models.Model):
    """What lets a person's own script ask in the person's name. Only a digest of it is kept.

    `purpose`: what it opens, and nothing else: the programming interface, or the calendar of the person.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=12, default="scripts")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created"]


from primacy.access import posts as posts  # noqa: E402 - Django finds its tables here
from primacy.access import sign_ins as sign_ins  # noqa: E402

LASTING = {"since": _("since when"), "until": _("until when"), "ended": _("whether it was ended")}
HOLDER = {"person": _("whose it is")}
GRANTS = (
    Kind(
        "access.User", _("sign-in"), "pk",
        {
            "username": _("the name"), "role": _("the role"), "is_active": _("whether it is switched on"),
            "is_staff": _("rights past the table of rights"), "is_superuser": _("rights past the table of rights"),
            "demonstration": _("whether it is invented"), "one_time_password": _("whether the password is for once"),
            "email": _("the e-mail address"), "password": _("the password"),
        },
        words=frozenset({"email", "password"}),
    ),
    Kind(
        "access.Post", _("post"), "person",
        {**HOLDER, "component": _("the component"), "heads": _("whether it heads it"), **LASTING},
    ),
    Kind("access.Member", _("membership of a group"), "person", {**HOLDER, "group": _("the group"), **LASTING}),
    Kind("access.Delegation", _("post handed on"), "to", {"to": _("whose it is"), "post": _("the post"), **LASTING}),
    Kind(
        "access.Share", _("share of a record"), "person",
        {**HOLDER, "reference": _("the record"), "by": _("who gave it"), **LASTING},
        words=frozenset({"reference"}),
    ),
    Kind(
        "access.Asked", _("question to a second person"), "person",
        {
            **HOLDER, "deed": _("what was asked"), "given": _("what was asked"), "by": _("who asked"),
            "decided": _("when it was decided"), "decided_by": _("who decided"), "agreed": _("what was decided"),
        },
        words=frozenset({"given"}),
    ),
    Kind(
        "access.Token", _("token"), "person",
        {
            **HOLDER, "purpose": _("what it opens"), "digest": _("the secret"), "expires": _("until when"),
            "withdrawn": _("whether it was ended"),
        },
        words=frozenset({"digest"}),
    ),
    Kind(
        "mfa.Authenticator", _("second factor"), "user",
        {"user": _("whose it is"), "type": _("the kind"), "data": _("the secret")},
        words=frozenset({"data"}), moving=frozenset({"last", "used_mask", "migrated_codes", "viewed_at"}),
    ),
    Kind(
        "socialaccount.SocialAccount", _("sign-in by the provider"), "user",
        {"user": _("whose it is"), "provider": _("the provider"), "uid": _("the provider’s own name")},
        words=frozenset({"uid"}),
    ),
)  # fmt: skip
"""What people hold that decides who they are and what they may, and what the trail says of it."""
