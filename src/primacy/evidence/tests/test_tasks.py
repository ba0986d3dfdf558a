"""A file given to the site becomes a data set, or an error in the words of its reader; the copy is always removed."""

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
