"""A file given to the site becomes a data set, or an error in the words of its reader; the copy is always removed."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from primacy.access.models import AuditEntry, User
from primacy.evidence import services, tasks
from primacy.evidence.store import Store
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
    assert Store(instance.evidence).versions() == []


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
