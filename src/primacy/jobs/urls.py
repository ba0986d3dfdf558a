from django.urls import path

from primacy.jobs import pages

app_name = "jobs"
urlpatterns = [
    path("jobs/", pages.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/", pages.job, name="job"),
    path("jobs/<uuid:job_id>/stop/", pages.stop, name="stop"),
]
