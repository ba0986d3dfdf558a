"""Looking for records: found however a name is written, by each as far as they see."""

import pytest

from primacy.records.queries import search

pytestmark = pytest.mark.django_db


def told(person, query):
    return [
        each.title
        for found in search.found(viewer=person, query=query)
        for each in search.shown_of(viewer=person, type_=found.type, numbers=found.numbers)
    ]


# what it shows, what is written, what is asked
SPELT = [
    ("as it is written", "Zanzibar council", "zanzibar"),
    ("two words", "Zanzibar council", "council zanzibar"),
    ("accents", "Comité de Berbérati", "comite berberati"),
    ("a plural", "Councils of the north", "council"),
    ("as it sounds", "Deir ez-Zor council", "dayr"),
    ("as it sounds, a longer one", "Muhammad road", "mohamed"),
    ("Arabic asks for Latin", "Union of Bangui", "بانغي"),
    ("Latin asks for Arabic", "مجلس بانغي", "bangui"),
    ("Arabic with its article", "مجلس الحوار", "حوار"),
    ("the beginning, while it is typed", "Zanzibar council", "zanz"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "query"), SPELT, ids=[each[0] for each in SPELT])
def test_a_name_is_found_however_it_is_written(house, shows, name, query):
    polly = house.person("polly", "political-affairs")
    house.write(polly, "actor", name=name, about="")
    house.write(polly, "actor", name="Something else", about="")
    assert told(polly, query) == [name]
