"""A file given to the site becomes a data set, or an error in the words of its reader; the copy is always removed."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from primacy.access.models import AuditEntry, User
from primacy.evidence import services, tasks
from primacy.evidence.models import HeldFile
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.jobs import queries
from primacy.jobs.models import Job

pytestmark = pytest.mark.django_db
GOOD = b"kind,date,area,item,measure,value,source\nincident,2026-06-28,OST,e1,events,1,monitors\n"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instance:
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    return Instance.here()


@pytest.fixture
def person() -> User:
    return User.objects.create(username="ana", role="analyst")


def load(instance: Instance, person: User, content: bytes, known: date | None = None) -> tuple[queries.Shown, Path]:
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.csv", chunks=[content[:10], content[10:]])
    assert path.read_bytes() == content
    tasks.load_file.func(
        job_id=str(job.pk), path=str(path), name="June", format="csv", known=known.isoformat() if known else None
    )
    return queries.job(viewer=person, job_id=str(job.pk)), path


def test_a_good_file_becomes_a_data_set_and_an_entry_in_the_trail(instance, person):
    shown, path = load(instance, person, GOOD.replace(b"OST", b"CAF"), known=date(2026, 7, 1))
    assert shown.state == "done", shown.message
    (version,) = Store(instance.evidence).versions()
    assert (version.name, version.imported_by, version.known.date()) == ("June", "ana", date(2026, 7, 1))
    assert shown.result == {"dataset": version.id, "told": []}
    assert AuditEntry.objects.get().deed == "loaded a file"
    assert not path.parent.exists()


def test_a_bad_file_is_told_in_the_readers_words_and_leaves_nothing(instance, person):
    shown, path = load(instance, person, b"this,is,no\nevidence,at,all\n")
    assert shown.state == "failed"
    assert shown.message
    assert Store(instance.evidence).versions() == []
    assert not path.parent.exists()


BAD = (
    b"kind,date,area,item,measure,value\nincident,28/06/2026,CAF,e1,events,=1+1\nincident,2026-06-28,CAF,e2,events,x\n"
)


def test_a_refused_file_shows_its_faults_on_the_page_and_lists_them_for_download(instance, person, client):
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.csv", chunks=[BAD])
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="June", format="", known=None)
    client.force_login(person)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "3 faults" in page
    assert "28/06/2026" in page
    assert "value is no number" in page
    listed = re.search(r'href="(/evidence/[0-9a-f]{12}/rejected\.csv)"', page)
    assert listed is not None
    text = b"".join(client.get(listed[1]).streaming_content).decode()
    assert text.splitlines()[0] == "line,field,value,reason"
    assert "2,value,'=1+1,value is no number" in text
    french = client.get(f"/jobs/{job.pk}/", headers={"accept-language": "fr"}).content.decode()
    assert "value n’est pas un nombre" in french
    assert "value is no number" not in french
    text = b"".join(client.get(listed[1], headers={"accept-language": "ar"}).streaming_content).decode()
    assert text.splitlines()[0] == "السطر,الحقل,القيمة,السبب"
    assert "ليس رقما" in text
    assert "is no number" not in text
    assert Store(instance.evidence).versions() == []


def test_a_remedy_stands_once_below_the_faults_of_a_refused_file_and_names_no_command(instance, person, client):
    """Also the closing sentence of the job, in each language."""
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
        for name in ("a.csv", "b.csv", "c.csv"):
            archive.writestr(name, "this,is,no\nevidence,at,all\n")
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.zip", chunks=[packed.getvalue()])
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="", format="", known=None)
    client.force_login(person)
    for language, remedy in (("en", "Any table comes in by a mapping"), ("fr", "Tout tableau s’importe par une")):
        page = client.get(f"/jobs/{job.pk}/", headers={"accept-language": language}).content.decode()
        assert page.count(remedy) == 1
        assert "primacy import" not in page
        assert all(f"june.zip/{name}" in page for name in ("a.csv", "b.csv", "c.csv"))


def test_why_a_file_was_taken_for_its_format_is_on_the_page(instance, person, client):
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.csv", chunks=[GOOD.replace(b"OST", b"CAF")])
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="June", format="", known=None)
    client.force_login(person)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "june.csv: its columns kind, date, measure, value are those of a table of data points" in page


def test_what_an_archive_brought_before_it_failed_is_in_the_trail(instance, person):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", GOOD.replace(b"OST", b"CAF"))
        archive.writestr("b.csv", BAD)
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.zip", chunks=[packed.getvalue()])
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="", format="", known=None)
    shown = queries.job(viewer=person, job_id=str(job.pk))
    assert shown.state == "failed"
    assert "Imported before it: june.zip/a.csv" in shown.message
    assert AuditEntry.objects.get().deed == "loaded a file"


NAMES = [
    ("climbs up", "../../june.csv", "june"),
    ("climbs up in Windows", "..\\..\\june.csv", "june"),
    ("absolute", "/etc/june.csv", "june"),
    ("of another drive", "C:\\june.csv", "june"),
    ("nothing but dots", "...", "upload"),
    ("nothing", "", "upload"),
    ("very long", "x" * 5_000 + ".csv", "x" * 88),
    ("very long in Korean", "한" * 300 + ".csv", "한" * 65),
    ("longer in bytes than in letters", "\U0001d54f" * 90 + ".csv", "\U0001d54f" * 49),
    ("a long ending", "june." + "한" * 300, "june"),
    ("turned around", "\u202egnp.june.csv", "gnp.june"),
    ("ends in what is not seen", "june.csv\u200f", "june"),
    ("ends in a byte of zero", "june.csv\0", "june"),
    ("a formula", "=june.csv", "_june"),
    ("of two lines", "ju\nne.csv", "ju_ne"),
    ("half a letter", "\ud800june.csv", "_june"),
    ("called a workbook", "june.xlsx", "june"),
    ("called nothing", "june", "june"),
    ("called JSON", "june.json", "june"),
    ("called packed", "june.csv.GZ", ""),
    ("called a zip", "june.zip", ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "called"), NAMES, ids=[case[0] for case in NAMES])
def test_a_file_is_read_or_refused_by_its_content_whatever_it_is_called(instance, person, shows, name, called):
    """`called` is the name of its data set; empty where the name promises what the file is not."""
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name=name, chunks=[GOOD.replace(b"OST", b"CAF")])
    assert path.parent.parent == instance.folder / "inbox"
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="", format="", known=None)
    shown = queries.job(viewer=person, job_id=str(job.pk))
    versions = Store(instance.evidence).versions()
    assert [each.name for each in versions] == ([called] if called else [])
    assert shown.state == ("done" if called else "failed"), shown.message
    assert called or "again" in shown.message
    assert all(each.file.isprintable() for each in versions)
    assert list((instance.folder / "inbox").iterdir()) == []
    assert {each.name for each in instance.folder.iterdir()} <= {"mission.yaml", "inbox", "evidence"}


def test_a_name_given_to_a_data_set_does_not_turn_the_text_around(instance, person):
    job = Job.objects.create(kind="import", by=person)
    path = services.receive_file(instance=instance, name="june.csv", chunks=[GOOD.replace(b"OST", b"CAF")])
    tasks.load_file.func(job_id=str(job.pk), path=str(path), name="\u202eJune\x1b[31m", format="", known=None)
    assert [each.name for each in Store(instance.evidence).versions()] == [" June [31m"]


def test_an_upload_with_a_hostile_name_is_received_by_the_page(instance, person, client):
    client.force_login(person)
    for name in ("\u202egnp.csv", "한" * 150 + ".csv", "a.csv\u200b"):
        file = SimpleUploadedFile("x.csv", GOOD)
        file.name = name
        assert client.post("/evidence/load/", {"file": file}).status_code == 302, name
    held = HeldFile.objects.filter(by=person)
    assert [services.held_path(instance, each).read_bytes() for each in held] == [GOOD] * 3
    assert client.post("/evidence/load/", {"file": SimpleUploadedFile("x" * 250 + ".csv", GOOD)}).status_code == 200
    assert client.post("/evidence/load/", {"file": SimpleUploadedFile("empty.csv", b"")}).status_code == 200
    assert held.count() == 3


TOLD = [
    ("fr", "À ses colonnes", "colonnes non utilisées\u00a0: wet", "lignes qui en répètent une autre mot pour mot"),
    ("ar", "أعمدته", "أعمدة لم تُستعمل: \u2068wet\u2069", "أسطر تكرر سطرا سابقا بحروفه"),
    ("en", "its columns", "columns not used: wet", "lines that repeat an earlier one word for word"),
]


@pytest.mark.parametrize(("language", "why", "unused", "again"), TOLD, ids=[case[0] for case in TOLD])
def test_why_a_file_is_recognised_and_the_notes_of_its_reading_are_told_in_the_readers_language(
    instance, person, client, language, why, unused, again
):
    client.force_login(person)
    client.cookies["django_language"] = language
    person.language = language
    person.save()
    spoken = {"headers": {"accept-language": language}}
    lines = b"kind,date,area,item,measure,value,wet\n" + 2 * b"incident,2026-06-28,CAF,e1,events,1,x\n"
    client.post("/evidence/load/", {"file": SimpleUploadedFile("june.csv", lines)}, **spoken)
    (held,) = HeldFile.objects.filter(by=person)
    page = client.get(f"/evidence/load/{held.pk}/", **spoken).content.decode()
    assert why.lower() in page.lower()
    assert unused in page
    assert again in page
    job = Job.objects.create(kind="import", by=person)
    path = str(services.held_path(instance, held))
    tasks.load_file.func(job_id=str(job.pk), path=path, name="June", format="", known=None, held=str(held.pk))
    (version,) = Store(instance.evidence).versions()
    for address in (f"/evidence/imported/{job.pk}/", f"/evidence/{version.id}/"):
        page = client.get(address, **spoken).content.decode()
        assert unused in page, address
        assert again in page, address
    told = client.get(f"/api/v1/datasets/{version.id}?language={language}", **spoken).json()
    assert told["notes"][0] == unused
