from django.urls import include, path

from primacy.access import provider
from primacy.web import pages, search_pages, set_up
from primacy.web.api_door import api_urls

OWN = [
    path("design/", pages.design, name="design"),
    path("search/", search_pages.search, name="search"),
    path("search/suggest/", search_pages.suggest, name="suggest"),
    path("set-up/", set_up.set_up, name="set-up"),
]
urlpatterns = [
    path("", include("primacy.places.urls")),  # before the page of an area, whose address holds any word
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.records.urls")),
    path("", include("primacy.compartments.urls")),
    path("", include("primacy.work.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
    path("", include((OWN, "web"))),
    path(
        "sign-in/provider/<slug:provider_id>/", provider.leave, name="openid_connect_login"
    ),  # the names are allauth's
    path("sign-in/provider/<slug:provider_id>/back/", provider.come_back, name="openid_connect_callback"),
    path("api/v1/", api_urls()),
]

handler400 = "primacy.web.errors.bad_request"
