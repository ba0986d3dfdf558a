from django.urls import path

from primacy.framework import pages

app_name = "framework"
urlpatterns = [
    path("framework/", pages.browse, name="browse"),
    path("framework/thresholds/", pages.thresholds, name="thresholds"),
    path("framework/changes/", pages.changes, name="changes"),
    path("framework/<str:entry_id>/", pages.entry, name="entry"),
]
