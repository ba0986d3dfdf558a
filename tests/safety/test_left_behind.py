"""What a reader leaves behind on a shared machine or tells another one: pages that a browser keeps, names of downloads,
titles of windows, addresses that are passed on, error pages, the log."""

import io
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.safety.record_house import WORD
from tests.safety.test_records import TYPES, address

from primacy.records.services import attachments
from primacy.web.logs import WithoutWords

pytestmark = pytest.mark.django_db
DOORS = ("record", "change", "history", "who", "timeline", "relations", "relate", "dispose")


@pytest.fixture
def polly(house):
    return house.person("polly", "political-affairs", "civil-affairs", "jmac")


@pytest.mark.parametrize("type_", TYPES)
def test_no_page_file_or_answer_about_a_record_is_kept_by_any_cache(house, as_, polly, type_) -> None:
    record = house.write(polly, type_, confidentiality=3)
    file = attachments.attach(by=polly, type_=house.types[type_], id=record.pk, name="a.txt", data=b"words")
    browser = as_(polly)
    asked = [address(door, type_, record.pk) for door in DOORS]
    asked += [
        reverse("records:list", args=[type_]),
        reverse("records:rooms"),
        f"/search/?q={WORD}",
        f"/search/suggest/?q={WORD}",
    ]
    asked += [reverse("records:export", args=[type_, ending]) for ending in ("csv", "xlsx", "parquet")]
    asked += [
        address("attachment", type_, record.pk, attachment_id=file.pk),
        reverse("records:template", args=[type_, "csv"]),
    ]
    asked += [
        f"/api/v1/records/{type_}",
        f"/api/v1/records/{type_}/{record.pk}",
        f"/api/v1/records/{type_}/{record.pk}/versions",
    ]
    asked += ["/tasks/", "/notices/", "/calendar/", "/records/contact/none/", "/no-such-page/"]
    answers = {each: browser.get(each) for each in asked}
    assert {each: found["Cache-Control"] for each, found in answers.items()} == dict.fromkeys(
        asked, "private, no-store"
    )
    for each, found in answers.items():
        assert found["Referrer-Policy"] == "same-origin", each
        assert "ETag" not in found, each
        assert "Last-Modified" not in found, each
        assert WORD not in found.get("Content-Disposition", ""), each
    titles = [re.findall(r"<title>([^<]*)", answers[each].content.decode()) for each in asked[: len(DOORS)]]
    assert not [each for each in titles if WORD in str(each)]


def test_signing_out_empties_what_the_browser_holds_and_every_page_leads_to_the_sign_in(house, as_, polly) -> None:
    record = house.write(polly, "contact", confidentiality=3)
    browser = as_(polly)
    left = browser.post(reverse("access:sign-out"))
    assert left["Clear-Site-Data"] == '"cache"'
    assert browser.get(address("record", "contact", record.pk)).url.startswith("/sign-in/")


def test_an_error_says_nothing_of_a_record_to_its_reader_nor_to_the_log(house, polly, monkeypatch) -> None:
    """The words of an error may be those of a record: a database names the value that it refused."""
    record = house.write(polly, "contact", confidentiality=3)
    said, log = io.StringIO(), logging.getLogger("django.request")
    terminal = logging.StreamHandler(said)
    terminal.setFormatter(WithoutWords())
    log.addHandler(terminal)

    def fails(**named) -> None:
        try:
            raise KeyError(f"about {WORD}")
        except KeyError as error:
            raise ValueError(f"this cannot be: {record.subject}") from error

    monkeypatch.setattr("primacy.records.pages.queries.one", fails)
    browser = Client(raise_request_exception=False)
    browser.force_login(polly)
    try:
        page = browser.get(address("record", "contact", record.pk))
    finally:
        log.removeHandler(terminal)
    assert page.status_code == 500
    assert WORD not in page.content.decode()
    assert WORD not in said.getvalue()
    for needed in ("builtins.KeyError", "builtins.ValueError", "test_left_behind.py"):
        assert needed in said.getvalue(), "whoever keeps the machine finds the place"


def test_of_an_error_of_the_machine_the_log_has_the_words() -> None:
    try:
        raise OSError(28, "No space left on device")
    except OSError as error:
        told = WithoutWords().formatException((type(error), error, error.__traceback__))
    assert "No space left on device" in told


def test_no_setting_keeps_a_log_with_words(settings) -> None:
    assert {each["formatter"] for each in settings.LOGGING["handlers"].values()} == {"without words"}
