"""Posts, groups and what is handed on: given and ended on pages, and every step in the trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from primacy.access import chain, placing, queries
from primacy.access.models import AuditEntry, User
from primacy.access.posts import Delegation, Member, NeedToKnow, Post, Share
from primacy.access.readers import holding, reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    person = User.objects.create(username="admin", role="administrator")
    client.force_login(person)
    return person


@pytest.fixture
def bob():
    return User.objects.create(username="bob", role="reader")


def test_an_administrator_gives_and_ends_posts_and_groups_on_a_page(client, admin, bob) -> None:
    page = f"/people/{bob.pk}/rights/"
    assert client.post(page, {"component": "jmac", "until": ""}).status_code == 302
    assert client.post(page, {"group": "talks", "until": ""}).status_code == 302
    reader = reader_of(bob)
    assert reader.components == {"jmac"}
    assert reader.groups == {NeedToKnow.objects.get(name="talks").pk}
    text = client.get(page).content.decode()
    assert "JMAC" in text
    assert "talks" in text
    assert client.post(f"{page}post/{Post.objects.get().pk}/end/").status_code == 302
    assert client.post(f"{page}group/{Member.objects.get().pk}/end/").status_code == 302
    assert reader_of(bob).components == reader_of(bob).groups == frozenset()
    assert client.post(f"{page}post/{Post.objects.get().pk}/end/").status_code == 404


def test_a_post_is_handed_on_by_who_holds_it_and_by_nobody_else(client, admin, bob) -> None:
    placing.give_post(by=admin, person=bob, component="planning")
    post, until = Post.objects.get(), timezone.localdate() + timedelta(days=20)
    given = {"post": post.pk, "to": "admin", "until": until.isoformat(), "because": "leave"}
    assert client.post("/rights/", given).status_code == 200, "it is not the administrator's to hand on"
    client.force_login(bob)
    assert client.post("/rights/", {**given, "until": (until + timedelta(days=90)).isoformat()}).status_code == 200
    assert not Delegation.objects.exists()
    assert client.post("/rights/", given).status_code == 302
    assert reader_of(admin).components == {"planning"}


def test_everything_given_and_ended_is_in_the_trail(admin, bob) -> None:
    post = placing.give_post(by=admin, person=bob, component="planning")
    placing.add_member(by=admin, person=bob, group="talks")
    placing.hand_on(by=bob, post=post, to=admin, until=timezone.localdate(), because="leave")
    placing.share_record(
        by=bob, reference="contact/1", subject="contact/x", to=admin, until=timezone.localdate(), because="asked"
    )
    placing.end(by=admin, given=post, what="bob")
    deeds = [each.deed for each in AuditEntry.objects.all()]
    assert deeds == ["gave a post", "added to a group", "handed on a post", "shared a record", "ended a right"]
    assert chain.verify(queries.chain_of_entries()).sound


def test_nobody_shares_a_record_with_oneself_and_so_keeps_it_when_the_post_ends(bob) -> None:
    given = {"reference": "contact/1", "subject": "contact/x", "until": timezone.localdate(), "because": "mine"}
    with pytest.raises(ValueError, match="somebody else"):
        placing.share_record(by=bob, to=bob, **given)
    assert not Share.objects.exists()


def test_what_is_shared_with_somebody_stands_among_what_they_hold_and_is_ended_there(client, admin, bob) -> None:
    placing.share_record(
        by=admin, reference="contact/1", subject="contact/x", to=bob, until=timezone.localdate(), because="asked"
    )
    client.force_login(admin)
    page = client.get(f"/people/{bob.pk}/rights/").content.decode()
    assert "a record that was shared" in page
    assert "contact/1" not in page
    number = Share.objects.get().pk
    assert client.post(f"/people/{bob.pk}/rights/shared/{number}/end/").status_code == 302
    assert not Share.objects.filter(holding(timezone.localdate())).exists()
