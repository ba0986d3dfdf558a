"""Tables: who is signed in where, and the code with which an administrator is made.

A session is a row of Django's own kind with what its owner may see of it beside; ending it is removing the row.
"""

from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

BEGUN, HOW, ADDRESS, BROWSER, SEEN = "begun", "how", "address", "browser", "seen"
"""What a session keeps about its sign-in: seconds since 1970, a word of `entering.WAYS`, an address, a browser."""


class Session(AbstractBaseSession):
    """A visit; of somebody who signed in, once there is a `person`. `seen` is exact to a minute."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")
    begun = models.DateTimeField(null=True)
    seen = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "access_session"
        ordering = ["-seen"]

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's store in the database, with the columns above filled from what the session holds."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.begun = datetime.fromtimestamp(data[BEGUN], UTC) if BEGUN in data else None
        row.how, row.address, row.browser = (str(data.get(each, "")) for each in (HOW, ADDRESS, BROWSER))
        return row


class SetUp(models.Model):
    """The one code with which an administrator may be made. Only a digest is kept; it is removed by its use.

    `again`: there is an administrator who cannot come in any more; whoever stands at the terminal asked for this.
    """

    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    again = models.BooleanField(default=False)
