"""How often one person may ask: scripts that run wild do not keep others waiting."""

from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


class PerPerson(SimpleRateThrottle):
    """Counted for each person and each process of the site, whichever token is used; `scope` counts apart."""

    def __init__(self, rate: str, scope: str = "api") -> None:
        self.scope = scope
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"throttle_{self.scope}_{request.user.pk}"
