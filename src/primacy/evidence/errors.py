"""The errors of this room: input that cannot be used, and a file that was refused as a whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from primacy.framework.saying import said
from primacy.places.errors import BadInput, listed, shortened

if TYPE_CHECKING:
    from primacy.evidence.bringing.summary import Summary

__all__ = ["BadInput", "NothingToImport", "Refused", "listed", "shortened"]


class NothingToImport(BadInput):
    """A sound file that holds no data point for this instance: among others it is passed over, alone it is refused."""


class Refused(BadInput):
    """A file of which nothing was stored.

    before     what the same run imported before it
    listed_in  the file with all of its faults, where they were written down
    """

    def __init__(self, error: BadInput, before: "Sequence[Summary]", listed_in: Path | None) -> None:
        remedy = error.remedy
        if before:
            remedy = said("evidence/do.imported-before", remedy=remedy, files=[each.file for each in before])
        super().__init__(error.what, error.where, remedy, error.faults)
        self.before, self.listed_in = tuple(before), listed_in
