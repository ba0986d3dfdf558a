"""Looking for records: found however a name is written, by each as far as they see, and nothing hidden is touched."""

import itertools

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import WORD

from primacy.access.readers import reader_of
from primacy.access.record_rights import may
from primacy.records import services
from primacy.records.models import Reach, Searched
from primacy.records.queries import search
from primacy.records.queries.search_engines import PARTS
from primacy.records.services.indexing import rebuild_index

pytestmark = pytest.mark.django_db
COMPONENTS = (
    "head-of-mission",
    "political-affairs",
    "civil-affairs",
    "community-liaison",
    "jmac",
    "planning",
    "gender",
)


def told(person, query: str) -> list[str]:
    return [
        each.title
        for found in search.found(viewer=person, query=query)
        for each in search.shown_of(viewer=person, type_=found.type, numbers=found.numbers)
    ]


def test_an_actor_is_found_by_each_of_its_names_also_without_its_details(house) -> None:
    polly, joe = house.person("polly", "political-affairs"), house.person("joe", "planning")
    house.write(polly, "actor", name="Front for Renewal", other_names="FRN, جبهة التجديد, Rally of 2019")
    for query in ("frn", "التجديد", "rally"):
        assert told(polly, query) == told(joe, query) == ["Front for Renewal"]


# what it shows, what is written, what is asked
SPELT = [
    ("as it is written", "Zanzibar council", "zanzibar"),
    ("two words in any order", "Zanzibar council", "council zanzibar"),
    ("without its accents", "Comité de Berbérati", "comite berberati"),
    ("a plural finds the singular", "Council of the north", "councils"),
    ("as it sounds", "Deir ez-Zor council", "dayr"),
    ("as it sounds, a longer one", "Muhammad road", "mohamed"),
    ("Arabic letters find Latin ones", "Union of Bangui", "بانغي"),
    ("Latin letters find Arabic ones", "مجلس بانغي", "bangui"),
    ("Arabic without its article", "مجلس الحوار", "حوار"),
    ("the beginning, while it is typed", "Zanzibar council", "zanz"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "query"), SPELT, ids=[each[0] for each in SPELT])
def test_a_name_is_found_however_it_is_written(house, shows, name, query) -> None:
    polly = house.person("polly", "political-affairs")
    house.write(polly, "actor", name=name, about="")
    house.write(polly, "actor", name="Something else", about="")
    assert told(polly, query) == [name]


def test_a_name_with_a_wrong_letter_is_offered_where_nothing_is_found(house, as_) -> None:
    polly, plan = house.person("polly", "political-affairs"), house.person("plan", "planning")
    house.write(polly, "actor", name="Zanzibar council", about="", confidentiality=2)
    assert search.alike(viewer=polly, query="zanzidar") == ["zanzibar"]
    assert search.alike(viewer=plan, query="zanzidar") == []
    page = as_(polly).get(reverse("web:search") + "?q=zanzidar").content.decode()
    assert "?q=zanzibar" in page, page[page.index("<main") :]


def test_what_names_a_record_comes_before_what_is_said_in_it(house) -> None:
    polly = house.person("polly", "political-affairs")
    house.write(polly, "actor", name="Second", about=f"a word about {WORD}")
    house.write(polly, "actor", name=f"{WORD} council", about="")
    house.write(polly, "actor", name="Third", about=f"a word about {WORD}")
    assert told(polly, WORD)[0] == f"{WORD.capitalize()} council" or told(polly, WORD)[0] == f"{WORD} council"


def every_one(house, type_: str) -> list:
    """Of two components a record of each confidentiality, of no group and of one with some of the readers in it."""
    others = "jmac" if type_ == "field-report" else "political-affairs"
    able = [house.person(f"author {name}", name) for name in ("civil-affairs", others)]
    group = house.group(
        f"some of {type_}", house.person("civil-affairs", "civil-affairs"), house.person("jmac", "jmac")
    )
    every = itertools.product(able, range(4), (None, group))
    return [house.write(author, type_, confidentiality=level, group=in_) for author, level, in_ in every]


OPEN_WORD = {"actor": "union", "contact": "union", "field-report": "protest"}


@pytest.mark.parametrize("type_", sorted(OPEN_WORD))
def test_an_open_word_finds_what_is_seen_and_a_hidden_one_what_is_seen_in_full(house, type_) -> None:
    records = every_one(house, type_)
    house.write(house.person("planning", "planning", "civil-affairs"), type_, confidentiality=3)
    records += [each for each in house.types[type_].model.objects.all() if each not in records]
    for component in COMPONENTS:
        person = house.person(component, component)
        reader = reader_of(person)
        for word, action in ((OPEN_WORD[type_], "see"), (WORD, "detail")):
            found = next((each for each in search.found(viewer=person, query=word) if each.type.key == type_), None)
            numbers = found.numbers if found else ()
            ids = set(Searched.objects.filter(number__in=numbers).values_list("record", flat=True))
            assert ids == {each.pk for each in records if may(reader, action, each.guarded(type_))}, (component, word)
            shown = search.shown_of(viewer=person, type_=house.types[type_], numbers=numbers)
            assert len(shown) == len(numbers), "the index and the filter of lists say the same"


def test_own_and_shared_records_are_found_beyond_the_table(house) -> None:
    from primacy.access.placing import share_record
    from primacy.records.telling import name_of

    lia, polly, plan = (house.person(*each) for each in (("lia", "community-liaison"), ("polly", "political-affairs"), ("plan", "planning")))  # fmt: skip
    house.write(lia, "contact", subject="market gate", confidentiality=3)
    other = house.write(polly, "contact", subject="market wall", confidentiality=3)
    assert told(lia, "market") == ["market gate"]
    assert told(plan, "market") == []
    share_record(by=polly, reference=f"contact/{other.pk}", subject=name_of("contact", str(other.pk)), to=plan,
                 until=timezone.localdate(), because="prepares the meeting")  # fmt: skip
    assert told(plan, "market") == ["market wall"]


def test_a_question_goes_to_nothing_that_its_reader_does_not_see(house, monkeypatch) -> None:
    """Whoever asks is not answered faster or slower for what is hidden: it is not read at all."""
    every_one(house, "contact")
    person = house.person("lia", "community-liaison")
    asked = []
    real = search.engine()
    monkeypatch.setattr(type(real), "numbers", lambda self, words, reaches, **_: asked.append(reaches) or [])
    search.found(viewer=person, query=WORD)
    numbers = {number for each in asked for number in (*each.open, *each.whole)}
    levels = set(Reach.objects.filter(pk__in=numbers).values_list("confidentiality", "group"))
    assert levels == {(0, 0)}


ASKED = ("?q={word}", "?q={word}&kind=contact", "?q=union", "?q=zanzidar", "?q={word}&page=2", "?q=")


def test_page_and_suggestions_are_the_same_with_and_without_the_hidden_record(house, as_) -> None:
    from tests.safety.test_records import answer

    author, reader = house.person("author", "political-affairs"), house.person("reader", "planning", "civil-affairs")
    browser = as_(reader)
    house.write(author, "contact", confidentiality=0)
    pages = [reverse("web:search") + each.format(word=WORD) for each in ASKED]
    pages += [reverse("web:suggest") + f"?q={each}" for each in (WORD, WORD[:4], "union", "about")]
    before = [strip(answer(browser.get(each))) for each in pages]
    house.write(author, "contact", confidentiality=3)
    house.write(author, "actor", name=f"{WORD} union", confidentiality=1, group=house.group("others"))
    assert [strip(answer(browser.get(each))) for each in pages] == before


def strip(told: tuple[int, str]) -> tuple[int, str]:
    """Without the line that says of when the page is."""
    status, text = told
    return status, "\n".join(line for line in text.split("\n") if "UTC" not in line)


def test_the_index_follows_every_saving_and_falls_back_with_it(house) -> None:
    polly, civi = house.person("polly", "political-affairs"), house.person("civi", "civil-affairs")
    contact = house.write(polly, "contact", subject="market gate", confidentiality=0)
    kind, id = house.types["contact"], contact.pk
    assert told(civi, "market") == ["market gate"]
    services.change(by=polly, type_=kind, id=id, version=1, values={"subject": "river gate"})
    assert (told(civi, "market"), told(civi, "river")) == ([], ["river gate"])
    services.change(by=polly, type_=kind, id=id, version=2, values={"confidentiality": 3})
    assert told(civi, "river") == []
    services.archive(by=polly, type_=kind, id=id, version=3, because="twice")
    assert told(polly, "river") == []
    assert search.matching(reader_of(polly), kind, "river", archived=True) == [id]
    with transaction.atomic():
        services.archive(by=polly, type_=kind, id=id, version=4, because="not twice")
        assert told(polly, "river") == ["river gate"]
        transaction.set_rollback(True)
    assert told(polly, "river") == []


def test_the_index_made_again_is_the_one_that_was_kept(house) -> None:
    for type_ in sorted(OPEN_WORD):
        every_one(house, type_)
    polly = house.person("polly", "political-affairs")
    first = house.write(polly, "contact", subject="market gate")
    services.change(by=polly, type_=house.types["contact"], id=first.pk, version=1, values={"subject": "river gate"})
    kept, found = rows(), told(polly, "river union")
    assert rebuild_index() == len(kept)
    assert rows() == kept
    assert told(polly, "river union") == found == ["river gate"]


def rows() -> list[tuple[object, ...]]:
    """The index without what chance puts into it."""
    of_reach = ("type", "confidentiality", "component", "group", "archived")
    names = ("type", "record", "author_id", "one_hand", *(f"reach__{each}" for each in of_reach), *PARTS)
    return sorted(Searched.objects.values_list(*names), key=str)


def test_looks_at_protected_records_among_the_results_are_in_the_trail(house, as_) -> None:
    from primacy.access.models import AuditEntry

    polly = house.person("polly", "political-affairs")
    house.write(polly, "contact", confidentiality=2)
    as_(polly).get(reverse("web:search") + f"?q={WORD}")
    assert AuditEntry.objects.filter(actor="polly", deed="looked at a list of records", subject="contact").count() == 1


@pytest.mark.parametrize("query", ['"', "'", "OR", "a AND", "zan*", "{x} : y", "\ue000zan", "(", "-", "١٢", "%", "\\"])
def test_no_query_breaks_it(house, as_, query) -> None:
    polly = house.person("polly", "political-affairs")
    house.write(polly, "contact", subject="market gate")
    assert as_(polly).get(reverse("web:search"), {"q": query}).status_code == 200
    assert as_(polly).get(reverse("records:list", args=["contact"]), {"text": query}).status_code == 200
