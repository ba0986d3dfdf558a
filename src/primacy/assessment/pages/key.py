"""The public key of the instance, for others to check what it signed."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment.packages.signing import public_of, to_pem
from primacy.framework import Instance


@require_safe
@require("assessment.read")
def key(request: SignedIn) -> HttpResponse:
    """The PEM file to give away; 404 until something was signed."""
    public = public_of(Instance.here().signing_key)
    if public is None:
        raise Http404
    response = HttpResponse(to_pem(public), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="primacy-public-key.pem"'
    return response
