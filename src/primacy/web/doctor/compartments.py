"""Is there a key for each compartment, outside the instance?"""

import os
from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.compartments import boxes, key_file
from primacy.compartments.places import place_of
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = False
QUICK = True


def check(instance: Instance) -> Iterator[Ailment]:
    """Nothing is opened for it."""
    try:
        place = place_of(instance, os.environ)
    except key_file.BadPlace as error:
        what = _("the keys of compartments lie beside what they open")
        yield Ailment(what, str(error.file), _("Bring it out of the instance folder"))
        return
    here = {each.stem for each in place.boxes.glob(f"*{boxes.ENDING}")} if place.boxes.is_dir() else set()
    try:
        keys = set(key_file.read(place.keys).boxes)
    except key_file.NoKeys:
        keys = set()
    if here - keys:
        what = _("there are compartments here that no key opens")
        yield Ailment(what, str(place.keys), _("Bring the medium with the keys, or a newer copy of it"))
