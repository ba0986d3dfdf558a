"""Is the evidence what was written, and can an assessment be made of it?"""

from collections.abc import Iterator

from django.utils.translation import get_language

from primacy.assessment.checks.rewritten import rewritten
from primacy.assessment.inputs import open_inputs
from primacy.assessment.packages.ed25519 import BadKey
from primacy.assessment.packages.package import last_of
from primacy.assessment.packages.signing import public_of
from primacy.evidence.doctor import Ailment, examine
from primacy.framework import read_mission
from primacy.framework.instance import Instance
from primacy.framework.problems import FrameworkError
from primacy.places.errors import BadInput

NEEDS_DATABASE = False
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """The store with its checksums, what else an assessment needs, and the key that signs."""
    yield from examine(instance.evidence)
    yield from _inputs(instance)
    try:
        public_of(instance.signing_key)
    except BadKey as error:
        yield Ailment(str(error), str(instance.signing_key), "Others know you by the key that they were given")


def _inputs(instance: Instance) -> Iterator[Ailment]:
    language = get_language() or "en"
    try:
        open_inputs(instance)
        if (last := last_of(instance.assessments)) is not None:
            for each in rewritten(instance.overlay, read_mission(instance.mission_file), last):
                what, remedy = each.fault.told(language), each.do.told(language)
                yield Ailment(f"{each.field} {what}", each.file, remedy[:1].upper() + remedy[1:])
    except FrameworkError as error:
        yield Ailment(
            error.problems[0].told(language), str(instance.overlay), "`primacy framework check` names every fault"
        )
    except BadInput as error:
        yield Ailment(error.what, str(error.where), error.remedy)
