"""The addresses of the programming interface, as Django calls them: who asks is found there, by no sign-in page."""

import json
from collections.abc import Callable
from functools import cache, partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from ninja.errors import AuthenticationError
from ninja.operation import Operation

from primacy.access.bearers import Bearer, Session
from primacy.ui.questions import answer
from primacy.ui.refusals import INVALID, Fault, Refused
from primacy.web.api import ABOUT, api
from primacy.web.api_told import Told, groups

View = Callable[..., HttpResponseBase]
FOR_PEOPLE = "openapi-view"  # who is not signed in is led to the sign-in
DESCRIPTION = "openapi-json"
TITLES = {
    "access": gettext_lazy("Access"), "framework": gettext_lazy("Framework"),
    "assessments": gettext_lazy("Assessments"), "findings": gettext_lazy("Findings"), "charts": gettext_lazy("Charts"),
    "comparisons": gettext_lazy("Comparisons"), "places": gettext_lazy("Places"), "evidence": gettext_lazy("Evidence"),
    "records": gettext_lazy("Records"), "jobs": gettext_lazy("Jobs"),
}  # fmt: skip
"""What the groups of operations are called, by their tag."""


def api_urls() -> tuple[list[Any], str, str]:
    """For `path`: patterns, name of the application, namespace."""
    for router in api._get_bound_routers():
        for paths in router.path_operations.values():
            for operation in paths.operations:
                operation.view_func = strict(operation)
    found, app, space = api.urls
    patterns: list[Any] = list(found)
    for pattern in patterns:
        if pattern.name == DESCRIPTION:
            pattern.callback = description
        if pattern.name == FOR_PEOPLE:
            pattern.callback = documented
        else:
            pattern.callback = spoken(pattern.callback)
    return [*patterns, path("<path:rest>", spoken(nothing), name="nothing")], app, space


def nothing(_request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address."""
    raise Http404(rest)


def strict(operation: Operation) -> Callable[..., Any]:
    """Refuse parameters that the operation does not know: a filter that is misspelt would otherwise filter nothing."""
    view = operation.view_func
    queries = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    names = {name for model in queries for name in model.__ninja_flatten_map__}

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **named: Any) -> Any:
        if unknown := sorted(set(request.GET) - names):
            do = _("Known here: %(names)s.") % {"names": ", ".join(sorted(names))}
            what = _("There is no such parameter.")
            raise Refused(INVALID, *(Fault(what=what, where=f"query/{name[:60]}", do=do) for name in unknown[:20]))
        return view(request, *args, **named)

    return asked


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI, for those who may ask."""
    if not (Bearer()(request) or Session()(request)):
        raise AuthenticationError
    return HttpResponse(_described(), content_type="application/json; charset=utf-8")


@require_safe
def documented(request: HttpRequest) -> HttpResponse:
    """The same as a page, for people."""
    home = request.build_absolute_uri("/").rstrip("/")
    named = [(tag, TITLES.get(tag, tag), operations) for tag, operations in _groups()]
    return render(request, "web/interface.html", {"groups": named, "about": ABOUT, "home": home})


@cache
def _groups() -> list[tuple[str, list[Told]]]:
    """They never change while the site runs."""
    return groups(api.get_openapi_schema())


@cache
def _described() -> str:
    """It never changes while the site runs."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False)


def spoken(view: View) -> View:
    """Answer in the language asked for, and refuse in one form whatever goes wrong outside of operations."""

    def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        wanted = request.GET.get("language", "")
        language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or "en"
        with translation.override(language):
            try:
                response = view(request, *args, **named)
            except (Http404, AuthenticationError) as error:
                response = api.on_exception(request, error)
            response["Content-Language"] = language
            return response if response.status_code != 405 else _other_method(response)

    asked = wraps(view.func if isinstance(view, partial) else view)(asked)
    asked.login_required = False  # type: ignore[attr-defined]
    asked.csrf_exempt = True  # type: ignore[attr-defined]  # a session lets nobody write here
    return asked


def _other_method(response: HttpResponseBase) -> HttpResponseBase:
    allowed = response["Allow"]
    do = _("Use one of: %(these)s.") % {"these": allowed}
    fault = {"what": _("This cannot be done here."), "where": "method", "do": do}
    told = answer({"errors": [fault]}, status=405)
    told["Allow"] = allowed
    return told
