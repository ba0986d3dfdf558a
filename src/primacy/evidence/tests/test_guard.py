"""No table brings sexual violence by place, or a person, into the store: typed, mapped, HXL, workbook, JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import Summary, import_files
from primacy.evidence.errors import Refused
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

Write = Callable[[str, str], Path]
LOG = "Event ID,Event Date,Event Type,Admin 1,Admin 2,Perpetrator,Target,Killed,Injured,Description\n"


def stored(instance: Instance) -> list[dict[str, Any]]:
    store = Store(instance.evidence)
    return [row for each in store.versions() for batch in store.content(each.id) for row in batch.to_pylist()]


@pytest.fixture
def bring(write: Write, instance: Instance, boundaries_file: Path) -> Callable[..., Summary]:
    import_files([boundaries_file], instance=instance)

    def imported(name: str, text: str, **options: Any) -> Summary:
        return import_files([write(name, text)], instance=instance, **options)[-1]

    return imported


SECRET = ("rape", "viol ", "girl", "sexual", "crsv", "اغتصاب", "assault")
ONE_AND_TWO = [
    # what it shows, the file, one sound line among two that speak of it
    ("a shipped log, in types", "log.csv",
     LOG + "E-1,2024-05-01,Rape,West,District 1,armed group,girl of 14,0,1,x\n"
     "E-2,2024-05-03,Viol,West,District 1,armed group,civilians,0,0,x\nE-3,2024-05-03,Riot,West,District 1,,,0,0,x\n"),
    ("a shipped log, in a target and in a narrative that is not read", "log.csv",
     LOG + "E-1,2024-05-01,Attack on civilians,West,District 1,armed group,rape victims,0,1,x\n"
     "E-2,2024-05-03,Attack on civilians,West,District 1,,civilians,0,0,two women were raped\n"
     "E-3,2024-05-03,Riot,West,District 1,,,0,0,x\n"),
    ("a typed table, in category and note", "typed.csv",
     "kind,date,area,category,measure,value,note\nincident,2024-03-05,XX11,violence/one-sided/rape,events,1,\n"
     "violation,2024-03-05,XX11,breach,events,1,sexual assault\nincident,2024-03-05,XX11,violence/one-sided,events,1,\n"),
    ("HXL tags", "tags.csv",
     "Place,Date,Type\n#adm1+code,#date,#event+type\nXX1,2024-01-05,GBV\nXX1,2024-01-05,اغتصاب\nXX1,2024-01-06,attack\n"),
    ("an event whose country is its place", "typed.csv",
     "kind,date,category,measure,value\nincident,2024-03-05,crsv,events,1\nincident,2024-03-05,SGBV,events,1\n"
     "incident,2024-03-05,riot,events,1\n"),
    ("figures of services", "typed.csv",
     "kind,item,date,area,category,measure,value\nfigure,reached,2024-03-05,XX11,GBV,number,7\n"
     "figure,reached,2024-03-05,XX11,VBG,number,7\nfigure,reached,2024-03-05,XX11,health,number,7\n"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "text"), ONE_AND_TWO, ids=[each[0] for each in ONE_AND_TWO])
def test_what_speaks_of_sexual_violence_is_left_out_and_counted(
    bring: Callable[..., Summary], instance: Instance, shows: str, name: str, text: str
) -> None:
    summary = bring(name, text)
    assert "events of sexual violence left out: 2" in " ".join(map(str, summary.notes))
    assert len({row["item"] for row in stored(instance)}) == 1
    assert not [word for word in SECRET if word in str(stored(instance)).lower()]
    assert not summary.rejected  # a list of faults would tell where they were


def test_rows_of_json_are_kept_out_too(bring: Callable[..., Summary], instance: Instance, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "mapping: kobo\nkind: incident\ndate: when\nplace: {code: where}\nproducer: X\n"
        "measures: [{measure: events, always: 1}]\n"
    )
    rows = [{"when": "2024-05-01", "where": "XX11", "what": what} for what in ("attack", "Agression sexuelle")]
    summary = bring("kobo.json", json.dumps(rows), mapping=mapping)
    assert summary.items == 1
    assert "events of sexual violence left out: 1" in " ".join(map(str, summary.notes))


def test_a_file_of_nothing_else_is_refused_and_says_where_it_belongs(bring: Callable[..., Summary]) -> None:
    with pytest.raises(Refused, match=r"nothing but events of sexual violence.*adviser in charge"):
        bring("typed.csv", "kind,date,area,category,measure,value\nincident,2024-03-05,XX11,crsv,events,1\n")


def test_only_the_aggregate_of_the_adviser_carries_it_and_never_below_the_first_level(
    bring: Callable[..., Summary], instance: Instance
) -> None:
    head = "kind,item,date,area,category,measure,value\n"
    lines = [
        f"crsv-aggregate,{where or 'all'},2024-03-31,{where},crsv/access,improved,1\n" for where in ("", "XX1", "XX11")
    ]
    summary = bring("quarter.csv", head + "".join(lines))
    assert {row["level"] for row in stored(instance)} == {0, 1}
    assert (summary.rejected, "never for a finer place" in summary.first_rejected) == (1, True)


def test_laws_and_courses_may_speak_of_it(bring: Callable[..., Summary]) -> None:
    head = "kind,item,date,category,measure,value\n"
    summary = bring(
        "law.csv", head + "law,law on sexual violence,2024-03-31,,stage,adopted\ncourse,c1,2024-03-31,CRSV,started,1\n"
    )
    assert summary.rows == 2


# ---- persons


PERSONS = ["Jean Exemple", "M. Jean Exemple", "Ahmat Exemple", "Office of Mr Exemple", "Jean-Pierre Exemple (prefect)", "Capt. Exemple",
           "EXEMPLE Jean", "jean exemple", "Colonel Exemple", "+236 70 00 00 00", "السيد مثال", "محمد مثال", "a@example.org"]  # fmt: skip


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("column", ["Perpetrator", "Target"])
def test_a_log_that_names_a_person_loses_the_line_and_nothing_repeats_the_name(
    bring: Callable[..., Summary], instance: Instance, person: str, column: str
) -> None:
    sides = {"Perpetrator": "armed group", "Target": "civilians"}
    named = ",".join((sides | {column: person}).values())
    text = LOG + f"E-1,2024-05-01,Riot,West,,{named},0,0,x\nE-2,2024-05-01,Riot,West,,armed group,civilians,0,0,x\n"
    summary = bring("log.csv", text)
    assert {row["item"] for row in stored(instance)} == {"E-2"}
    told = f"{summary.as_dict()} {Path(summary.rejected_file).read_bytes()!r}"
    assert person not in told
    assert "no data point may have" in summary.first_rejected


@pytest.mark.parametrize("column", ["actor", "target", "source", "origin", "item", "note", "category"])
def test_a_typed_table_is_no_way_around(bring: Callable[..., Summary], instance: Instance, column: str) -> None:
    text = f"kind,date,area,measure,value,{column}\nincident,2024-05-01,XX11,events,1,Ahmat Exemple\nincident,2024-05-01,XX11,events,1,x\n"
    summary = bring("typed.csv", text)
    assert (summary.rejected, "Ahmat" in f"{stored(instance)} {summary.as_dict()}") == (1, False)


def test_what_only_looks_like_a_name_is_left_out_of_its_line_and_said(
    bring: Callable[..., Summary], instance: Instance
) -> None:
    text = "kind,date,area,measure,value,actor\nincident,2024-05-01,XX11,events,1,Zeld Quorn\nincident,2024-05-01,XX11,events,1,Boko Haram\n"
    summary = bring("typed.csv", text)
    assert sorted(row["actor"] for row in stored(instance)) == ["", "Boko Haram"]
    assert "lines of which the actor looks like the name of a person and was left out: 1" in " ".join(
        map(str, summary.notes)
    )
    assert "Quorn" not in str(summary.as_dict())


def test_somebody_may_vouch_for_a_column_of_groups(bring: Callable[..., Summary], instance: Instance) -> None:
    text = "# no persons: actor\nkind,date,area,measure,value,actor\nincident,2024-05-01,XX11,events,1,Zeld Quorn\n"
    summary = bring("typed.csv", text)
    assert [row["actor"] for row in stored(instance)] == ["Zeld Quorn"]
    assert "check that the column names groups alone" in " ".join(map(str, summary.notes))


def test_a_text_longer_than_people_write_is_refused_and_not_repeated(
    bring: Callable[..., Summary], instance: Instance
) -> None:
    head = "kind,item,measure,date,area,value,note\n"
    lines = [
        f"patrol-days,{'x' * 1001},days,2024-05-01,XX11,3,",
        f"patrol-days,a,days,2024-05-01,XX11,3,{'n' * 1001}",
        "patrol-days,b,days,2024-05-02,XX11,4,",
    ]
    with pytest.raises(Refused) as refused:
        bring("days.csv", head + "\n".join(lines[:1]) + "\n")
    assert "1001" in str(refused.value)
    assert "xxxx" not in str(refused.value)
    bring("days.csv", head + "\n".join([*lines[1:], *(lines[2].replace(",b,", f",c{n},") for n in range(30))]) + "\n")
    assert {row["item"] for row in stored(instance)} >= {"a", "b"}
