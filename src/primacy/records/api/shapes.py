"""What questions and answers about records look like, the same for every type."""

import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from primacy.ui.questions import NotGiven, Spoken

TEXT = 200
EXAMPLE = {"day": "2026-06-03", "area": "OST", "counterpart": "unions", "subject": "the calendar"}
State = Literal["written", "returned", "checked", "published", "recalled"]
Value = str | int | bool | None


class RecordKind(BaseModel):
    """A type of record that you may read or begin."""

    key: str = Field(examples=["contact"])
    one: str = Field(examples=["Contact"])
    many: str = Field(examples=["Contacts"])
    about: str
    count: int = Field(description="How many you see, without archived ones.", examples=[12])
    writes: bool = Field(description="Whether you may begin one.")


class FieldShown(BaseModel):
    """One field of a type. `kind`: text, choice, yes-no, number, day, area (P-code), record (an id), group, level."""

    name: str = Field(examples=["way"])
    label: str = Field(examples=["How"])
    help: str
    kind: str = Field(examples=["choice"])
    open: bool = Field(description="Whether everybody who sees the record sees it; day and place coarsened.")
    required: bool
    choices: dict[str, str] = Field(description="Words by value.", examples=[{"meeting": "meeting"}])
    longest: int | None = Field(examples=[160])
    of: str = Field(description="The type that it points at.", examples=["actor"])


class RecordShown(BaseModel):
    """A record as you may see it. Without details (`exact` false) the day is the Monday of its week, the place its
    district, and fields that are hidden from you are left out. `restricted` names what is there and hidden."""

    id: UUID
    type: str = Field(examples=["contact"])
    title: str
    exact: bool
    version: int | None = Field(description="What you name when you change it; null without details.", examples=[1])
    archived: bool
    state: State = Field(description="How far it is on its way to being evidence.")
    confidentiality: int = Field(examples=[1])
    need_to_know: bool
    fields: dict[str, Any] = Field(examples=[EXAMPLE])
    restricted: list[str]


class RecordsPage(BaseModel):
    """`next` asks for those after these, as `after`; null where there are none."""

    records: list[RecordShown]
    next: UUID | None


class VersionShown(BaseModel):
    """A record as it was saved once."""

    number: int
    at: datetime.datetime
    by: str
    deed: str = Field(examples=["changed a record"])
    because: str
    archived: bool
    state: State
    fields: dict[str, Any]


class RecordsAsked(Spoken):
    """What the records must be like. All of it is compared with what you may see, not with what is kept."""

    text: str | NotGiven = Field(None, max_length=100, description="Words in them.", examples=["voter list"])
    first: datetime.date | NotGiven = Field(None, description="Not before this day.", examples=["2026-01-01"])
    last: datetime.date | NotGiven = Field(None, description="Not after this day.", examples=["2026-06-30"])
    area: str | NotGiven = Field(
        None, max_length=32, description="A P-code: what lies in it counts too.", examples=["XDS05"]
    )
    own: bool = Field(False, description="Only what you wrote.", examples=[False])
    state: State | Literal["mine"] | NotGiven = Field(
        None, description="How far they are; `mine`: those that wait for you.", examples=["mine"]
    )
    archived: bool = Field(False, description="Archived ones in place of the others.", examples=[False])
    where: list[str] = Field(
        [], max_length=10, description="Fields and values, such as `way=call`; numbers mean at least.",
        json_schema_extra={"example": ["confidentiality=1"], "items": {"type": "string", "maxLength": TEXT}},
    )  # fmt: skip
    limit: int = Field(100, ge=1, le=500, description="Records of a page.", examples=[100])
    after: UUID | NotGiven = Field(
        None, description="`next` of the page before.", examples=["6f1b6f0e-5a1c-4b7a-9d0e-2f6a7c1d3e11"]
    )


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewRecord(_Given):
    fields: dict[str, Value] = Field(description="Values by the names of fields.", examples=[EXAMPLE])
    another: bool = Field(False, description="Keep it although one like it is written down already.")


class ChangedRecord(_Given):
    version: int = Field(ge=0, le=2**31 - 1, description="The version that you saw.", examples=[1])
    fields: dict[str, Value] = Field(description="What changes; the rest stays.", examples=[{"subject": "the roll"}])


class ArchivedRecord(_Given):
    version: int = Field(ge=0, le=2**31 - 1, description="The version that you saw.", examples=[1])
    archived: bool = Field(True, description="False brings it back.")
    because: str = Field(min_length=1, max_length=500, examples=["written twice"])


class ReviewedRecord(_Given):
    version: int = Field(ge=0, le=2**31 - 1, description="The version that you saw.", examples=[1])
    step: Literal["check", "uncheck", "publish", "return", "recall"] = Field(examples=["check"])
    because: str = Field("", max_length=500, description="Needed where it is sent back or recalled.")
