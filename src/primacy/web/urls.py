from django.urls import include, path

urlpatterns = [
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.records.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
]
