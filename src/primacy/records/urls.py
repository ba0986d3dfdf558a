from django.urls import path

from primacy.records import pages
from primacy.records.pages import attachments, relations, retention, tags, timeline

app_name = "records"
ONE = "records/<slug:record_type>/<uuid:record_id>/"
urlpatterns = [
    path("records/", pages.rooms, name="rooms"),
    path("records/tags/", tags.vocabulary, name="tags"),
    path("records/retention/", retention.overview, name="retention"),
    path("records/retention/<uuid:disposal_id>/", retention.decide, name="decide-disposal"),
    path("records/<slug:record_type>/", pages.listed, name="list"),
    path("records/<slug:record_type>/new/", pages.new, name="new"),
    path("records/<slug:record_type>/draft/", pages.draft, name="draft"),
    path(ONE, pages.record, name="record"),
    path(f"{ONE}change/", pages.change, name="change"),
    path(f"{ONE}history/", pages.history, name="history"),
    path(f"{ONE}history/<int:number>/restore/", pages.restore, name="restore"),
    path(f"{ONE}archive/", pages.archive, name="archive"),
    path(f"{ONE}who/", pages.who, name="who"),
    path(f"{ONE}timeline/", timeline.timeline, name="timeline"),
    path(f"{ONE}attachments/", attachments.attach, name="attach"),
    path(f"{ONE}attachments/<uuid:attachment_id>/", attachments.hand_out, name="attachment"),
    path(f"{ONE}attachments/<uuid:attachment_id>/take-off/", attachments.take_off, name="take-off"),
    path(f"{ONE}tags/", tags.change, name="tag"),
    path(f"{ONE}relations/", relations.listed, name="relations"),
    path(f"{ONE}relate/", relations.relate, name="relate"),
    path(f"{ONE}relations/<uuid:relation_id>/end/", relations.end, name="end-relation"),
    path(f"{ONE}dispose/", retention.dispose, name="dispose"),
    path(f"{ONE}hold/", retention.hold, name="hold"),
]
