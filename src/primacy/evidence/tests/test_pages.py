"""The pages of data sets: which source is official, since when and who said so, and the others beside it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from primacy.access.models import User
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.datasets import Mark
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db
TABLE = "kind,item,date,measure,value,category\nincident,{item},2026-05-01,deaths,4,violence/one-sided\n"


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Ids of an official data set and of another on the same kind."""
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    ids = []
    for name in ("Human rights", "Press"):
        path = tmp_path / f"{name}.csv"
        path.write_text(TABLE.format(item=name))
        ids.append(import_files([path], instance=Instance.here())[0].version.id)
    mark = Mark(topic="incident/violence/one-sided", at=datetime(2026, 6, 1, tzinfo=UTC), by="ana <b>")
    Store(Instance.here().evidence).mark_official(ids[0], mark)
    return ids[0], ids[1]


@pytest.mark.parametrize(
    ("language", "official", "comparison"),
    [("en", "Official source for", "For comparison"), ("fr", "Source officielle pour", "À titre de comparaison"), ("ar", "المصدر الرسمي بشأن", "للمقارنة")],
)  # fmt: skip
def test_the_official_source_is_shown_with_its_day_and_the_others(
    client: Client, datasets: tuple[str, str], language: str, official: str, comparison: str
) -> None:
    client.force_login(User.objects.create(username="ana", role="analyst", language=language))
    pages = [
        client.get(f"/evidence/{each}/", headers={"accept-language": language}).content.decode() for each in datasets
    ]
    assert official in pages[0]
    assert "violence/one-sided" in pages[0]
    assert "ana &lt;b&gt;" in pages[0]
    assert comparison in pages[0]
    assert "Press" in pages[0]
    assert official in pages[1]  # beside the other one
    assert "Human rights" in pages[1]
    assert official in client.get("/evidence/", headers={"accept-language": language}).content.decode()


def test_a_data_set_whose_rows_were_erased_says_so(client: Client, datasets: tuple[str, str]) -> None:
    store, at = Store(Instance.here().evidence), datetime.now(UTC)
    store.withdraw(datasets[1], at=at, because="a copy")
    store.erase([datasets[1]], at=at, because="kept for five years")
    client.force_login(User.objects.create(username="ana", role="analyst", language="en"))
    page = client.get(f"/evidence/{datasets[1]}/").content.decode()
    assert "Its data points were erased on" in page
    assert "kept for five years" in page
    assert "<dd>0</dd>" in page
