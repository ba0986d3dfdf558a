"""PA-X Peace Agreements Database: agreements and what their texts contain, local agreements, signatories, actors; CSV.

Data sheet
    Producer     Peace Agreements Database (PA-X) and its actor data (PAA-X), PeaceRep, University of Edinburgh
    Licence      commonly cited as CC BY-NC-SA 4.0; not stated in the publisher's repositories: ask
                 pax.peaceagreements.org before anything is passed on
    Obtain       pax.peaceagreements.org, page of downloads: the CSV of all agreements, of local agreements, of actors
    Tables       told apart by their columns (`_pax_agreements.py`, `_pax_actors.py`):
                 - agreements with about 250 codes (v9): kind document, measures listed and signed; for each code a row
                   of measure wording, 0 to 3: how strong the words are, never how far they were carried out
                 - index of agreements: listed and signed
                 - local agreements (v8.1): the same at their place, and contains for prayer, grief, cattle and cover
                 - signatories (PAA-X 0.2): document, measure signed, one for each party or third party
                 - actors (PAA-X 0.2): kind organisation, measure listed
    Items        pa-x/NUMBER, pa-x/NUMBER/CODE, pa-x/NUMBER/signatory/NUMBER; the same agreement has one item in all
                 of them. The number leads to the text on pax.peaceagreements.org
    signed       1 where several parties signed or agreed, 0 for a document of one side, none where it is unclear
    Country      ISO codes of one or two countries, else Gleditsch-Ward numbers, else the name of the conflict
    Place        local agreements: a city or smaller place level 2, a region level 1, others the country
    Dates        agreements 31/12/2024; local agreements 2024-12-31; signatories by the day behind the agreement's name
    Coverage     partial: agreements that are not public are missing
    Lineage      one for each table
    Known        the day on which a named release stood in the publisher's public repository; else the time of import
    Doubts       a text signed by few is listed like one signed by all. The dates in PAA-X 0.2 have day and month
                 exchanged in the column Dat, and are not read from it
    Not used     names of persons: titles, parties and third parties as quoted, descriptions; groups called after a
                 person lose that name (`_groups.py`). Links; names in ACLED. The list of countries and the description
                 of the columns have no data points
"""

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.importers import _pax_actors, _pax_agreements
from primacy.evidence.importers._published import Publisher, read_shape, recognised
from primacy.framework.saying import Said
from primacy.places.files.files import Source

FORMAT = "pa-x"
ABOUT = "PA-X peace agreements and what their texts contain, local agreements, PAA-X signatories and actors, CSV"
PUBLISHER = Publisher(
    "PeaceRep, University of Edinburgh",
    "CC BY-NC-SA 4.0 as commonly cited; verify at pax.peaceagreements.org before passing anything on",
    "Bell and Badanjak (2019), Introducing PA-X, Journal of Peace Research 56(3)",
)
SHAPES = (*_pax_agreements.SHAPES, *_pax_actors.SHAPES)


def sniff(source: Source, head: bytes) -> Said | None:
    return recognised(source, head, SHAPES)


def read(source: Source, task: Task) -> Reading:
    return read_shape(source, task, SHAPES, PUBLISHER)
