"""A step of a record on its way: checked, published, sent back, recalled."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.records import services
from primacy.records.forms import OWN_HAND, StepForm
from primacy.records.pages.found import the_exact, the_type


@require_POST
@require("records.write")
def review(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Take a record a step on, and come back to it."""
    type_ = the_type(request, record_type)
    the_exact(request, type_, record_id, "see")
    form = StepForm(request.POST)
    if not form.is_valid():
        for fault in form.errors.values():
            messages.error(request, str(fault[0]))
        return redirect("records:record", record_type=type_.key, record_id=record_id)
    try:
        services.review(by=request.user, type_=type_, id=record_id, **form.cleaned_data)
    except services.Collision:
        messages.error(request, _("Somebody changed it meanwhile; look again first."))
    except services.OwnHand as error:
        messages.error(request, str(OWN_HAND[error.own]))
    except ValueError:
        messages.error(request, _("Say why, in a few words."))
    except LookupError as error:
        raise Http404 from error
    else:
        messages.success(request, _("It is done."))
    return redirect("records:record", record_type=type_.key, record_id=record_id)
