"""What to do about the faults of a file, said once for all lines that have the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from primacy.evidence.errors import listed
from primacy.framework.saying import Said, Words, said
from primacy.places.files.faults import Fault

REMEDIES: Mapping[str, Said] = {"evidence/code-like": said("evidence/do.other-edition")}
"""Reason -> what to do about it, where the reason itself does not say so."""


def parted(reason: Words) -> tuple[Words, Words]:
    """(what is wrong, what to do about it: empty where nothing is known but to correct it)."""
    if not isinstance(reason, Said):
        return reason, ""
    if reason.key == "evidence/in-cause":
        values = dict(reason.values)
        return values["what"], values["remedy"]
    return reason, REMEDIES.get(reason.key, "")


def bare(fault: Fault) -> Fault:
    """The fault without its remedy."""
    return fault._replace(reason=parted(fault.reason)[0])


def remedies(
    faults: Iterable[Fault], unit: str, closing: Words = "", *, as_told: Callable[[Words], Words] = lambda words: words
) -> list[Said]:
    """Each remedy with the lines (or whatever `unit` counts) that it is for; those that `closing` says already are left
    out. `as_told`: as it is said where it is read, on a page say."""
    found: dict[Words, list[str]] = {}
    closing = as_told(closing)
    for fault in faults:
        do = as_told(parted(fault.reason)[1])
        if do and not _says(closing, do):
            place = fault.value if unit == "file" else str(fault.line)
            found.setdefault(do, []).extend([place] if place else [])
    return [_on(do, unit, places) for do, places in found.items()]


def _on(do: Words, unit: str, places: Sequence[str]) -> Said:
    """A remedy with what it is for; alone where that has no name."""
    if isinstance(do, Said) and not places:
        return do
    return said(f"evidence/do-on-{unit}s", do=do, places=listed(places))


def _says(words: object, wanted: Words) -> bool:
    """Whether something is said, or said inside it."""
    inside = [value for _name, value in words.values] if isinstance(words, Said) else []
    return words == wanted or any(_says(each, wanted) for each in inside)
