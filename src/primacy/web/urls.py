from django.urls import include, path

urlpatterns = [
    path("", include("primacy.assessment.urls")),
    path("", include("primacy.evidence.urls")),
    path("", include("primacy.framework.urls")),
    path("", include("primacy.jobs.urls")),
    path("", include("primacy.access.urls")),
]

handler400 = "primacy.web.errors.bad_request"
