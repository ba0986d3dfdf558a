"""What a person may see of records: posts, groups, and what the table makes of them; one's own page hands a post on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access import placing, queries
from primacy.access.placing_forms import AddToGroup, GivePost, HandOn
from primacy.access.queries import SignedIn
from primacy.access.readers import held_by, reader_of, still_held
from primacy.access.record_rights import ACTIONS, Reader, highest, record_table
from primacy.access.requiring import require
from primacy.access.vouching_pages import ask


def _what_is_seen(reader: Reader) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Each type with (action, highest confidentiality of all records, of one's own component's); -1 for none."""
    return [(type_, [(action, *highest(reader, type_, action)) for action in ACTIONS]) for type_ in record_table()]


@require_http_methods(["GET", "POST"])
@require("posts.manage")
def placed(request: SignedIn, person_id: int) -> HttpResponse:
    """What one person holds, what it lets them see, and the forms that give more."""
    person = get_object_or_404(queries.people(viewer=request.user), pk=person_id)
    given = request.POST if request.method == "POST" else None
    post = GivePost(given if given and "component" in given else None)
    group = AddToGroup(given if given and "group" in given else None)
    for deed, form in (("post", post), ("group", group)):
        if form.is_bound and form.is_valid():
            ask(request, person, deed, {**form.cleaned_data, "until": placing.day_text(form.cleaned_data["until"])})
            return redirect("access:placed", person_id=person.pk)
    return _page(request, person, {"post_form": post, "group_form": group, "ends": True})


@require_POST
@require("posts.manage")
def end(request: SignedIn, person_id: int, what: str, number: int) -> HttpResponse:
    """End what somebody holds, from now on."""
    person = get_object_or_404(queries.people(viewer=request.user), pk=person_id)
    given = still_held(person, what, number)
    if given is None:
        raise Http404
    placing.end(by=request.user, given=given, what=person.username)
    return redirect("access:placed", person_id=person.pk)


@require_http_methods(["GET", "POST"])
@require("records.read")
def own(request: SignedIn) -> HttpResponse:
    """What one holds oneself, what it lets one see, and handing a post on for a time."""
    form = HandOn(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        placing.hand_on(by=request.user, **form.cleaned_data)
        messages.success(request, _("It is handed on."))
        return redirect("access:own-rights")
    return _page(request, request.user, {"hand_on": form if form.offers else None})


def _page(request: SignedIn, person: Any, more: dict[str, object]) -> HttpResponse:
    seen = _what_is_seen(reader_of(person))
    return render(
        request,
        "access/rights.html",
        {"person": person, "held": held_by(person), "seen": seen, "actions": ACTIONS, **more},
    )
