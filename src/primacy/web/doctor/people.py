"""Can somebody administer, and does everybody have a password of their own, and a second factor where it is due?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.access.entering import needs_second
from primacy.access.factors import has_second
from primacy.access.queries import who_can_sign_in
from primacy.access.requiring import may
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = True
WHERE = "people"
FEW = 2


def check(instance: Instance) -> Iterator[Ailment]:
    """Nobody to administer, one alone, roles without the second factor that they need, and passwords of the first day
    that were never changed."""
    people = who_can_sign_in()
    administrators = sum(each.role == "administrator" for each in people)
    if not administrators:
        remedy = _("`primacy administrator` says where one is made")
        yield Ailment(_("nobody can administer"), WHERE, remedy, grave=bool(people) and not instance.is_exercise)
    elif administrators < FEW:
        yield Ailment(
            _("one person alone can administer"), WHERE, _("Add a second one: people rotate, and fall ill"), grave=False
        )
    if sum(may(each, "access.vouch") for each in people) == FEW and administrators:
        what = _("two people alone can agree to a post, a role or a new password: while one is away, nobody gets any")
        yield Ailment(
            what, WHERE, _("Give a third one of the leadership, or a third administrator, a sign-in"), grave=False
        )
    if bare := sum(needs_second(each) and not has_second(each) for each in people):
        what = ngettext(
            "%(n)d person has no second factor, and the role needs one",
            "%(n)d people have no second factor, and their roles need one", bare,
        )  # fmt: skip
        yield Ailment(what % {"n": bare}, WHERE, _("They are asked for it at the next sign-in"), grave=False)
    if idle := sum(each.one_time_password for each in people):
        what = ngettext(
            "%(n)d person never changed the first password", "%(n)d people never changed the first password", idle
        )
        yield Ailment(what % {"n": idle}, WHERE, _("Switch off whoever does not come"), grave=False)
