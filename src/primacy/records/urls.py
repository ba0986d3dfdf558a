from django.urls import path

from primacy.records import pages
from primacy.records.pages import (
    attachments,
    bulk,
    exporting,
    importing,
    listing,
    relations,
    retention,
    tags,
    timeline,
)  # fmt: skip

app_name = "records"
ONE = "records/<slug:record_type>/<uuid:record_id>/"
urlpatterns = [
    path("records/", pages.rooms, name="rooms"),
    path("records/tags/", tags.vocabulary, name="tags"),
    path("records/retention/", retention.overview, name="retention"),
    path("records/retention/<uuid:disposal_id>/", retention.decide, name="decide-disposal"),
    path("records/<slug:record_type>/", listing.listed, name="list"),
    path("records/<slug:record_type>/views/", listing.save_view, name="save-view"),
    path("records/<slug:record_type>/views/<int:view_id>/", listing.change_view, name="view"),
    path("records/<slug:record_type>/export.<slug:ending>", exporting.export, name="export"),
    path("records/<slug:record_type>/exports/<uuid:job_id>/", exporting.exported, name="exported"),
    path("records/<slug:record_type>/bulk/", bulk.look, name="bulk"),
    path("records/<slug:record_type>/bulk/<uuid:bulk_id>/", bulk.bulk, name="bulk-one"),
    path("records/<slug:record_type>/bulk/<uuid:bulk_id>/undo/", bulk.undo, name="bulk-undo"),
    path("records/<slug:record_type>/import/", importing.bring, name="import"),
    path("records/<slug:record_type>/import/<uuid:sheet_id>/", importing.sheet, name="sheet"),
    path("records/<slug:record_type>/import/<uuid:sheet_id>/rejected.csv", importing.rejected, name="rejected"),
    path("records/<slug:record_type>/template.<slug:ending>", importing.template, name="template"),
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
