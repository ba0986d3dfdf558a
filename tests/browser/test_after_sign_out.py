"""Somebody signs out on a shared machine and goes; the next one presses the button to go back."""

from datetime import date

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_going_back_after_the_sign_out_shows_nothing_of_a_record(visits, people, instance_folder) -> None:
    from primacy.access.models import User
    from primacy.access.posts import Post

    people["polly"] = User.objects.create(username="polly", role="reader")
    Post.objects.create(person=people["polly"], component="political-affairs", since=date(2020, 1, 1))
    seen = visits("polly")
    page = seen.open("/records/actor/new/")
    page.fill("[name=name]", "Quiet council")
    page.select_option("[name=category]", "unions")
    page.click("form#record button:not([name])")
    assert "Quiet council" in page.inner_text("main")
    page.evaluate("document.querySelector('form[action=\"/sign-out/\"]').submit()")
    page.wait_for_url("**/sign-in/**")
    for _back in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert "Quiet council" not in page.content()
        assert page.locator("[name=password]").count() == 1
