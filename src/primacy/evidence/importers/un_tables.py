"""Tables of the UN Peace and Security Data Hub on missions, and the vetoes of the Security Council; CSV.

Data sheet
    Producer     United Nations: departments of Political and Peacebuilding Affairs, of Peace Operations, of Operational
                 Support; the vetoes since 1946 also as a table by World Politics Data Lab
    Licence      fatalities CC BY-IGO as declared on the Humanitarian Data Exchange; the hub's other tables: terms of
                 the hub; the table of vetoes MIT
    Obtain       psdata.un.org or data.humdata.org: the CSV of a table
    Tables       told apart by their columns (`_un_missions.py`, `_un_vetoes.py`):
                 - fatalities of field missions since 1948: kind casualty, one row for each person who died, measure
                   deaths, by cause (casualty/malicious-act, /accident, /illness, ...), target what they were (military,
                   police, national-staff, ...), group their sex where it is given; the item names the mission
                 - uniformed people by contributing country and month: kind deployment, measure troops, by sex
                 - vetoes: kind veto, one row for each draft, actor those who voted against
    Never read   as incidents: one attack may have killed several people, and the same attack stands in event data too.
                 Illness and accidents are no violence
    Country      of the mission, if it had only one (`missions.yaml`); vetoes: the country in the subject
    Coverage     partial: missions in several countries are left out, and a cause may be still to be determined
    Lineage      one for each table
    Known        fatalities: the newest last_update of a row; else the time of import
    Not used     nationality of the dead, which with a day and a place may point at one person; symbols of meetings
    Without      data points of a country, and refused with that reason: the catalogue of the hub (JSON), which
                 describes its data sets; tables of the hub that no kind here fits (`un_hub.yaml`); the size of all
                 peacekeeping
"""

from functools import cache
from pathlib import Path

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.errors import NothingToImport
from primacy.evidence.importers import _un_missions, _un_vetoes
from primacy.evidence.importers._published import Publisher, Shape, read_shape, recognised
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.files.files import Source

FORMAT = "un-tables"
ABOUT = "UN Peace and Security Data Hub: fatalities, uniformed contributions; vetoes of the Security Council; CSV"
PUBLISHER = Publisher(
    "United Nations",
    "CC BY-IGO (fatalities); terms of the hub (other tables); MIT (vetoes by World Politics Data Lab)",
    "United Nations Peace and Security Data Hub; World Politics Data Lab, Vetoes in the Security Council",
)
OF_THE_CATALOGUE = (b'"Dataset ID"', b'"Column definitions"')
PEACEKEEPING = "Size of total peacekeeping force (United Nations Peacekeeping)"
NO_KIND = said("evidence/un.no-kind")


@cache
def _shapes() -> tuple[Shape, ...]:
    listed = read_yaml((Path(__file__).parent / "un_hub.yaml").read_bytes())
    others = (
        Shape(what=said("evidence/what.hub", name=name), needed=tuple(columns), nothing=NO_KIND)
        for name, columns in listed.items()
    )
    size = Shape(
        what=said("evidence/what.un-size"), needed=("Entity", "Year", PEACEKEEPING),
        nothing=said("evidence/un.whole-world"),
    )  # fmt: skip
    return (*_un_missions.SHAPES, *_un_vetoes.SHAPES, size, *others)


def sniff(source: Source, head: bytes) -> Said | None:
    if _is_catalogue(head):
        return said("evidence/un.catalogue-entries")
    return recognised(source, head, _shapes())


def read(source: Source, task: Task) -> Reading:
    if _is_catalogue(source.head()):
        raise NothingToImport(
            said("evidence/un.catalogue"),
            source.label, said("evidence/do.un-csv"),
        )  # fmt: skip
    return read_shape(source, task, _shapes(), PUBLISHER)


def _is_catalogue(head: bytes) -> bool:
    return head.lstrip().startswith(b"[") and all(each in head for each in OF_THE_CATALOGUE)
