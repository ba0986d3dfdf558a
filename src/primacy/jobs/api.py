"""A job for scripts: how far it is, and what came of it."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs import queries
from primacy.ui.questions import Spoken, answer
from primacy.ui.refusals import answers

router = Router(tags=["jobs"])
JOB = "0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11"


class JobShown(BaseModel):
    """Your own job. `result` names what it made, such as the id of an assessment."""

    id: str = Field(examples=[JOB])
    kind: str = Field(examples=["assessment"])
    state: str = Field(description="waiting, running, done or failed", examples=["running"])
    percent: int = Field(examples=[40])
    message: str
    remedy: str = Field(description="What to do where it failed.")
    result: dict[str, Any] = Field(examples=[{"assessment": "3f9c01d2ab44"}])


@router.get("/jobs/{job_id}", response=answers(JobShown), summary="How far a job is", url_name="job")
@require("jobs.read")
def job(
    request: SignedIn, job_id: PathEx[str, P(description="The id of a job of yours.", example=JOB, max_length=36)],
    asked: Query[Spoken],
) -> HttpResponse:  # fmt: skip
    """Ask every few seconds until it is done or failed."""
    shown = queries.job(viewer=request.user, job_id=job_id)
    if shown is None:
        raise Http404
    names = JobShown.model_fields
    return answer({name: getattr(shown, name) for name in names})
