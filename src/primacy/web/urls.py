from django.urls import include, path

from primacy.web import pages, search_pages
from primacy.web.api_door import api_urls

own = [
    path("design/", pages.design, name="design"),
    path("search/", search_pages.search, name="search"),
    path("search/suggest/", search_pages.suggest, name="suggest"),
]
urlpatterns = [
    path("", include("primacy.places.urls")),  # before the page of an area, whose address holds any word
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.records.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
    path("", include((own, "web"))),
    path("api/v1/", api_urls()),
]

handler400 = "primacy.web.errors.bad_request"
