"""A file on its way through the site: looked at, mapped, corrected, imported; its owner alone sees it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely.geometry import box

from primacy.access.models import AuditEntry, User
from primacy.evidence import services, tasks
from primacy.evidence.models import HeldFile, OwnMapping
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.jobs.models import Job
from primacy.places.areas import Area
from primacy.places.editions import write_editions

pytestmark = pytest.mark.django_db
HEAD = b"kind,date,area,item,measure,value,category\n"
GOOD = b"incident,2026-05-02,CAF,e1,events,1,violence/one-sided\n"
WRONG = b"incident,2026-13-05,CAF,e2,events,1,violence/one-sided\n"
LAST = b"incident,2026-05-20,CAF,e3,events,1,violence/one-sided\n"
FOREIGN = "Tag;Ort;Art\n03.05.2026;Bangui;raid\n14.05.2026;Bangui;raid\n"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instance:
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    (tmp_path / "places").mkdir()
    areas = {"CF": Area("CF", 0, "", {"fr": "RCA"}, geometry=box(0, 0, 2, 2))}
    write_editions(tmp_path / "places", {(0, date.min): areas})
    return Instance.here()


@pytest.fixture
def ana(client: Client, instance: Instance) -> Client:
    client.force_login(User.objects.create(username="ana", role="analyst"))
    return client


def bring(client: Client, content: bytes, name: str = "may.csv") -> str:
    answer = client.post("/evidence/load/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return str(answer.url)


def do(client: Client, address: str, deed: str, **given: str) -> str:
    answer = client.post(address, {"do": deed, **given}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def run(client: Client, address: str) -> Job:
    """Import it as the worker would."""
    assert client.post(address, {"do": "import"}).status_code == 302
    job, held = Job.objects.latest("created"), HeldFile.objects.get()
    tasks.load_file.func(
        job_id=str(job.pk), path=str(services.held_path(Instance.here(), held)), name=held.name, format="",
        known=None, mapping=held.mapping, held=str(held.pk),
    )  # fmt: skip
    job.refresh_from_db()
    return job


def test_a_wrong_date_is_marked_corrected_on_the_page_and_imported(ana, instance) -> None:
    address = bring(ana, HEAD + GOOD + WRONG + LAST)
    page = ana.get(address).content.decode()
    assert "2 data points can be imported, 1 line has a problem" in page
    assert "are those of a table of data points" in page
    assert re.search(r'name="cell\.3\.1" value="2026-13-05"', page)
    assert Store(instance.evidence).versions() == []
    page = do(ana, address, "correct", **{"cell.3.1": "2026-05-13"})
    assert "3 data points can be imported" in page
    job = run(ana, address)
    assert job.state == "done"
    (version,) = Store(instance.evidence).versions()
    assert (version.rows, version.rejected, version.name) == (3, 0, "may")
    assert AuditEntry.objects.get(deed="loaded a file").detail["corrected cells"] == 1
    assert not HeldFile.objects.exists()
    assert list((instance.folder / "inbox").iterdir()) == []
    told = ana.get(f"/evidence/imported/{job.pk}/").content.decode()
    assert "3 data points were imported" in told
    assert "Assess now" in told


def test_corrections_can_be_undone(ana, instance) -> None:
    address = bring(ana, HEAD + GOOD + WRONG)
    do(ana, address, "correct", **{"cell.3.1": "2026-05-13"})
    page = do(ana, address, "undo")
    assert "2026-13-05" in page
    path = services.held_path(instance, HeldFile.objects.get())
    assert path.read_bytes() == HEAD + GOOD + WRONG


def test_rejected_lines_stay_to_be_corrected_and_the_file_takes_its_own_place(ana, instance) -> None:
    address = bring(ana, HEAD + GOOD + WRONG + LAST)
    first = run(ana, address)
    page = ana.get(f"/evidence/imported/{first.pk}/").content.decode()
    assert "1 line was not taken." in page
    assert address in page
    assert "rejected.csv" in page
    do(ana, address, "correct", **{"cell.3.1": "2026-05-13"})
    second = run(ana, address)
    page = ana.get(f"/evidence/imported/{second.pk}/").content.decode()
    assert "It took the place of" in page
    counted = Store(instance.evidence)
    rows = counted.rows(as_of=date(2026, 7, 1), known=datetime.now(UTC))
    assert counted.fetch(rows.count().as_table()).column(0)[0].as_py() == 3


def test_a_corrected_file_takes_the_place_of_the_held_one_and_keeps_what_was_said(ana, instance) -> None:
    address = bring(ana, HEAD + WRONG + GOOD)
    do(ana, address, "look", name="Our list", known="2026-06-01", format="", mapping="")
    answer = ana.post(address, {"do": "replace", "file": SimpleUploadedFile("new.csv", HEAD + GOOD)}, follow=True)
    assert "1 data point can be imported" in answer.content.decode()
    held = HeldFile.objects.get()
    assert (held.name, held.known, held.file) == ("Our list", date(2026, 6, 1), "new.csv")
    assert len(list((instance.folder / "inbox").iterdir())) == 1


def test_any_table_is_mapped_by_answers_and_the_mapping_is_used_again(ana, instance) -> None:
    address = bring(ana, FOREIGN.encode(), "list.csv")
    assert "This file is not understood yet" in ana.get(address).content.decode()
    page = do(ana, address, "draft", kind="incident")
    assert "Which category is it?" in page
    text = HeldFile.objects.get().mapping
    page = do(ana, address, "answer", text=text, **{"answer-0": "violence/one-sided", "answer-1": "JOC"})
    assert "2 data points can be imported" in page
    do(ana, address, "keep", called="Sector West")
    assert OwnMapping.objects.get().text == HeldFile.objects.get().mapping
    other = bring(ana, FOREIGN.replace("14.05", "15.05").encode(), "next.csv")
    page = do(ana, other, "look", name="next", mapping="own:Sector West")
    assert "2 data points can be imported" in page
    assert "Sector West" in ana.get("/evidence/load/").content.decode()
    do(ana, f"/evidence/mappings/{OwnMapping.objects.get().pk}/remove/", "")
    assert not OwnMapping.objects.exists()


def test_a_mapping_with_faults_is_told_with_its_lines_and_nothing_is_lost(ana) -> None:
    address = bring(ana, FOREIGN.encode(), "list.csv")
    page = do(ana, address, "answer", text="mapping: x\nkind: incident\nfoo: <b>1\n")
    assert "Line 3" in page
    assert "foo: &lt;b&gt;1" in page


def test_nobody_else_sees_the_file_not_even_who_administers(ana, client, instance) -> None:
    address = bring(ana, HEAD + GOOD)
    other = Client()
    other.force_login(User.objects.create(username="adam", role="administrator"))
    assert other.get(address).status_code == 404
    assert other.post(address, {"do": "import"}).status_code == 404
    assert "may.csv" not in other.get("/evidence/load/").content.decode()


def test_files_that_nobody_imports_go_after_three_days(ana, instance) -> None:
    address = bring(ana, HEAD + GOOD)
    later = datetime.now(UTC) + services.HELD_FOR + timedelta(minutes=1)
    services.discard_old_files(instance=instance, now=later)
    assert ana.get(address).status_code == 404
    assert list((instance.folder / "inbox").iterdir()) == []


def test_a_deed_that_does_not_exist_is_a_missing_page(ana) -> None:
    assert ana.post(bring(ana, HEAD + GOOD), {"do": "explode"}).status_code == 404


def test_hostile_text_of_a_file_is_shown_and_never_run(ana) -> None:
    nasty = b"incident,<script>alert(1)</script>,CAF,e2,events,1,violence/one-sided\n"
    page = ana.get(bring(ana, HEAD + GOOD + nasty)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
