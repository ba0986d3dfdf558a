"""Counting what a person sees, up to a number that people still read as one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST_COUNTED = 10_000  # of a million records to count all takes longer than to show them


def counted(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many there are, and whether there may be more than were counted."""
    count = rows.order_by()[: MOST_COUNTED + 1].values("confidentiality").count()  # what an index has
    return min(count, MOST_COUNTED), count > MOST_COUNTED


class Pages(Paginator):
    """Pages of a list; what lies beyond so many is reached by narrowing the list."""

    @cached_property
    def counted(self) -> tuple[int, bool]:
        return counted(self.object_list)  # type: ignore[arg-type]  # lists of records are queries

    @cached_property
    def count(self) -> int:
        return self.counted[0]

    @property
    def more(self) -> bool:
        return self.counted[1]
