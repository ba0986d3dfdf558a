from django.urls import path

from primacy.records import pages
from primacy.records.pages import bulk, exporting, importing, listing

app_name = "records"
ONE = "records/<slug:record_type>/<uuid:record_id>/"
urlpatterns = [
    path("records/", pages.rooms, name="rooms"),
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
]
