from django.urls import path

from primacy.assessment import pages
from primacy.assessment.pages import backtests, compare, handbook, key, packages, proposing, scores, signs, stored, views

app_name = "assessment"
urlpatterns = [
    path("", pages.front, name="front"),
    path("changes/", pages.changes, name="changes"),
    path("risks/", pages.risks, name="risks"),
    path("risks/<str:risk_id>/", pages.risk, name="risk"),
    path("trade-offs/<str:trade_off_id>/", pages.trade_off, name="trade-off"),
    path("collect/", pages.collect, name="collect"),
    path("evidence/gaps/", pages.gaps, name="gaps"),
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
    path("framework/proposals/", proposing.listed, name="proposals"),
    path("framework/proposals/<str:entry_id>/sign/", proposing.sign, name="sign-proposal"),
    path("framework/proposals/<str:entry_id>/withdraw/", proposing.withdraw, name="withdraw-proposal"),
    path("framework/<str:entry_id>/propose/", proposing.propose, name="propose"),
    path("framework/<str:entry_id>/copy/", proposing.copy, name="copy"),
    path("handbook/", handbook.handbook, name="handbook"),
    path("assessments/", stored.assessments, name="assessments"),
    path("assessments/compare/", compare.compare, name="compare"),
    path("assessments/verify/", packages.verify, name="verify"),
    path("assessments/verified/<uuid:job_id>/", packages.verified, name="verified"),
    path("assessments/package/<uuid:job_id>/", packages.ready, name="package-ready"),
    path("assessments/package/<uuid:job_id>.zip", packages.download, name="package-zip"),
    path("assessments/back-test/", backtests.back_test, name="back-test"),
    path("assessments/back-test/<uuid:job_id>/", backtests.shown, name="back-test-shown"),
    path("assessments/<str:assessment_id>/", stored.stored, name="stored"),
    path("assessments/<str:assessment_id>/sign-off/", stored.sign_off, name="sign-off"),
    path("assessments/<str:assessment_id>/verify/", packages.verify_stored, name="verify-stored"),
    path("assessments/<str:assessment_id>/package/", packages.write, name="write-package"),
]
