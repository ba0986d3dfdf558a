"""Which files of what was brought are read, in which format, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from primacy.evidence.bringing.formats import formats
from primacy.evidence.bringing.unrecognised import unrecognised
from primacy.evidence.errors import BadInput, listed
from primacy.evidence.mapped.mapping import Mapping
from primacy.framework.saying import Said, Words, said
from primacy.places.files.files import Source, sources

Taken = tuple[Source, ModuleType, Said | None]


@dataclass(frozen=True)
class Chosen:
    wanted: list[Taken]  # with the reason why it is in that format; None where the person named it
    passed_over: list[Words]


def choose(paths: Sequence[Path], wanted: str | None, mapping: Mapping | None = None) -> Chosen:
    """Every file with its format, places first. Raises BadInput for a path of which nothing can be read."""
    if not paths:
        raise BadInput(said("evidence/no-file-given"), "", said("evidence/do.name-file"))
    if wanted is not None and wanted not in formats():
        raise BadInput(said("evidence/no-format", name=wanted), "", said("evidence/do.formats", names=tuple(formats())))
    found: list[Taken] = []
    passed_over: list[Words] = []
    for path in paths:
        here = list(sources(path))
        read = _told(here, wanted, mapping) if wanted else _recognised_among(here)
        if not read:
            raise unrecognised(path, here)
        found += read
        taken = {source for source, _, _ in read}
        passed_over += [_named(source) for source in here if source not in taken and not _is_design(source)]
    order = list(formats())
    found.sort(key=lambda each: order.index(each[1].FORMAT))
    return Chosen(found, passed_over)


def _is_design(source: Source) -> bool:
    """Whether a file belongs to the one beside it, which reads it."""
    return source.name.lower().endswith(".design.yaml")


def _named(source: Source) -> Words:
    return said("evidence/hidden-sheet-named", name=source.label) if source.hidden else source.label


def _recognised_among(here: Sequence[Source]) -> list[Taken]:
    found = [(source, *recognised(source)) for source in here if not source.hidden]
    return [(source, importer, why) for source, importer, why in found if importer is not None]


def _told(here: Sequence[Source], wanted: str, mapping: Mapping | None) -> list[Taken]:
    """What is read in a format that the person named: of a workbook the sheets that are in it, if any is."""
    importer = formats()[wanted]
    sheets = [source for source in here if source.sheet]
    if mapping and sheets:
        fitting = [source for source in sheets if importer.fits(source, mapping)]
        if mapping.table.sheet and not fitting:
            names = listed([source.sheet for source in sheets])
            raise BadInput(
                said("places/no-sheet", name=mapping.table.sheet),
                sheets[0].path.name,
                said("places/do.its-sheets", names=names),
            )
    else:
        fitting = [source for source in sheets if not source.hidden and _fits(importer, source)]
    visible = [source for source in sheets if not source.hidden]
    kept = set(fitting or visible[:1] or sheets[:1])
    return [(source, importer, None) for source in here if not source.sheet or source in kept]


def _fits(importer: ModuleType, source: Source) -> bool:
    if importer.FORMAT == "excel":
        return bool(importer.fits(source))
    return bool(importer.sniff(source, source.head()))


def recognised(source: Source) -> tuple[ModuleType | None, Said | None]:
    """The format that knows the file, and why it does; others that would fit are said."""
    head = source.head()
    fitting = [(importer, why) for importer in formats().values() if (why := importer.sniff(source, head))]
    if not fitting:
        return None, None
    importer, why = fitting[0]
    others = [each.FORMAT for each, _ in fitting[1:]]
    return importer, said("evidence/could-also-be", why=why, names=listed(others)) if others else why
