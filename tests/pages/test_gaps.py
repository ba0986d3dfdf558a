"""The page of gaps: what each reader may learn from it, and where it leads."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pyarrow as pa
import pytest

from primacy.assessment.templatetags.gaps import WORDS
from primacy.assessment.told.gaps_told import LETTERS, MEANINGS
from primacy.evidence.lacking.gaps import MARKS
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.ui.heat_map import SHAPES

pytestmark = pytest.mark.django_db


def test_every_mark_is_drawn_said_and_has_a_letter() -> None:
    assert set(SHAPES) == set(WORDS) == set(LETTERS) == set(MEANINGS) == set(MARKS)


@pytest.fixture
def evidence(country, dataset, instance_folder):
    """Beside the one incident of June, two confidential contacts and a law that is internal."""
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    rows = [
        {"kind": "contact", "item": item, "date": date(2026, 6, 3), "area": "OST", "level": 0, "measure": "events",
         "value": 1.0, "confidentiality": 2}
        for item in "ab"
    ]  # fmt: skip
    rows.append(rows[0] | {"kind": "law", "measure": "stage", "confidentiality": 1})
    version = DatasetVersion(name="Talks", lineage="talks", format="csv", known=moment, imported=moment)
    Store(instance_folder / "evidence").add([pa.RecordBatch.from_pylist(rows)], version)


@pytest.fixture
def read(client, people, evidence):
    def page(role: str, query: str = "", language: str = "en") -> str:
        client.force_login(people[role])
        client.cookies["django_language"] = language
        return unescape(client.get(f"/evidence/gaps/{query}").content.decode())

    return page


def kinds(page: str) -> dict[str, str]:
    """Kind -> new data points, of the strips."""
    return dict(re.findall(r'<th scope="row">([^<]+)</th>.*?<td class="number"[^>]*>([^<]*)</td>', page, re.S))


def test_the_strips_tell_each_kind_of_which_anything_is_known(read) -> None:
    page = read("analyst")
    assert kinds(page) == {"Incident": "1", "Contact": "2", "Law": "1"}
    assert "Jun 2026: one source only, data points: 1" in page
    assert "May 2026: nothing known, data points: 0" in page
    assert "Nothing at all is known of:" in page


def test_whoever_may_not_see_details_learns_nothing_of_confidential_rows(read) -> None:
    page = read("reader")
    assert kinds(page) == {"Incident": "1", "Law": "1"}
    assert "Protected evidence is left out of your view" in page
    assert "Nothing that you may see tells of:" in page
    assert "Nothing at all is known of:" not in page
    assert "/evidence/templates/" not in page


def test_what_to_collect_stands_first_with_the_words_of_the_framework_and_the_way_to_a_table(read) -> None:
    page = read("analyst")
    waiting = int(re.search(r"<h1>(\d+) benchmarks? waits? for evidence", page)[1])
    done = [(int(n), int(all_)) for n, all_ in re.findall(r"With all down to here, (\d+) of (\d+) can be judged", page)]
    assert [n for n, _ in done] == sorted(n for n, _ in done)
    assert done[-1] == (waiting, waiting)
    assert "primacy template " not in page, "whoever reads a page needs no command"
    assert "/evidence/templates/" in page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_english_stands_on_the_page_in_another_language(read, language) -> None:
    page = read("analyst", language=language)
    assert [
        said for said in ("waits", "known", "Collect", "month", "judged") if re.search(rf">[^<]*\b{said}\b", page)
    ] == []


def test_an_old_assessment_is_shown_as_it_was_known(read) -> None:
    page = read("analyst", "?assessment=77aa01d2ab45")
    assert "Jun 2024 to May 2026" in page
    assert kinds(page) == {}


def test_an_area_that_does_not_exist_is_a_missing_page(client, people, evidence) -> None:
    client.force_login(people["analyst"])
    assert client.get("/evidence/gaps/?area=XX99").status_code == 404


def test_without_an_assessment_the_page_says_what_comes_after_the_first(client, people, instance_folder) -> None:
    client.force_login(people["reader"])
    page = client.get("/evidence/gaps/").content.decode()
    assert "No assessment has been run yet." in page
    assert "Nothing that you may see is known yet." in page


def test_the_list_of_data_sets_leads_there(client, people, evidence) -> None:
    client.force_login(people["reader"])
    assert 'href="/evidence/gaps/"' in client.get("/evidence/").content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_gets_the_first_group_and_the_rest_folded(read, language) -> None:
    """Ten screens of strips and sources are folded; of what is folded nothing is left out."""
    page = read("analyst", language=language)
    folds = re.findall(
        r'<details class="fold on-phones"( open)?><summary>[^<]+</summary>\s*<table class="strips">', page
    )
    assert folds == [" open", ""]
    assert page.count('<caption class="hidden-text">') == len(folds)
