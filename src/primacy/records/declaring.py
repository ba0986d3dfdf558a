"""What a room says of a type of record; everything else follows. Found as `TYPES` in the `forms.py` of each room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from primacy.records.telling import Told

OF_THE_PLACE = ("day", "area")


@dataclass(frozen=True)
class RecordType:
    """One type of record.

    key         as in `access/rights.yaml` and in addresses
    model       its table, a `Record` or a `PlacedRecord`
    form        the form that writes it, a `RecordForm`
    one, many   what it is called
    about       one sentence for the top of its list: what belongs here, and what never does
    open        fields that whoever sees the record is shown; `day` and `area` are shown coarsened. All other fields are
                for those who may see details: one that is forgotten here is hidden, not shown
    listed      open fields that are columns of the list
    filters     open fields with choices by which the list is narrowed
    title       the field that names a record on pages for those with details
    title_open  the open field that names it for the others
    same        fields by which two records of one thing are recognised; days up to one apart count as the same
    coming      date fields that may be days to come: they stand in the calendar of who sees the details
    dates_other by how many days two of them may lie apart
    facts       the frozen dataclass that evidence is made from: fields of the table by their names
    points      from that dataclass to data points; pure, in `evidence.py` of the room. None: it is no evidence
    """

    key: str
    model: Any
    form: Any
    one: Any
    many: Any
    about: Any
    open: tuple[str, ...]
    listed: tuple[str, ...]
    title: str
    title_open: str
    same: tuple[str, ...]
    filters: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    facts: type | None = None
    points: Callable[[Any], Sequence[Told]] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that people write, in the order of the form, without confidentiality and group."""
        return tuple(name for name in self.form.Meta.fields if name not in ("confidentiality", "group"))

    @property
    def placed(self) -> bool:
        return set(OF_THE_PLACE) <= set(self.fields)

    @property
    def hidden(self) -> frozenset[str]:
        """Fields of which only those learn anything who may see details."""
        return frozenset(self.fields) - {*self.open, *OF_THE_PLACE}
