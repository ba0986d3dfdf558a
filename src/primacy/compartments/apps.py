from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class CompartmentsConfig(AppConfig):
    name = "primacy.compartments"
    verbose_name = "Compartments"

    def ready(self) -> None:
        user_logged_out.connect(_close, dispatch_uid="primacy.compartments")


def _close(request: Any, **_named: Any) -> None:
    """Whoever signs out has nothing open any more."""
    from primacy.compartments import openings

    openings.drop((request.COOKIES.get(openings.COOKIE, "") if request else "").encode())
