"""A page kept for a meeting stands still; news since is released by the duty officer; the leadership signs."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from primacy.access.models import AuditEntry, Unchangeable
from primacy.assessment.models import Flash, MeetingPage, SignOff, StoredAssessment
from primacy.assessment.services import meetings as services
from primacy.assessment.services.signing_off import sign_off
from primacy.assessment.views import Asking
from primacy.framework import Instance, read_mission

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, people):
    def page(path: str, role: str = "reader") -> str:
        client.force_login(people[role])
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return page


@pytest.fixture
def kept(country):
    return country.keep_meeting(read_mission(Instance.here().mission_file))


def main(page: str) -> str:
    return page.split("<main")[1]


# ---- a page that stands still


def test_neither_a_newer_assessment_nor_another_mission_file_moves_a_kept_page(read, country, kept, instance_folder):
    address = reverse("assessment:meeting", args=[kept.pk])
    before = main(read(address))
    assert "implementation, month 17" in before
    country.stored = [replace(country.stored[0], id="88bb01d2ab46", as_of=date(2026, 7, 31)), *country.stored]
    text = (instance_folder / "mission.yaml").read_text("utf-8")
    (instance_folder / "mission.yaml").write_text(text.replace("month 17", "month 18"), "utf-8")
    assert main(read(address)) == before
    assert "month 18" in read("/")


def test_a_newer_assessment_is_named_apart(read, country, kept):
    later = replace(country.stored[0], id="88bb01d2ab46", as_of=date(2026, 7, 31), created=kept.at.replace(year=2027))
    country.stored = [later, *country.stored]
    page = read(reverse("assessment:meeting", args=[kept.pk]))
    assert "A newer assessment is stored, as of 31 July 2026." in page
    assert "as of 30 June 2026" in page


def test_links_of_a_kept_page_lead_into_its_own_assessment(read, kept):
    page = main(read(reverse("assessment:meeting", args=[kept.pk])))
    assert f"/benchmarks/O2.M2/?assessment={kept.assessment}" in page


def test_who_is_asked_for_a_view_sees_no_change_of_it_on_a_kept_page(read, country, kept, monkeypatch):
    owed = country.changes(viewer=None, assessment_id=kept.assessment)[0].benchmark
    asking = Asking(frozenset({owed}), until=date(2026, 7, 9))
    address = reverse("assessment:meeting", args=[kept.pk])
    told = f'class="title" href="/benchmarks/{owed}/'
    assert told in main(read(address)).split('id="risk"')[0]
    monkeypatch.setattr(country, "asking", lambda **_asked: asking)
    assert told not in main(read(address, "leader")).split('id="risk"')[0]


def test_a_kept_page_and_news_are_never_changed_and_never_removed(people, country):
    page = MeetingPage(assessment="3f9c01d2ab44", title="Team", by="planner", at=country.stored[0].known, seen={})
    page.save()
    flash = services.release_flash(by=people["duty-officer"], text="The road is open.", confirmed=True)
    for each in (page, flash):
        with pytest.raises(Unchangeable):
            each.save()
        with pytest.raises(Unchangeable):
            each.delete()


@pytest.mark.parametrize(
    ("role", "may"), [("reader", False), ("leader", True), ("analyst", True), ("duty-officer", True)]
)
def test_who_may_keep_a_page_is_offered_the_form(read, country, role, may):
    assert ('action="/meetings/?assessment=' in read("/", role)) is may


# ---- news since


def test_news_is_released_by_the_duty_officer_alone_and_every_deed_is_on_record(client, people, country):
    for role, status in (("reader", 403), ("analyst", 403), ("leader", 403), ("duty-officer", 302)):
        client.force_login(people[role])
        assert client.post("/flashes/", {"text": "The road is open.", "confirmed": "on"}).status_code == status
    flash = Flash.objects.get()
    assert (flash.by, flash.confirmed) == ("a-duty-officer", True)
    services.withdraw_flash(by=people["duty-officer"], flash_id=flash.pk, because="Another road.")
    deeds = AuditEntry.objects.filter(subject=str(flash.pk)).order_by("number").values_list("deed", "actor")
    assert list(deeds) == [("released a flash", "a-duty-officer"), ("withdrew a flash", "a-duty-officer")]
    with pytest.raises(LookupError):
        services.withdraw_flash(by=people["duty-officer"], flash_id=flash.pk, because="Again.")


def test_what_was_taken_back_leaves_the_front_page_and_stays_on_record(people, country):
    from primacy.assessment.queries import flashes

    officer = people["duty-officer"]
    first = services.release_flash(by=officer, text="Wrong.", confirmed=False)
    services.release_flash(by=officer, text="Right.", confirmed=True)
    services.withdraw_flash(by=officer, flash_id=first.pk, because="Not so.")
    assert [each.text for each in flashes(viewer=officer, withdrawn=False)] == ["Right."]
    assert [(each.text, each.withdrawn) for each in flashes(viewer=officer)] == [("Right.", ""), ("Wrong.", "Not so.")]


def test_news_stands_apart_says_how_sure_it_is_and_cannot_carry_markup(read, country):
    country.tell_news(country.stored[0].known, "<b>Shots</b> near the market.")
    page = main(read("/"))
    assert "&lt;b&gt;Shots" in page
    assert "reported, not confirmed" in page
    assert page.index("Shots") < page.index("<h1>")


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_news_is_not_released(people, text):
    with pytest.raises(ValueError):
        services.release_flash(by=people["duty-officer"], text=text, confirmed=False)


# ---- the signature


@pytest.fixture
def stored(people, country):
    newest = country.stored[0]
    return StoredAssessment.objects.create(
        id=newest.id, as_of=newest.as_of, known=newest.known, created=newest.created, created_by="planner", code="0",
        framework_hash="", evidence_hash="", level=9,
    )  # fmt: skip


def owes(monkeypatch, country, *benchmarks: str) -> None:
    asking = Asking(frozenset(benchmarks))
    monkeypatch.setattr("primacy.assessment.services.signing_off.queries.asking", lambda **_asked: asking)


def test_the_leadership_signs_once_each_and_the_banner_says_so(people, country, stored, monkeypatch):
    owes(monkeypatch, country)
    assert stored.signed is None
    sign_off(by=people["leader"], assessment_id=stored.id)
    with pytest.raises(ValueError):
        sign_off(by=people["leader"], assessment_id=stored.id)
    assert StoredAssessment.objects.get().signed == SignOff.objects.get()


def test_views_come_before_the_signature(people, country, stored, monkeypatch):
    owes(monkeypatch, country, "O2.M2")
    with pytest.raises(ValueError):
        sign_off(by=people["leader"], assessment_id=stored.id)
    assert not SignOff.objects.exists()


# ---- narrowing, and days that can be chosen


def test_counts_of_a_narrowed_page_are_of_the_marks_that_it_draws(read, country):
    page = main(read("/?horizon=long"))
    drawn = page.count("data-status=")
    assert 0 < drawn < 65
    assert sum(int(each.split('"')[0]) for each in page.split('data-count="')[1:]) == drawn
    assert "Only Long term." in page


@pytest.mark.parametrize(
    "query", ["area=XX99", "component=%3Cb%3E", "horizon=never", "view=dials", "assessment=nothing"]
)
def test_what_cannot_be_asked_for_is_no_page(client, people, country, query):
    client.force_login(people["reader"])
    assert client.get(f"/?{query}").status_code == 404


def test_every_stored_day_can_be_chosen_by_a_plain_form(read, country):
    page = main(read("/?assessment=77aa01d2ab45&horizon=long"))
    assert '<option value="77aa01d2ab45" selected>31 May 2026' in page
    assert '<option value="">30 June 2026' in page
    assert '<input type="hidden" name="horizon" value="long">' in page
