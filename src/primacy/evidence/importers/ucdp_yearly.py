"""UCDP's yearly data sets beside the events: by country, conflict, dyad, actor and agreement, as CSV.

Data sheet
    Producer     Uppsala Conflict Data Program (UCDP), Uppsala University; the conflicts with PRIO, Oslo
    Licence      CC BY 4.0
    Obtain       ucdp.uu.se, page of downloads: the CSV of the data set
    Tables       told apart by their columns (`_ucdp_violence.py`, `_ucdp_terminations.py`, `_ucdp_agreements.py`,
                 `_ucdp_actors.py`):
                 - organised violence by country and year (25.1): kind violence-total, deaths (best, low, high),
                   civilian deaths and dyads of each kind of violence, and of all of it. The numbers of sides, civilians
                   and unknown do not part low and high
                 - conflicts by year (UCDP/PRIO, 24.1) and dyads by year (19.1): violence-total, measure intensity,
                   1 from 25 deaths in battle, 2 from 1000
                 - conflict termination by dyad (3-2021): the same for its years, and kind conflict-end: the end of an
                   episode on its day, by how it ended
                 - peace agreements (1975-2011; 22.1): kind document, measures listed, signed, ended, and contains for
                   each provision: what the text has, never what was carried out
                 - actors (22.1): kind organisation, one for each country where the actor fought or was fought
                 - conflict issues (23.2): kind conflict-issue, 1 where a group raised an issue in a year
    A year       is a period: its figures are estimates of the year, dated from its first to its last day, and never
                 events of January
    Country      by Gleditsch-Ward number, of dyads by year by name; a conflict in several countries counts for each.
                 Issues have none: it is taken from conflicts or terminations that were imported before
    Coverage     partial: an agreement or conflict that is not listed did not reach the criteria of UCDP, which is not
                 zero violence. Countries' years without organised violence are rows with 0
    Lineage      one for each table: a newer release replaces the older one in the years and countries it covers
    Known        the release named in the column of the version or the file's name; for data sets whose day is not
                 documented the last day of the year, so that no back-test knows a release too early
    Doubts       the same fighting stands in several tables: never add them up. The version of the dyads by year that is
                 passed on without numbers tells dyads apart by the names of their sides
    Not used     names of persons: titles, signatories and comments of agreements; groups called after a person lose
                 that name (`_groups.py`). Aliases, alliances and splits of actors; the texts on ethnicity and religion
"""

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.importers import _ucdp_actors, _ucdp_agreements, _ucdp_terminations, _ucdp_violence
from primacy.evidence.importers._published import Publisher, read_shape, recognised
from primacy.evidence.importers.ucdp_ged import LICENCE, PRODUCER
from primacy.framework.saying import Said
from primacy.places.files.files import Source

FORMAT = "ucdp-yearly"
ABOUT = "UCDP's yearly tables, CSV: violence by country, conflicts, dyads, terminations, agreements, actors, issues"
CITATION = (
    "Davies, Pettersson and Öberg, Organized violence, Journal of Peace Research, the year's article; Gleditsch et al."
    " (2002), Armed Conflict 1946-2001, Journal of Peace Research 39(5); Högbladh (2011), Peace agreements 1975-2011;"
    " Kreutz (2010), How and when armed conflicts end, Journal of Peace Research 47(2)"
)
PUBLISHER = Publisher(PRODUCER, LICENCE, CITATION)
# Terminations before conflicts: they have more columns.
SHAPES = (*_ucdp_terminations.SHAPES, *_ucdp_agreements.SHAPES, *_ucdp_actors.SHAPES, *_ucdp_violence.SHAPES)


def sniff(source: Source, head: bytes) -> Said | None:
    return recognised(source, head, SHAPES)


def read(source: Source, task: Task) -> Reading:
    return read_shape(source, task, SHAPES, PUBLISHER)
