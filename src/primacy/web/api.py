"""The programming interface: the doors of all rooms under one address, with one way to ask and one way to refuse."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from primacy.access.bearers import Bearer, Session
from primacy.assessment.api import router as assessments
from primacy.evidence.api import router as evidence
from primacy.evidence.errors import BadInput
from primacy.framework import FrameworkError
from primacy.framework.saying import told as told_words
from primacy.jobs.api import router as jobs
from primacy.places.api import router as places
from primacy.records.api import router as records
from primacy.records.services.looking import TooManyLooks
from primacy.ui.questions import answer
from primacy.ui.refusals import ABSENT, FORBIDDEN, INVALID, NOBODY, NOT_NOW, TOO_OFTEN, Fault, Refused, absent, told
from primacy.ui.throttling import PerPerson
from primacy.web.me import router as me

logger = logging.getLogger(__name__)
ABOUT = (
    gettext_noop("What the pages show, for scripts: the framework, places, evidence, assessments and their findings."),
    gettext_noop(
        "Make a token on the page of tokens and send it as `Authorization: Bearer primacy_...`; in the browser your "
        "session is enough for reading."
    ),
    gettext_noop(
        "You see what you see on the pages, as coarse as there, and nothing else: what you may not see is answered as "
        "if it did not exist. Every refusal has the same form: `errors`, each with `what`, `where` and `do`."
    ),
)


class Doors(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function: what clients that are made from the description call it."""
        return str(operation.view_func.__name__)


api = Doors(
    title="Primacy", version="1", description="\n\n".join(ABOUT), urls_namespace="api", auth=[Bearer(), Session()],
    throttle=[PerPerson("600/m")],
)  # fmt: skip
for router in (me, assessments, places, evidence, records, jobs):
    api.add_router("", router)


def _refusal(status: int, faults: list[Fault]) -> HttpResponse:
    return answer({"errors": [each.model_dump() for each in faults]}, status=status)


@api.exception_handler(Refused)
def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return _refusal(error.status, list(error.faults))


@api.exception_handler(Http404)
def missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return _refusal(ABSENT, [absent()])


@api.exception_handler(PermissionDenied)
def forbidden(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    do = _("Ask somebody who may, or an administrator for another role.")
    return _refusal(FORBIDDEN, [Fault(what=_("Your role may not do this."), where="path", do=do)])


@api.exception_handler(TooManyLooks)
def too_many_looks(_request: HttpRequest, _error: TooManyLooks) -> HttpResponse:
    what, do = _("These are too many protected records within an hour."), _("Ask for fewer at once, or wait an hour.")
    return _refusal(TOO_OFTEN, [Fault(what=what, where="path", do=do)])


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _refusal(INVALID, told(error.errors))


@api.exception_handler(BadInput)
def unusable(_request: HttpRequest, error: BadInput) -> HttpResponse:
    """Without its place, which may be a path on the server."""
    language = get_language() or "en"
    do = told_words(error.remedy, language) or _("Tell an administrator.")
    return _refusal(NOT_NOW, [Fault(what=told_words(error.what, language), where="path", do=do)])


@api.exception_handler(FrameworkError)
def faulty(_request: HttpRequest, error: FrameworkError) -> HttpResponse:
    do, language = _("Whoever keeps the mission file must mend it."), get_language() or "en"
    told = [Fault(what=each.fault.told(language), where=each.field or "path", do=do) for each in error.problems]
    return _refusal(NOT_NOW, told)


@api.exception_handler(HttpError)
def general(_request: HttpRequest, error: HttpError) -> HttpResponse:
    sentences: dict[int, tuple[str, str, str]] = {
        NOBODY: ("header/Authorization", _("Nobody is known by this."), _("Send a token that still works.")),
        TOO_OFTEN: ("path", _("These are too many questions at once."), _("Wait a minute, and ask less often.")),
    }
    unread = ("body", _("The body cannot be read."), _("Send one JSON object."))
    where, what, do = sentences.get(error.status_code, unread)
    return _refusal(error.status_code, [Fault(what=what, where=where, do=do)])


@api.exception_handler(Exception)
def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    """What nobody thought of is logged, and told without its text, which may hold what must not be shown."""
    logger.exception("the programming interface failed at %s", request.path, exc_info=error)
    what, do = _("Something unexpected happened."), _("Try again; if it happens again, tell an administrator when.")
    return _refusal(500, [Fault(what=what, where="path", do=do)])
