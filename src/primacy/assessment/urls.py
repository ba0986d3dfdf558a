from django.urls import path

from primacy.assessment import pages
from primacy.assessment.pages import areas, handbook, key, scores, signs, views

app_name = "assessment"
urlpatterns = [
    path("", pages.front, name="front"),
    path("changes/", pages.changes, name="changes"),
    path("risks/", pages.risks, name="risks"),
    path("risks/<str:risk_id>/", pages.risk, name="risk"),
    path("trade-offs/<str:trade_off_id>/", pages.trade_off, name="trade-off"),
    path("collect/", pages.collect, name="collect"),
    path("evidence/gaps/", pages.gaps, name="gaps"),
    path("places/<str:area_code>/", areas.area, name="area"),
    path("benchmarks/<str:benchmark_id>/", pages.benchmark, name="benchmark"),
    path("benchmarks/<str:benchmark_id>/evidence/", pages.evidence, name="evidence"),
    path("benchmarks/<str:benchmark_id>/evidence.csv", pages.evidence_csv, name="evidence-csv"),
    path("benchmarks/<str:benchmark_id>/signs/", signs.signs, name="signs"),
    path("benchmarks/<str:benchmark_id>/signs/<str:sign_id>/report/", signs.report, name="report-sign"),
    path("benchmarks/<str:benchmark_id>/signs/<str:sign_id>/confirm/", signs.confirm, name="confirm-sign"),
    path("benchmarks/<str:benchmark_id>/view/", views.view, name="view"),
    path("scores/", scores.scores, name="scores"),
    path("scores/<int:item_id>/", scores.score, name="score"),
    path("scores/<int:item_id>/give/", scores.give_score, name="give-score"),
    path("assessments/key.pem", key.key, name="key"),
    path("handbook/", handbook.handbook, name="handbook"),
    path("assessments/", pages.assessments, name="assessments"),
]
