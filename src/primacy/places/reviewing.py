"""What people say that a written name means: read from a line of theirs, and told back in a language."""

from primacy.framework.saying import Said, said
from primacy.places.areas import Areas
from primacy.places.decisions import NONE
from primacy.places.editions_told import instead
from primacy.places.errors import BadInput
from primacy.places.names import plain

NONE_WAITS = said("places/review.none-waits")


def choice(text: str, areas: Areas) -> tuple[str, str]:
    """(name, P-code or `none`) of NAME=CODE; a name may hold = itself. Raises BadInput for what is neither."""
    written, equals, code = (part.strip() for part in text.rpartition("="))
    if not equals or not plain(written):
        raise BadInput(said("places/no-meaning", text=text), "", said("places/do.write-meaning"))
    if code.casefold() == NONE:
        return written, NONE
    if code not in areas:
        remedy = instead(code, areas) or said("places/do.candidates")
        raise BadInput(said("places/no-code-here", code=code), "", remedy)
    return written, code


def decision_told(written: str, code: str, areas: Areas, language: str) -> str:
    """What was decided, and from when on it counts."""
    meaning = said("places/review.no-area")
    if code in areas:
        meaning = said("places/review.area", area=areas.name(code, language), code=code)
    told: Said = said("places/review.decided", written=written, meaning=meaning)
    return told.told(language)
