"""What the programming interface of every room shares: the language asked for, and answers as JSON."""

import json
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from primacy.framework.languages import codes

Tree = dict[str, Any]
NotGiven = SkipJsonSchema[None]
"""A parameter that may be left out; in the description there is no null, which an address cannot say."""


class Spoken(BaseModel):
    """The language of texts, names and errors; without it that of the session or of the header Accept-Language."""

    language: str | NotGiven = Field(
        None, pattern=f"^({'|'.join(codes())})$", description="The language of texts, names and errors.",
        json_schema_extra={"example": "en"},
    )  # fmt: skip


class Open(BaseModel):
    """An object of which the named fields are promised and others may come."""

    model_config = ConfigDict(extra="allow")


def answer(tree: Any, *, status: int = 200) -> HttpResponse:
    """Plain data as JSON, as it is: what the description promises is held by the tests, not once more by each call."""
    text = json.dumps(tree, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
