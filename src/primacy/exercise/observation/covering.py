"""What a release covers: completely where its producer says so, else in part, and never a month that it does not tell.

A later release replaces what earlier ones said of the months that it covers. It tells all of its own months; what it
says late of earlier ones stands beside what was said before. Of effort no silence is told: somebody looks somewhere in
every month, so that an effort of which there is no line was not written down.
"""

from collections.abc import Collection, Iterator
from datetime import date

from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import Coverage
from primacy.exercise.country.geography import Country
from primacy.exercise.observation.producers import Producer

EVERY = ("*",)


def coverage(
    producer: Producer, kinds: Collection[str], days: tuple[date, date], country: Country, covered: tuple[date, date]
) -> Iterator[Coverage]:
    """One for each kind that its lines are of, or of which the producer says that its silence means nothing happened.

    `days`: the first and the last of its lines; `covered`: those of the release: what was before them is covered by
    nobody, what is foretold of later months by whoever foretells.
    """
    codes = [each.code for each in country.provinces] + [each.code for each in country.districts]
    areas = tuple(sorted(codes))
    start, last = max(covered[0], days[0]).replace(day=1), max(covered[1], days[1])
    told = dict.fromkeys(sorted(kinds))
    for written in producer.complete:
        kind, _, categories = written.partition(":")
        if KINDS[kind].nature == "effort" and kind not in kinds:
            continue
        told.pop(kind, None)
        named = tuple(each.strip() for each in categories.split(",")) if categories else None
        yield Coverage(
            kind=kind, categories=named, targets=EVERY, actors=EVERY, groups=EVERY, areas=areas, start=start, end=last,
            complete=True,
        )  # fmt: skip
    for kind in sorted(told):
        yield Coverage(
            kind=kind, targets=EVERY, actors=EVERY, groups=EVERY, areas=areas, start=start, end=last, complete=False
        )


def as_comment(each: Coverage, country: Country) -> str:
    """The same as a table says it above its lines."""
    provinces = ", ".join(province.code for province in country.provinces)
    how = "complete" if each.complete else "partial"
    categories = f"; {', '.join(each.categories)}" if each.categories else ""
    return f"coverage: {each.kind}; {provinces}; {each.start} to {each.end}; {how}{categories}"
