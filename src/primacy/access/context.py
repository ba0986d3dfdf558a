"""What templates may ask about the reader."""

from django.http import HttpRequest

from primacy.access.requiring import may
from primacy.access.rights import table


def rights(request: HttpRequest) -> dict[str, frozenset[str]]:
    """`allowed`: the deeds of this reader, so that a page offers nothing it would refuse."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"allowed": frozenset()}
    return {"allowed": frozenset(deed for deed in table().deeds if may(person, deed))}
