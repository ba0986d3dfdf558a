from django.urls import path

from primacy.evidence import pages

app_name = "evidence"
urlpatterns = [
    path("evidence/", pages.datasets, name="datasets"),
    path("evidence/load/", pages.load, name="load"),
    path("evidence/templates/<str:kind>.csv", pages.template_csv, name="template"),
    path("evidence/<str:dataset_id>/", pages.dataset, name="dataset"),
    path("evidence/<str:dataset_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("evidence/<str:dataset_id>/rejected.csv", pages.rejected_csv, name="rejected"),
]
