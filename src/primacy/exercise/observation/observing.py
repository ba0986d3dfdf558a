"""From true things to the lines that producers write of them, batch by batch."""

from collections.abc import Iterable, Iterator

from primacy.exercise.ledger.made import Family
from primacy.exercise.observation.council import list_vetoes
from primacy.exercise.observation.foretelling import foretell
from primacy.exercise.observation.hearing import hear
from primacy.exercise.observation.looking import look
from primacy.exercise.observation.reporting import report
from primacy.exercise.observation.sheets import Batch
from primacy.exercise.observation.tolls import Tolls
from primacy.exercise.observation.watching import Watch
from primacy.exercise.observation.yearly import OF_YEARS, publish_years, tell_by_the_year
from primacy.exercise.world.simulating import History

ONE_BY_ONE = ("incident", "violation", "contact", "session")  # written down event by event; others as monthly totals
AT_ONCE = 250_000  # lines in memory, of all producers together


def observe(history: History, families: Iterable[Family]) -> Iterator[Batch]:
    """All lines of all producers, in no particular order of days."""
    watch, unrecorded, tolls = Watch(history), history.scenario.unrecorded, Tolls(history.months)
    for family in families:
        recorded = [made for made in family if made.kind not in unrecorded]
        if not recorded:
            continue
        tolls.add(recorded)
        if recorded[0].kind in ONE_BY_ONE:
            hear(recorded, watch)
        elif recorded[0].kind in OF_YEARS:
            tell_by_the_year(recorded, watch)
        else:
            look(recorded, watch)
        if len(watch.sheets) >= AT_ONCE:
            yield watch.take()
    report(history, watch.sheets)
    publish_years(tolls, watch)
    foretell(tolls, watch)
    list_vetoes(watch)
    yield watch.take()
