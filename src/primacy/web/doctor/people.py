"""Can somebody administer, and does everybody have a password of their own?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.access.queries import who_can_sign_in
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = True
WHERE = "people"
FEW = 2


def check(instance: Instance) -> Iterator[Ailment]:
    """Nobody to administer, one alone, and passwords of the first day that were never changed."""
    people = who_can_sign_in()
    administrators = sum(each.role == "administrator" for each in people)
    if not administrators:
        yield Ailment(
            _("nobody can administer"), WHERE, _("`primacy init` makes an administrator where there is nobody")
        )
    elif administrators < FEW:
        yield Ailment(
            _("one person alone can administer"), WHERE, _("Add a second one: people rotate, and fall ill"), grave=False
        )
    if idle := sum(each.one_time_password for each in people):
        what = ngettext(
            "%(n)d person never changed the first password", "%(n)d people never changed the first password", idle
        )
        yield Ailment(what % {"n": idle}, WHERE, _("Switch off whoever does not come"), grave=False)
