"""The addresses of the programming interface, as Django calls them: who asks is found there, not by the sign-in page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from primacy.ui.questions import answer
from primacy.web.api import api

View = Callable[..., HttpResponseBase]
PAGES = ("openapi-view",)  # for people: who is not signed in is led to the sign-in


def api_urls() -> tuple[list[Any], str, str]:
    """For `path`: patterns, name of the application, namespace."""
    patterns, app, space = api.urls
    for pattern in patterns:
        if pattern.name not in PAGES:
            pattern.callback = spoken(pattern.callback)
    return patterns, app, space


def spoken(view: View) -> View:
    """Answer in the language asked for, and refuse another method in the same form as everything else."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        wanted = request.GET.get("language", "")
        language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or "en"
        with translation.override(language):
            response = view(request, *args, **named)
            response["Content-Language"] = language
            return response if response.status_code != 405 else _other_method(response)

    asked.login_required = False  # type: ignore[attr-defined]
    asked.csrf_exempt = True  # type: ignore[attr-defined]  # a session lets nobody write here
    return asked


def _other_method(response: HttpResponseBase) -> HttpResponseBase:
    allowed = response["Allow"]
    fault = {
        "what": _("This cannot be done here."), "where": "method", "do": _("Use one of: %(these)s.") % {"these": allowed}
    }  # fmt: skip
    told = answer({"errors": [fault]}, status=405)
    told["Allow"] = allowed
    return told
