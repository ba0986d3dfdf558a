"""Deeds on many records, tables brought in, saved views: what is done, what is left alone, and how it is undone."""

import csv
import io
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from primacy.access.models import AuditEntry
from primacy.access.posts import Share
from primacy.jobs.services import enqueue
from primacy.places.errors import BadInput
from primacy.records import queries, services
from primacy.records.forms import filled
from primacy.records.models import Bulk, FirstView, Sheet, Version
from primacy.records.models.beside import Tag, Tagged
from primacy.records.queries import importing as reading
from primacy.records.queries.exporting import export
from primacy.records.queries.views import first_view, views
from primacy.records.reading import of_dict
from primacy.records.services import bulk, importing, tags
from primacy.records.services import views as saving
from primacy.records.services.exporting import notice
from primacy.records.showing import Asked
from primacy.records.tables import Column, Row, csv_pieces, write_workbook
from primacy.records.tasks import clear_exports
from primacy.records.tests.written import DAY, PUBLISHED, in_post

pytestmark = pytest.mark.django_db
QUIET = lambda *_: None  # noqa: E731


@pytest.fixture
def contacts(tmp_path, monkeypatch):
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    return queries.record_types()["contact"]


@pytest.fixture
def polly():
    return in_post("polly", "political-affairs")


def write(by, contacts, **values):
    return services.create(by=by, type_=contacts, values={**PUBLISHED, **values})


def looked(by, contacts, action, records):
    return bulk.look(by=by, type_=contacts, action=action, ids=[each.pk for each in records], asked=Asked())


# ---- deeds on many


def test_many_are_archived_each_with_its_version_and_entry_and_brought_back(contacts, polly) -> None:
    records = [write(polly, contacts, subject=f"talk {n}") for n in range(3)]
    made = looked(polly, contacts, "archive", records)
    assert len(made.targets) == 3
    assert queries.listed(viewer=polly, type_=contacts, asked=Asked()).count() == 3, "looking changes nothing"
    services.change(by=polly, type_=contacts, id=records[0].pk, version=1, values={"subject": "changed meanwhile"})
    bulk.do(by=polly, type_=contacts, bulk=made, given={"because": "test"}, progress=QUIET)
    assert made.failed == [str(records[0].pk)]
    assert len(made.done) == 2
    assert queries.listed(viewer=polly, type_=contacts, asked=Asked()).count() == 1
    assert AuditEntry.objects.filter(deed="archived a record").count() == 2
    services.archive(by=polly, type_=contacts, id=records[1].pk, version=2, because="somebody else")
    bulk.undo(by=polly, type_=contacts, bulk=made, progress=QUIET)
    assert made.failed == [str(records[1].pk)], "what was changed since is left alone"
    assert queries.listed(viewer=polly, type_=contacts, asked=Asked()).count() == 3
    assert Version.objects.filter(record=records[2].pk).count() == 3


def test_confidentiality_is_changed_and_each_gets_its_own_back(contacts, polly) -> None:
    records = [write(polly, contacts, confidentiality=level) for level in (0, 1, 2)]
    made = looked(polly, contacts, "level", records)
    bulk.do(by=polly, type_=contacts, bulk=made, given={"level": 3}, progress=QUIET)
    assert {each.confidentiality for each in contacts.model.objects.all()} == {3}
    bulk.undo(by=polly, type_=contacts, bulk=made, progress=QUIET)
    assert sorted(each.confidentiality for each in contacts.model.objects.all()) == [0, 1, 2]


def test_many_are_shown_to_one_person_and_no_longer(contacts, polly) -> None:
    plan, records = in_post("plan", "planning"), [write(polly, contacts, confidentiality=3) for _ in range(2)]
    made = looked(polly, contacts, "share", records)
    until = timezone.localdate() + timedelta(days=3)
    given = {"to": plan.pk, "until": until.isoformat(), "because": "the meeting"}
    bulk.do(by=polly, type_=contacts, bulk=made, given=given, progress=QUIET)
    assert queries.listed(viewer=plan, type_=contacts, asked=Asked()).count() == 2
    bulk.undo(by=polly, type_=contacts, bulk=made, progress=QUIET)
    assert queries.listed(viewer=plan, type_=contacts, asked=Asked()).count() == 0
    assert not Share.objects.filter(ended=None).exists()


def test_many_are_tagged_and_what_had_the_tag_before_keeps_it(contacts, polly) -> None:
    records = [write(polly, contacts, subject=f"talk {n}") for n in range(4)]
    named = lambda each: [on.tag.name for on in Tagged.objects.filter(record=each.pk)]  # noqa: E731
    tags.tag_record(by=polly, type_=contacts, id=records[0].pk, name="Road to peace")
    for n in range(tags.MOST):
        tags.tag_record(by=polly, type_=contacts, id=records[1].pk, name=f"word {n}")
    made = looked(polly, contacts, "tag", records)
    bulk.do(by=polly, type_=contacts, bulk=made, given={"tag": "road  to PEACE"}, progress=QUIET)
    assert made.failed == [str(records[1].pk)], "a record has twenty tags at most"
    assert [named(each) for each in records if each is not records[1]] == [["Road to peace"]] * 3
    services.change(by=polly, type_=contacts, id=records[3].pk, version=1, values={"subject": "another subject"})
    tags.untag_record(by=polly, type_=contacts, id=records[2].pk, tag=Tag.objects.get(folded="road to peace").pk)
    bulk.undo(by=polly, type_=contacts, bulk=made, progress=QUIET)
    assert (named(records[0]), named(records[2]), named(records[3])) == (["Road to peace"], [], [])
    assert made.failed == []
    assert contacts.model.objects.get(pk=records[3].pk).subject == "another subject"


def test_what_may_not_be_done_is_told_before(contacts, polly) -> None:
    lia = in_post("lia", "community-liaison")
    own, other = write(lia, contacts), write(polly, contacts, confidentiality=0)
    made = looked(lia, contacts, "archive", [own, other])
    assert ([id for id, _version in made.targets], made.refused) == ([str(own.pk)], [str(other.pk)])


def test_a_second_click_does_nothing_more(contacts, polly, tmp_path) -> None:
    one, plan = write(polly, contacts), in_post("plan", "planning")
    given = {"to": plan.pk, "until": timezone.localdate().isoformat(), "because": "x"}
    made = looked(polly, contacts, "share", [one])
    sheet = brought(polly, contacts, tmp_path, "Day,Place,With whom,How,Subject\n2026-06-20,OST,media,call,new\n")
    assert look(polly, contacts, sheet) == [(2, "new")]
    for _click in range(2):
        bulk.do(by=polly, type_=contacts, bulk=made, given=given, progress=QUIET)
        importing.import_lines(by=polly, type_=contacts, sheet=sheet, chosen=None, progress=QUIET)
    assert Share.objects.count() == 1
    assert contacts.model.objects.count() == 2


def test_a_job_that_is_begun_again_goes_on_where_it_was(contacts, polly, monkeypatch) -> None:
    """Its worker fell silent after the first ones: nothing is done twice, nothing is left out, and undoing goes on too."""
    monkeypatch.setattr(bulk, "TOGETHER", 1)
    records, plan = [write(polly, contacts, subject=f"talk {n}") for n in range(3)], in_post("plan", "planning")
    given = {"to": plan.pk, "until": timezone.localdate().isoformat(), "because": "x"}
    made = looked(polly, contacts, "share", records)

    def falls_silent(*_) -> None:
        raise KeyboardInterrupt

    for deed, more in ((bulk.do, {"given": given}), (bulk.undo, {})):
        with pytest.raises(KeyboardInterrupt):
            deed(by=polly, type_=contacts, bulk=made, progress=falls_silent, job="one", **more)
        deed(by=polly, type_=contacts, bulk=made, progress=QUIET, job="another", **more)
        made.refresh_from_db()
        assert len(made.done) in (1, 2), "another click does nothing"
        deed(by=polly, type_=contacts, bulk=made, progress=QUIET, job="one", **more)
        assert (Share.objects.count(), made.failed) == (3, [])
    assert not Share.objects.filter(ended=None).exists()


# ---- tables


def brought(by, contacts, folder: Path, text: str | bytes, name: str = "t.csv"):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return importing.receive(by=by, type_=contacts, name=name, path=path)


def look(by, contacts, sheet):
    importing.look(by=by, type_=contacts, sheet=sheet, progress=QUIET)
    return [(each["line"], each["what"]) for each in sheet.checked]


TABLE = """Jour;With whom;How;Subject;Confidentialité;Own reference
2026-06-03;unions;call;the roll;Internal;A1
2026-06-04;media;telegram;the calendar;1;A2
2026-06-05;unions;meeting;write to a.b@example.org;1;A3
2026-06-03;unions;call;the roll;1;A4
"""


def test_a_table_becomes_records_by_the_rules_of_the_form_and_the_same_again_changes_them(
    contacts, polly, tmp_path
) -> None:
    sheet = brought(polly, contacts, tmp_path, TABLE.replace("Jour;", "Area;Jour;").replace("\n2026", "\nOST;2026"))
    assert sheet.means == ["area", "day", "counterpart", "way", "subject", "confidentiality", "reference"]
    assert look(polly, contacts, sheet) == [(2, "new"), (3, "wrong"), (4, "wrong"), (5, "new")]
    assert sheet.checked[1]["faults"][0][0] == "How"
    assert sheet.checked[2]["faults"][0][0] == "Subject"
    assert sheet.checked[3]["twice"] == 2
    importing.import_lines(by=polly, type_=contacts, sheet=sheet, chosen=None, progress=QUIET)
    assert (sheet.result["created"], sheet.result["changed"]) == (1, 0)
    assert [line for line, _cells in sheet.lines] == [3, 4, 5], "what was not taken stays, to be corrected"
    assert AuditEntry.objects.get(deed="imported records").detail == {"created": 1, "changed": 0, "left": 3}
    again = brought(polly, contacts, tmp_path, "Own reference,Subject\nA1,the roll of voters\n")
    assert look(polly, contacts, again) == [(2, "change")]
    importing.import_lines(by=polly, type_=contacts, sheet=again, chosen=[2], progress=QUIET)
    (record,) = contacts.model.objects.all()
    assert (record.subject, record.version, record.way) == ("the roll of voters", 2, "call")


LINES = "Area;Day;With whom;How;Subject\n" + "".join(f"OST;2026-0{n}-03;unions;call;meeting {n}\n" for n in range(1, 7))


@pytest.mark.parametrize("chosen", [None, [2, 3, 4, 6]], ids=["all that are right", "those that were marked"])
def test_what_a_worker_left_that_was_killed_is_finished_and_nothing_is_there_twice(
    contacts, polly, tmp_path, chosen
) -> None:
    sheet = brought(polly, contacts, tmp_path, LINES)
    look(polly, contacts, sheet)
    taken = [of_dict(each) for each in importing._claimed(sheet)][:2]
    importing._make(polly, importing._table(polly, contacts, sheet), sheet, taken)  # and here it is killed
    once_more = Sheet.objects.get(pk=sheet.pk)
    importing.import_lines(by=polly, type_=contacts, sheet=once_more, chosen=chosen, progress=QUIET, again=True)
    made = sorted(each.subject for each in contacts.model.objects.all())
    lines = range(2, 8) if chosen is None else chosen
    assert made == [f"meeting {line - 1}" for line in lines]
    assert AuditEntry.objects.get(deed="imported records").detail["created"] == len(lines)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_brought_back_changes_what_was_changed_in_it_and_nothing_else(
    contacts, polly, tmp_path, ending
) -> None:
    one = write(polly, contacts, subject="=1+1", note="two\nlines", asked_by_counterpart=True)
    write(polly, contacts, subject="other", day=DAY - timedelta(days=9))
    found = export(viewer=polly, type_=contacts, asked=Asked())
    rows, said = list(found.rows), notice(contacts, found)
    if ending == "csv":
        content = "".join(csv_pieces(found.columns, rows, said)).replace("other", "another").encode()
    else:
        target = io.BytesIO()
        write_workbook(target, found.columns, rows, said)
        book = load_workbook(target)
        for cell in (cell for row in book.active.iter_rows() for cell in row if cell.value == "other"):
            cell.value = "another"
        target = io.BytesIO()
        book.save(target)
        content = target.getvalue()
    sheet = brought(polly, contacts, tmp_path, content, f"t.{ending}")
    what = dict(look(polly, contacts, sheet))
    assert sorted(what.values()) == ["change", "same"], sheet.checked
    importing.import_lines(by=polly, type_=contacts, sheet=sheet, chosen=None, progress=QUIET)
    one.refresh_from_db()
    assert (one.version, one.subject) == (1, "=1+1")
    assert {each.subject for each in contacts.model.objects.all()} == {"=1+1", "another"}


def test_a_table_made_before_somebody_changed_the_record_changes_nothing(contacts, polly, tmp_path) -> None:
    one = write(polly, contacts)
    sheet = brought(polly, contacts, tmp_path, f"ID,Version,Subject\n{one.pk},1,mine\n")
    assert look(polly, contacts, sheet) == [(2, "change")]
    services.change(by=polly, type_=contacts, id=one.pk, version=1, values={"subject": "theirs"})
    importing.import_lines(by=polly, type_=contacts, sheet=sheet, chosen=None, progress=QUIET)
    one.refresh_from_db()
    assert one.subject == "theirs"
    assert sheet.checked[0]["what"] == "wrong"


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.xlsx", b"PK\x03\x04 no workbook"), ("t.csv", b""), ("t.csv", b"a,a\n1,2\n"), ("t.csv", "Day\n" + "2026-06-03\n" * 5001)],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(contacts, polly, tmp_path, name, content) -> None:
    with pytest.raises(BadInput):
        brought(polly, contacts, tmp_path, content, name)


def test_a_filled_in_form_is_what_somebody_typed_over_what_was_there(contacts, polly) -> None:
    one = write(polly, contacts)
    form = filled(contacts, polly, one, {"subject": "typed"})
    assert form.is_valid(), form.errors
    assert not [name for name, value in form.values.items() if name != "subject" and getattr(one, name) != value]


def test_the_empty_table_names_every_field_and_is_understood(contacts, polly, client) -> None:
    client.force_login(polly)
    text = client.get("/records/contact/template.csv").content.decode()
    heading = next(csv.reader([text.splitlines()[-1]]))
    assert reading.guess(contacts, heading) == [each.name for each in queries.fields_of(contacts)]


# ---- saved views


def test_a_view_is_saved_begun_with_removed_and_brought_back(contacts, polly) -> None:
    kept = saving.save_view(by=polly, type_=contacts, name="calls", asked="way=call")
    saving.begin_with(by=polly, type_=contacts, number=kept.pk)
    assert first_view(viewer=polly, type_=contacts).address == f"way=call&view={kept.pk}"
    saving.remove_view(by=polly, type_=contacts, number=kept.pk)
    assert first_view(viewer=polly, type_=contacts) is None
    assert views(viewer=polly, type_=contacts) == []
    saving.bring_view_back(by=polly, type_=contacts, number=kept.pk)
    assert [each.name for each in views(viewer=polly, type_=contacts)] == ["calls"]
    saving.begin_with(by=polly, type_=contacts, number=None)
    assert not FirstView.objects.exists()
    assert [each.deed for each in AuditEntry.objects.all()] == ["saved a view", "removed a view", "brought a view back"]


def test_an_export_goes_on_while_others_save(tmp_path):
    """With the database in a file: a question that stays open would lock it for the progress of the export itself."""
    (tmp_path / "mission.yaml").write_text("country: OST\n")
    environment = {name: each for name, each in os.environ.items() if not name.startswith("PRIMACY_")}
    environment |= {"PRIMACY_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "primacy.web.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "primacy.records.tests.written_beside"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "5\n", done.stderr


def test_a_workbook_that_is_cut_off_leaves_its_rows_beside_it_and_nowhere_else(tmp_path, monkeypatch):
    """Where they go with the exports that are older than a day; the machine's own folder is swept by nobody."""
    (tmp_path / "machine").mkdir()
    (tmp_path / "exports").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "machine"))
    target, seen = tmp_path / "exports" / "contact.xlsx", []

    def rows():
        for number in range(2):
            seen.append(sorted(path.name for path in tmp_path.rglob("*") if path.is_file()))
            yield Row([f"words {number}"], [number])

    write_workbook(target, [Column("words", "Words")], rows(), ["notice"])
    assert seen == [["contact.rows"]] * 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["contact.xlsx"]
    assert load_workbook(target).active["A3"].value == "words 0"


def test_files_of_exports_that_are_older_than_a_day_go_though_nobody_exports(tmp_path, monkeypatch):
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    for name, hours in (("old", 25), ("new", 23)):
        folder = tmp_path / "exports" / name
        folder.mkdir(parents=True)
        (folder / "contact.rows").touch()
        then = (timezone.now() - timedelta(hours=hours)).timestamp()
        os.utime(folder, (then, then))
    job = enqueue(clear_exports, kind="recurring", by=None)
    clear_exports.func(job_id=str(job.pk))
    assert [path.name for path in (tmp_path / "exports").iterdir()] == ["new"]


# ---- filters that are none

WRONG = ["area=NOPE", "first=xx", "state=zzz", "counterpart=zzz"]


@pytest.mark.parametrize("asked", WRONG)
def test_a_filter_that_is_none_is_said_and_nothing_more_is_handed_out_for_it(client, contacts, polly, asked) -> None:
    write(polly, contacts, subject="the talks")
    client.force_login(polly)
    assert "Not understood and left out" in client.get(f"/records/contact/?{asked}").content.decode()
    refused = client.get(f"/records/contact/export.csv?{asked}")
    assert refused.status_code == 302
    assert not AuditEntry.objects.filter(deed__startswith="exported").exists()
    assert "Not understood and left out" in client.get(refused["Location"]).content.decode()
    told = client.post("/records/contact/bulk/", {"asked": asked, "all": "1", "action": "archive"}, follow=True)
    assert told.status_code == 200
    assert "Not understood and left out" in told.content.decode()
    assert not Bulk.objects.exists()
