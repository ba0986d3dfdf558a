"""The doors of this room for scripts, put together."""

from ninja import Router

from primacy.assessment.api.charts import router as charts
from primacy.assessment.api.comparisons import router as comparisons
from primacy.assessment.api.findings import router as findings
from primacy.assessment.api.framework import router as framework
from primacy.assessment.api.runs import router as runs

router = Router()
for each in (framework, runs, findings, charts, comparisons):
    router.add_router("", each)
