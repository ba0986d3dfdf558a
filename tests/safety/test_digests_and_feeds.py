"""What leaves the house by itself: the digest by e-mail and the calendar for other programs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.safety.record_house import WORD
from tests.safety.test_records import TOKEN

from primacy.access import services as access
from primacy.framework import Instance
from primacy.jobs.models import Job
from primacy.jobs.services.appointments import keep_appointments
from primacy.web.mail import Mail, mail_settings
from primacy.work.models import Digest, Notice, Wishes
from primacy.work.queries.subjects import subject
from primacy.work.services import comments, digests, notices, tasks
from primacy.work.tasks import hourly_round

pytestmark = pytest.mark.django_db
SAID = "quinoa"
MONDAY, TUESDAY = (datetime(2026, 6, day, 6, tzinfo=UTC) for day in (1, 2))
MAIL = Mail(
    host="localhost", security="none", sender="primacy@un.example", domains=("un.example",), site="https://p.example"
)
WORDS = {"en": "3 notices wait", "fr": "3 notifications vous attendent", "ar": "3 إشعارات تنتظرك"}


@pytest.fixture
def told(house, settings):
    """Somebody to whom three things were said, of which one is protected, and who wishes a digest every day."""
    settings.MAIL = MAIL
    author, reader = house.person("author", "political-affairs"), house.person("reader", "political-affairs")
    for confidentiality in (1, 3):
        record = house.write(author, "contact", subject=f"about {WORD} today", confidentiality=confidentiality)
        about = subject(viewer=author, reference=f"contact/{record.pk}")
        comments.add_comment(by=author, about=about, text=f"@reader {SAID}")
    due = timezone.localdate() + timedelta(days=1)
    values = {"action": "verify", "note": SAID, "owner": reader, "component": "", "due": due}
    tasks.give_task(by=author, about=about, values=values)
    Wishes.objects.create(person=reader, digest="daily", address="reader@un.example")
    return reader


# ---- the digest


@pytest.mark.parametrize("language", WORDS)
def test_a_digest_holds_numbers_and_links_and_no_word_of_what_it_is_about(told, language):
    told.language = language
    told.save()
    assert digests.send_digests(now=TUESDAY) == 1
    (sent,) = mail.outbox
    ((html, _kind),) = sent.alternatives
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    for text in (sent.body, html):
        assert WORDS[language] in text
        links = re.findall(r"https?://[^\s\"<]+", text)
        assert set(links) == {f"https://p.example/{each}/" for each in ("notices", "tasks", "notices/wishes")}
    everything = str(sent.message()) + sent.body + html
    for hidden in (WORD, SAID, "author", "contact", "Contact", "Verify", "Ostara", "<img", "style"):
        assert hidden not in everything.replace("content-", "").replace("Content-", "")


def test_nothing_is_told_twice_and_what_is_new_goes_with_the_next_one(told, house):
    assert [digests.send_digests(now=TUESDAY + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    assert digests.send_digests(now=TUESDAY + timedelta(days=1)) == 0, "nothing is new"
    about = subject(viewer=house.people["author"], reference=Notice.objects.filter(what="named")[0].about)
    comments.add_comment(by=house.people["author"], about=about, text=f"@reader {SAID} again")
    assert digests.send_digests(now=TUESDAY + timedelta(days=2)) == 1
    assert "1 notice waits" in mail.outbox[-1].body


@pytest.mark.parametrize(("wish", "now", "sent"), [
    ("daily", MONDAY, 1), ("daily", TUESDAY, 1), ("weekly", MONDAY, 1), ("weekly", TUESDAY, 0), ("", MONDAY, 0),
    ("daily", MONDAY.replace(hour=4), 0),
])  # fmt: skip
def test_a_digest_goes_on_the_days_that_were_asked_for(told, wish, now, sent):
    Wishes.objects.get(person=told).delete()
    Wishes.objects.create(person=told, digest=wish, address="reader@un.example")
    assert digests.send_digests(now=now) == sent == len(mail.outbox)


@pytest.mark.parametrize("why", ["switched off", "no address", "elsewhere", "mail is off", "no role"])
def test_who_is_switched_off_and_who_must_not_gets_nothing(told, settings, why):
    wishes = Wishes.objects.get(person=told)
    if why == "mail is off":
        settings.MAIL = None
    told.is_active, told.role = why != "switched off", "nobody" if why == "no role" else told.role
    told.save()
    wishes.address = {"no address": "", "elsewhere": "r@gmail.example"}.get(why, wishes.address)
    wishes.save()
    assert digests.send_digests(now=MONDAY) == 0
    assert mail.outbox == []


def test_nobody_who_is_switched_off_is_told_anything(told, house):
    told.is_active = False
    told.save()
    before = Notice.objects.filter(person=told).count()
    notices.tell(people=[told], what="comment", about="contact/none")
    notices.gather()
    assert Notice.objects.filter(person=told).count() == before


def test_a_digest_that_was_interrupted_is_not_sent_again_and_its_notices_go_with_the_next(told):
    Digest.objects.create(person=told, on=TUESDAY.date())  # kept, and then the machine stopped
    assert digests.send_digests(now=TUESDAY) == 0
    assert digests.send_digests(now=TUESDAY + timedelta(days=1)) == 1
    assert WORDS["en"] in mail.outbox[0].body


def test_a_digest_that_the_server_refused_is_tried_again_by_the_next_round(told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert digests.send_digests(now=TUESDAY) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert digests.send_digests(now=TUESDAY + timedelta(hours=1)) == 1


def test_the_rounds_go_on_after_a_restart_and_after_an_interruption(told):
    """A round is due every hour, whatever happened to the last one."""
    waiting = DBTaskResult.objects.filter(task_path=hourly_round.module_path, status="READY")
    keep_appointments()
    keep_appointments()
    assert waiting.count() == 1
    for _ in range(2):  # the worker was killed in the midst of one, and it is begun again
        hourly_round.func(**waiting.get().args_kwargs["kwargs"])
    assert Job.objects.get(kind="recurring", task=str(waiting.get().pk)).state == "done"
    assert Notice.objects.filter(person=told).count() == 3, "a round tells of a day once, and of one task once"


def test_mail_is_off_without_a_file_and_never_leaves_the_machine_in_the_open(instance_folder):
    instance = Instance(instance_folder)
    assert mail_settings(instance) is None
    told = (
        "host: {host}\nsecurity: {security}\nsender: a@un.example\ndomains: ['@UN.example']\nsite: https://p.example\n"
    )
    for host, security, fine in (
        ("mail.example", "tls", True),
        ("mail.example", "none", False),
        ("localhost", "none", True),
    ):
        instance.mail_file.write_text(told.format(host=host, security=security), "utf-8")
        if fine:
            found = mail_settings(instance)
            assert found is not None
            assert found.domains == ("un.example",)
        else:
            with pytest.raises(ValueError, match="encrypted"):
                mail_settings(instance)
    (instance_folder / "mail.secret").write_text("quiet\n", "utf-8")
    instance.mail_file.write_text(told.format(host="m", security="tls") + "password_file: mail.secret\n", "utf-8")
    found = mail_settings(instance)
    assert found is not None
    assert found.password == "quiet"
    assert "quiet" not in repr(found)


# ---- the calendar elsewhere


@pytest.fixture
def address(told, as_):
    """The address that somebody makes on their own page."""
    page = as_(told).post(reverse("work:elsewhere")).content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", page)
    assert found is not None
    assert found[1] not in as_(told).get(reverse("work:elsewhere")).content.decode(), "it is shown once"
    return found[1]


def test_a_feed_is_read_without_signing_in_and_answers_304_while_nothing_changed(told, house, client, address):
    client.logout()
    first = client.get(address)
    assert first.status_code == 200
    assert first["Content-Type"].startswith("text/calendar")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    author = house.people["author"]
    values = {"action": "ask", "note": "", "owner": told, "component": "", "due": timezone.localdate()}
    tasks.give_task(by=author, about=None, values=values)
    now = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert now.status_code == 200
    assert now.content.count(b"BEGIN:VEVENT") == first.content.count(b"BEGIN:VEVENT") + 1


@pytest.mark.parametrize("why", ["withdrawn", "a new one", "switched off", "a new password", "expired", "scripts"])
def test_an_address_that_ended_answers_as_one_that_never_was(told, as_, client, address, why):
    from primacy.access.models import Token

    if why == "withdrawn":
        as_(told).post(reverse("work:withdraw-calendar"))
    elif why == "a new one":
        as_(told).post(reverse("work:elsewhere"))
    elif why == "switched off":
        told.is_active = False
        told.save()
    elif why == "a new password":
        access.change_password(person=told, password="another-long-one")
    elif why == "expired":
        token = Token.objects.get(purpose=access.CALENDAR)
        token.expires = timezone.now()
        token.save()
    else:
        _token, secret = access.create_token(person=told, name="script", days=7)
        address = reverse("work:feed", args=[secret])
    client.logout()
    ended, never = client.get(address), client.get("/calendar/primacy_never.ics")
    assert ended.status_code == never.status_code == 404
    told = [TOKEN.sub("", each.content.decode()) for each in (ended, never)]
    assert told[0].replace(address, "") == told[1].replace("/calendar/primacy_never.ics", "")


def test_the_secret_of_a_calendar_opens_nothing_else(told, client, address):
    client.logout()
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    client.force_login(told)
    assert secret not in client.get("/tokens/").content.decode()


def test_rights_are_asked_anew_at_each_reading(told, house, client, address):
    client.logout()
    contact = house.write(
        house.people["author"], "contact", confidentiality=1, next_on=timezone.localdate() + timedelta(days=5)
    )
    assert b"Planned meeting" in client.get(address).content
    from primacy.records import services

    services.change(
        by=house.people["author"], type_=house.types["contact"], id=contact.pk, version=1, values={"confidentiality": 3}
    )
    assert b"Planned meeting" not in client.get(address).content, "what became protected is there no more"
