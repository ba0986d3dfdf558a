from django.urls import path

from primacy.records import pages

app_name = "records"
ONE = "records/<slug:record_type>/<uuid:record_id>/"
urlpatterns = [
    path("records/", pages.rooms, name="rooms"),
    path("records/<slug:record_type>/", pages.listed, name="list"),
    path("records/<slug:record_type>/new/", pages.new, name="new"),
    path("records/<slug:record_type>/draft/", pages.draft, name="draft"),
    path(ONE, pages.record, name="record"),
    path(f"{ONE}change/", pages.change, name="change"),
    path(f"{ONE}history/", pages.history, name="history"),
    path(f"{ONE}history/<int:number>/restore/", pages.restore, name="restore"),
    path(f"{ONE}archive/", pages.archive, name="archive"),
    path(f"{ONE}who/", pages.who, name="who"),
]
