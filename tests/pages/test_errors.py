"""Pages for what cannot be answered: what happened, what to do, in three languages, and nothing about what is hidden."""

from html import unescape

import pytest
from django.template.loader import get_template

pytestmark = pytest.mark.django_db
SAID = {
    "en": ("There is no such page.", "The nearest:"),
    "fr": ("Cette page n’existe pas.", "Les plus proches :"),
    "ar": ("لا توجد صفحة", "الأقرب:"),
}


@pytest.fixture
def seen(client, people, country):
    def page(path, language="en", role="reader", **more):
        client.force_login(people[role])
        client.cookies["django_language"] = language
        answer = client.get(path, **more)
        return answer.status_code, unescape(answer.content.decode())

    return page


@pytest.mark.parametrize("language", SAID)
def test_an_unknown_id_is_told_with_the_nearest_ones_under_the_classification(seen, language):
    status, page = seen("/framework/O2.M22/", language)
    assert status == 404
    assert SAID[language][1] in page
    assert '<a href="/framework/O2.M2/">' in page
    assert 'class="classification"' in page


def test_a_retired_id_says_that_the_mission_set_it_aside(seen, instance_folder):
    (instance_folder / "framework").mkdir()
    text = "id: O2.M2\nchanged: {by: [planning, jmac], on: 2025-01-10, because: b}\nretired: true\n"
    (instance_folder / "framework" / "a.yaml").write_text(text, "utf-8")
    status, page = seen("/benchmarks/O2.M2/evidence/")
    assert status == 404
    assert "The mission set O2.M2 aside" in page
    assert '<a href="/framework/O2.M2/">' in page


def test_an_old_assessment_leads_to_the_list(seen):
    status, page = seen("/?assessment=ffffffffffff")
    assert status == 404
    assert "All assessments" in page


def test_a_wrong_method_gets_a_page_and_its_allowed_ones(client, people, country):
    client.force_login(people["leader"])
    answer = client.get("/assessments/3f9c01d2ab44/sign-off/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "use its button" in answer.content.decode()


def test_what_is_too_large_says_so(client, people, country, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client.force_login(people["analyst"])
    answer = client.post("/assessments/", {"purpose": "x" * 500})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert 'class="classification"' in answer.content.decode()


def test_a_failure_of_the_site_speaks_all_languages_without_the_base_page():
    page = get_template("500.html").render()
    assert all(f'lang="{code}"' in page for code in ("en", "fr", "ar"))
    assert "classification" in page
