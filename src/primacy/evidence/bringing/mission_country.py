"""The mission's country as imports need it: read from the mission file, or taken over from the first data."""

import re
from datetime import datetime

import yaml

from primacy.framework.instance import Instance
from primacy.framework.saying import said
from primacy.places.countries import iso3_of
from primacy.places.errors import BadInput

NOT_YET_SAID = "XXX"


def mission_country(instance: Instance) -> str:
    """ISO alpha-3 of the mission's country; empty where there is no mission file or it does not say yet."""
    if not instance.mission_file.is_file():
        return ""
    try:
        content = yaml.load(instance.mission_file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(
            said("evidence/yaml.unreadable"), instance.mission_file.name, said("evidence/do.correct-mission")
        ) from error
    written = content.get("country") if isinstance(content, dict) else None
    return iso3_of(str(written)) if written and str(written) != NOT_YET_SAID else ""


def adopt_country(instance: Instance, country: str) -> bool:
    """Write the country of the first data into a mission file that names none yet; whether it was written."""
    if not country or not instance.mission_file.is_file():
        return False
    before = instance.mission_file.read_text("utf-8")
    after = re.sub(rf"(?m)^country:[ \t]*{NOT_YET_SAID}\b", f"country: {country}", before, count=1)
    if after == before:
        return False
    partial = instance.mission_file.with_suffix(f".{datetime.now().astimezone():%f}")
    partial.write_text(after, "utf-8")
    partial.replace(instance.mission_file)
    return True
