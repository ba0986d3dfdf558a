"""The doors of this room for scripts, put together."""

from ninja import Router

from primacy.evidence.api.datasets import router as datasets
from primacy.evidence.api.points import router as points

router = Router()
for each in (datasets, points):
    router.add_router("", each)
