"""Pages for requests that cannot be answered, with the same head as every other page."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be understood, or was too large; the exception's own words stay in the log."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", {"code": 413}, status=413)
    return render(request, "400.html", {"code": 400}, status=400)
