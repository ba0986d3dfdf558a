"""Two coders score apart from each other, a third settles, and only then it is evidence; no name leaves with it."""

from datetime import date

import pytest
from django.utils import timezone

from primacy.access.models import AuditEntry, Unchangeable, User
from primacy.assessment import queries, services
from primacy.assessment.models import CodedScore
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db
CATEGORY = "rubric/consent/national"
DAY = date(2026, 6, 1)


@pytest.fixture
def coders(instance_folder, db):
    return [User.objects.create(username=f"coder-{name}", role="analyst") for name in ("ana", "bob", "cho", "dee")]


@pytest.fixture
def item(coders):
    return services.open_item(by=coders[0], category=CATEGORY, item="cabinet", area="OST", day=DAY, confidentiality=1)


def give(person, item, score):
    return services.give_score(by=person, item_id=item.pk, score=score, reason=f"Reason of {person.username}.")


def points():
    store = Store(Instance.here().evidence)
    rows = store.fetch(store.rows(as_of=DAY, known=timezone.now())).to_pylist()
    return sorted((row["category"], row["value"], row["source"]) for row in rows)


def test_the_second_coder_sees_that_there_is_a_score_and_not_which(client, coders, item):
    give(coders[0], item, 3)
    for person in (coders[1], coders[2]):
        client.force_login(person)
        page = client.get(f"/scores/{item.pk}/").content.decode()
        assert "Reason of" not in page
        assert "<strong>3</strong>" not in page
        assert "Keep my score" in page
        assert "1 of 2" in client.get("/scores/").content.decode()
    assert points() == []
    (seen,) = queries.coded_items(viewer=coders[1])
    assert (seen.given, seen.scores) == (1, ())


def test_with_the_second_score_both_become_data_points_without_names(client, coders, item):
    for person, score in ((coders[0], 3), (coders[1], 3)):
        client.force_login(person)
        answer = client.post(f"/scores/{item.pk}/give/", {"score": score, "reason": "Votes and clearances."})
        assert answer.status_code == 302
    told = points()
    assert [(category, value) for category, value, _source in told] == [(CATEGORY, 3.0), (CATEGORY, 3.0)]
    assert len({source for *_rest, source in told}) == 2
    assert not [source for *_rest, source in told if "ana" in source or "bob" in source]
    assert queries.coded_items(viewer=coders[2])[0].state == "agreed"
    assert "Keep my score" not in client.get(f"/scores/{item.pk}/").content.decode()
    deeds = list(AuditEntry.objects.order_by("number").values_list("deed", flat=True))
    assert deeds == ["opened an item to score", "gave a score", "gave a score"]


def test_a_coder_has_the_same_label_on_every_item(coders, item):
    other = services.open_item(by=coders[0], category=CATEGORY, item="army", area="OST", day=DAY, confidentiality=1)
    for each in (item, other):
        give(coders[0], each, 2)
        give(coders[1], each, 1)
    assert len({source for *_rest, source in points()}) == 2


def test_where_they_differ_a_third_person_settles_it(coders, item):
    give(coders[0], item, 3)
    give(coders[1], item, 1)
    assert queries.coded_items(viewer=coders[2])[0].state == "differ"
    for person in coders[:2]:  # neither of the two decides between the two
        with pytest.raises(ValueError):
            give(person, item, 2)
    give(coders[2], item, 2)
    assert [(category, value) for category, value, _source in points()] == [
        (CATEGORY, 1.0), (CATEGORY, 3.0), (f"{CATEGORY}/adjudicated", 2.0),
    ]  # fmt: skip
    assert queries.coded_items(viewer=coders[3])[0].settled == 2
    with pytest.raises(ValueError):
        give(coders[3], item, 0)


def test_a_score_is_given_once_and_never_changed(coders, item):
    give(coders[0], item, 3)
    with pytest.raises(ValueError):
        give(coders[0], item, 0)
    kept = CodedScore.objects.get()
    kept.score = 0
    for deed in (kept.save, kept.delete):
        with pytest.raises(Unchangeable):
            deed()


REFUSED = [
    ("a rubric that no rule asks about", {"category": "rubric/beauty"}),
    ("a day to come", {"day": date(2999, 1, 1)}),
    ("no name", {"item": " "}),
]


@pytest.mark.parametrize(("shows", "change"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_cannot_be_scored_is_not_opened(coders, shows, change):
    words = {"category": CATEGORY, "item": "cabinet", "area": "OST", "day": DAY, "confidentiality": 1} | change
    with pytest.raises(ValueError):
        services.open_item(by=coders[0], **words)


def test_an_item_is_opened_from_the_page_and_the_same_one_is_not_opened_twice(client, coders):
    client.force_login(coders[0])
    words = {"category": CATEGORY, "item": "cabinet", "area": "OST", "day": "2026-06-01", "confidentiality": "1"}
    first, second = (client.post("/scores/", words) for _ in range(2))
    assert first.status_code == 302
    assert first.url == second.url
