"""People, and the trail of what they did: entries are added, never changed and never removed."""

from typing import NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who can sign in. The role is a key of `rights.yaml`."""

    role = models.CharField(max_length=32, default="reader")
    language = models.CharField(max_length=8, default="en")
    one_time_password = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)  # one of the invented people of an exercise

    class Meta:
        db_table = "access_user"
        ordering = ["username"]


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
