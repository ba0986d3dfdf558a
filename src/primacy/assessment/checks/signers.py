"""Who can sign: a component of the mission, or a role of the site. Names of persons are not asked for."""

import re
from collections.abc import Iterator
from datetime import date

from primacy.access.rights import table
from primacy.assessment.checks.naming import SHOW_LIST, use_one_of
from primacy.framework import Framework, Problem
from primacy.framework.names import bare
from primacy.framework.overlay import SIGNATURE
from primacy.framework.saying import Said, said

APART = re.compile(r"[:,/(]")  # what stands after is who of them: `planning (deputy)`


def known_signer(framework: Framework, name: str) -> bool:
    """Whether a name is that of a component, by id or by title, or of a role of the site."""
    titles = (each.title for each in framework.components.values())
    return bare(APART.split(name)[0]) in {bare(each) for each in (*framework.components, *titles, *table().roles)}


def use_a_signer(framework: Framework, name: str) -> Said:
    """The remedy where nobody is known under a name."""
    return use_one_of([*framework.components, *table().roles], name, SHOW_LIST)


def signature_faults(framework: Framework, today: date | None) -> Iterator[Problem]:
    """Signatures of nobody who is known, and of a day that has not come."""
    signatures = {each.file: each.signature for each in framework.changes if each.signature is not None}
    for file, signed in signatures.items():
        for place, name in enumerate(signed.by):
            if not known_signer(framework, name):
                fault = said("no-signer", name=name)
                yield Problem(file, f"{SIGNATURE}.by.{place}", fault, use_a_signer(framework, name))
        if today is not None and signed.on > today:
            fault = said("signed-ahead", day=signed.on)
            yield Problem(file, f"{SIGNATURE}.on", fault, said("do.day-of-signing"))
