"""Who a script is, for itself: the person whose token it shows, and what that person may do."""

from datetime import datetime

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.rights import table
from primacy.ui.questions import Spoken, answer
from primacy.ui.refusals import answers

router = Router(tags=["access"])


class Me(BaseModel):
    """You. `deeds` are what you may do, here as on the pages; `expires` is the end of the token, null for a session."""

    name: str = Field(examples=["planner"])
    role: str = Field(examples=["analyst"])
    deeds: list[str] = Field(examples=[["assessment.read", "evidence.read"]])
    token: str | None = Field(description="What the token is for.", examples=["weekly table"])
    expires: datetime | None


@router.get("/me", response=answers(Me), summary="Who you are here")
@require("token.own")
def me(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """Whose token this is, until when it works, and what it opens."""
    person, token = request.user, getattr(request, "token", None)
    return answer({
        "name": person.username, "role": person.role,
        "deeds": sorted(deed for deed in table().deeds if may(person, deed)),
        "token": token.name if token else None, "expires": token.expires.isoformat() if token else None,
    })  # fmt: skip
