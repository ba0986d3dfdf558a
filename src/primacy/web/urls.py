from django.urls import include, path

urlpatterns = [
    path("", include("primacy.places.urls")),  # before the page of an area, whose address holds any word
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
]
