from django.urls import include, path

from primacy.web import pages

urlpatterns = [
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
    path("", include(([path("design/", pages.design, name="design")], "web"))),
]
