"""What an importer is: a module with FORMAT, ABOUT, sniff() and read(), found by a folder scan.

FORMAT               the name on the command line
ABOUT                one line for `primacy import --list`
sniff(source, head)  why this file is mine, as it is said; None if it is not. `head`: how it begins, unpacked, in UTF-8
read(source, task)   a Reading: what the source is, and its rows in batches
GENERAL              true of a format that fits many files: one that is made for a source goes before it
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Mapping as ByName
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, ModuleType

import pyarrow as pa

from primacy.evidence.bringing.locating import Locator
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.store.datasets import Coverage
from primacy.framework.grammar import SourceType
from primacy.framework.saying import Said, Words
from primacy.places.areas import Areas
from primacy.places.files.faults import Faults
from primacy.register import members

AreasOf = Callable[[str], ByName[str, frozenset[str]]]
Progress = Callable[[float, Words], None]  # share done (0 to 1), what is being done
LAST_DAY = date(2199, 12, 31)


@dataclass(frozen=True)
class Task:
    """What the person who imports wants, and what the instance knows."""

    areas: Areas
    country: str = ""  # ISO alpha-3; empty: every country in the file
    today: date = LAST_DAY
    areas_of: AreasOf = lambda prefix: {}  # areas of the items that begin so, from what was imported before
    mapping: Mapping | None = None  # given by the person
    signs: Callable[[], Collection[str]] | None = None  # of the effective framework; None: it is not at hand


@dataclass
class Records:
    """The rows are records with their own numbers: they update what is there instead of replacing it.

    complete   whether a record that is absent was taken back
    refused    records with a fault: they are there, though nothing of them was read
    set_aside  records that come as what does not count, such as cancelled: what was read of them before is taken back
    """

    complete: bool
    refused: set[str] = field(default_factory=set)
    set_aside: set[str] = field(default_factory=set)


@dataclass
class Reading:
    """One file being read. The first block is known at once; the second is complete when `batches` is exhausted."""

    lineage: str
    producer: str
    source_type: SourceType
    licence: str
    citation: str
    known: datetime | None  # when this release was published, if the data sheet says
    batches: Iterator[pa.Table]
    locator: Locator
    official_for: Sequence[str] = ()
    closed: bool = False  # its licence forbids to pass its rows on
    own_ids: bool = False  # the source gives its items ids that last: a newer release tells each of them anew
    share: Callable[[], float] = lambda: 0.0  # how much of the file was read, 0 to 1
    records: Records | None = None
    by_line: bool = False  # whether lines say when they were entered

    coverage: list[Coverage] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)  # of the lines that were left out
    notes: list[Said] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)  # ISO alpha-3 of all in the file, also those not wanted
    not_wanted: int = 0  # lines of other countries
    lines: int = 0  # lines that became rows, where a row sums up many of them
    not_filled: int = 0  # lines without a value: templates that nobody filled in


@cache
def formats() -> ByName[str, ModuleType]:
    """Every importer by its format: places first, so that a folder with boundaries and events works in one go."""
    import primacy.evidence.importers as evidence_importers
    import primacy.places.importers as place_importers

    agreed = ("FORMAT", "ABOUT", "sniff", "read")
    of_places = members(place_importers, names=agreed, key="FORMAT")
    of_evidence = members(evidence_importers, names=agreed, key="FORMAT")
    ordered = sorted(of_evidence.items(), key=lambda each: getattr(each[1], "GENERAL", False))
    return MappingProxyType({**of_places, **dict(ordered)})
