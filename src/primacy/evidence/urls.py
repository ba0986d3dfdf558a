from django.urls import path

from primacy.evidence import pages
from primacy.evidence.pages import importing, points

app_name = "evidence"
urlpatterns = [
    path("evidence/", pages.datasets, name="datasets"),
    path("evidence/points/", points.points, name="points"),
    path("evidence/points.csv", points.points_csv, name="points-csv"),
    path("evidence/points.parquet", points.points_parquet, name="points-parquet"),
    path("evidence/load/", importing.load, name="load"),
    path("evidence/load/<uuid:held_id>/", importing.held, name="held"),
    path("evidence/imported/<uuid:job_id>/", importing.imported, name="imported"),
    path("evidence/mappings/<int:mapping_id>/remove/", importing.remove_mapping, name="remove-mapping"),
    path("evidence/templates/<str:kind>.csv", pages.template_csv, name="template"),
    path("evidence/<str:dataset_id>/", pages.dataset, name="dataset"),
    path("evidence/<str:dataset_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("evidence/<str:dataset_id>/official/", pages.name_official, name="official"),
    path("evidence/<str:dataset_id>/rejected.csv", pages.rejected_csv, name="rejected"),
]
