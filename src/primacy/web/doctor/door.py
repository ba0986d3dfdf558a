"""Is the door of the site as safe as it should be?"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = False
QUICK = True
WHERE = "PRIMACY_ALLOWED_HOSTS"
LOCAL = ("localhost", "127.0.0.1", "[::1]")
ON_HTTPS = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")


def check(instance: Instance) -> Iterator[Ailment]:
    """Told before it is open to others: names, HTTPS, and no pages for programmers."""
    public = [each for each in settings.ALLOWED_HOSTS if each not in LOCAL]
    if settings.DEBUG:
        yield Ailment(_("errors show the inside of the program"), "settings", _("DEBUG must be off"))
    if any(each == "*" or each.startswith(".") for each in public):
        yield Ailment(_("the site answers to every name"), WHERE, _("Name the one address under which people reach it"))
    if public and not all(getattr(settings, name) for name in ON_HTTPS):
        yield Ailment(
            _("sessions travel without HTTPS"),
            WHERE,
            _("Put the reverse proxy before it that docs/how-to/run-a-mission.md shows"),
        )
    if not public:
        remedy = _("That is right for one laptop. For a mission, put a reverse proxy before it and name it there")
        yield Ailment(_("the site answers on this machine alone"), WHERE, remedy, grave=False)
