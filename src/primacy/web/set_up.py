"""The page of how the site is set up: what the doctor finds in a moment, and what runs in the background."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.framework.instance import Instance
from primacy.jobs import queries
from primacy.web.doctor import backup, examine

PLACES = {
    "background": _("background work"),
    "clock": _("clock"),
    "people": _("people"),
    "settings": _("settings"),
}


@require_safe
@require("setup.read")
def set_up(request: SignedIn) -> HttpResponse:
    """Grave things first. What takes long (evidence, the trail) is left to `primacy doctor`."""
    found = sorted(examine(Instance.here(), quick=True), key=lambda each: not each.grave)
    told = [(each, PLACES.get(each.where, each.where)) for each in found]
    context = {
        "found": told, "workers": queries.workers(), "appointments": queries.appointments(),
        "backup": backup.last(Instance.here()),
    }  # fmt: skip
    return render(request, "web/set_up.html", context)
