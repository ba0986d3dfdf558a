import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from primacy.access.models import User
from primacy.access.requiring import may, require

CASES = [
    ("whoever may, sees the page", "analyst", "evidence.load", None),
    ("whoever may know, is told that it is not allowed", "reader", "evidence.load", PermissionDenied),
    ("whoever may not know, is told that there is no such page", "reader", "people.manage", Http404),
]


@pytest.mark.parametrize(("shows", "role", "deed", "refusal"), CASES, ids=[case[0] for case in CASES])
def test_require_refuses_by_what_the_reader_may_know(rf, shows, role, deed, refusal):
    request = rf.get("/")
    request.user = User(username="x", role=role)
    page = require(deed)(lambda _request: HttpResponse("seen"))
    if refusal is None:
        assert page(request).content == b"seen"
    else:
        with pytest.raises(refusal):
            page(request)


def test_a_page_that_asks_for_an_unknown_deed_does_not_start():
    with pytest.raises(KeyError):
        require("evidence.forge")


def test_nobody_who_is_switched_off_or_not_signed_in_may_do_anything():
    assert not may(User(username="x", role="administrator", is_active=False), "assessment.read")
    assert not may(AnonymousUser(), "assessment.read")
