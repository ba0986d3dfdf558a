"""Of a search: what is asked of the index, and what is not."""

from datetime import timedelta

import pytest

from primacy.access.readers import reader_of
from primacy.records import queries, services
from primacy.records.models import Reach, Searched
from primacy.records.queries import search
from primacy.records.tests.written import DAY, PUBLISHED, in_post

pytestmark = pytest.mark.django_db
OLD, NEW = DAY - timedelta(days=28), DAY


@pytest.fixture
def found(tmp_path, monkeypatch):
    """The subjects that name what is looked for, at most so many, of two old records and a newer one that sounds so."""
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    contacts, polly = queries.record_types()["contact"], in_post("polly", "political-affairs")
    for subject, day in (("Dayr council", OLD), ("Dayr council", OLD), ("Deir council", NEW)):
        services.create(by=polly, type_=contacts, values={**PUBLISHED, "subject": subject, "day": day})

    def ask(query: str, most: int) -> list[str]:
        of = search.reaches(reader_of(polly), "contact", list(Reach.objects.all()))
        numbers = search._numbers(search.asked_of(query), of, [], most=most)
        named = dict(Searched.objects.values_list("number", "record"))
        return [contacts.model.objects.get(pk=named[each]).subject for each in numbers]

    return ask


# what it shows, the query, how many at most -> what is found
ASKED = [
    ("where enough match as written, those that sound so are not asked for", "dayr council", 2, ["Dayr council"] * 2),
    ("where fewer do, they come in their order of time", "dayr council", 3, ["Deir council", "Dayr council", "Dayr council"]),
    ("of one word they are always asked for", "dayr", 2, ["Deir council", "Dayr council"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "query", "most", "subjects"), ASKED, ids=[case[0] for case in ASKED])
def test_what_sounds_so_is_asked_for(found, shows, query, most, subjects) -> None:
    assert found(query, most) == subjects
