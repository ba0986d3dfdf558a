"""What questions and answers about evidence look like."""

import datetime

from pydantic import BaseModel, Field

from primacy.ui.questions import NotGiven, Spoken

TEXT = 200  # letters of a filter


class CoverageShown(BaseModel):
    """Inside `complete` coverage silence is zero; everywhere else it is unknown."""

    kind: str = Field(examples=["incident"])
    categories: list[str] | None = Field(examples=[["violence/one-sided"]])
    areas: list[str] = Field(examples=[["OST"]])
    start: datetime.date
    end: datetime.date
    complete: bool


class DatasetShown(BaseModel):
    """One version of a data set; those of one `lineage` are releases of one source."""

    id: str = Field(examples=["3f9c01d2ab44"])
    name: str = Field(examples=["Events of June"])
    lineage: str = Field(examples=["ucdp-ged"])
    format: str = Field(examples=["ucdp-ged"])
    producer: str = Field(examples=["Uppsala Conflict Data Program"])
    source_type: str = Field(examples=["producer"])
    licence: str = Field(examples=["CC BY 4.0"])
    closed: bool = Field(description="Its licence forbids to pass its rows on.", examples=[False])
    citation: str
    file: str
    file_hash: str
    known: datetime.datetime
    imported: datetime.datetime
    imported_by: str
    rows: int
    items: int
    rejected: int = Field(description="Lines of the source that were not taken; 0 where you may not know.")
    start: datetime.date | None
    end: datetime.date | None
    withdrawn: datetime.datetime | None
    withdrawn_because: str
    official_for: list[str] = Field(examples=[["incident/violence/one-sided"]])
    notes: list[str]
    coverage: list[CoverageShown]


class DatasetInFull(DatasetShown):
    versions: list[str] = Field(description="All versions of the same series, the oldest knowledge first.")


class DatasetsAsked(Spoken):
    lineage: str | NotGiven = Field(
        None, max_length=TEXT, description="Versions of this series alone.", examples=["ucdp-ged"]
    )
    withdrawn: bool | NotGiven = Field(
        None, description="Withdrawn ones alone (true), or without them (false).", examples=[False]
    )


class PointShown(BaseModel):
    """One data point as you may see it. A coarsened one names no item, no source, no data set and no line; its days are
    the first and last of a week or quarter, its area is the district or coarser."""

    kind: str = Field(examples=["incident"])
    item: str = Field(examples=["482-17-3"])
    date: datetime.date
    until: datetime.date
    known: datetime.datetime | None
    area: str = Field(examples=["OS0101"])
    level: int | None = Field(examples=[2])
    actor: str
    target: str = Field(examples=["civilians"])
    category: str = Field(examples=["violence/one-sided"])
    wave: str
    stratum: str
    group: str = Field(examples=["sex=f"])
    measure: str = Field(examples=["deaths"])
    unit: str = Field(examples=["persons"])
    value: float | None = Field(examples=[4.0])
    low: float | None
    high: float | None
    se: float | None
    n: float | None
    grade: str = Field(examples=["B2"])
    source: str
    origin: str
    dataset: str = Field(examples=["3f9c01d2ab44"])
    record: str
    revision: int | None
    confidentiality: int | None = Field(examples=[0])
    line: int | None = Field(examples=[17])
    note: str
    series: str = Field(description="The lineage of its data set.", examples=["ucdp-ged"])
    source_type: str = Field(examples=["producer"])


class PointsPage(BaseModel):
    """`next` asks for the rows after these; null where there are none. It goes on in the state of the evidence of the
    first page, whatever is imported meanwhile, for a day."""

    points: list[PointShown]
    next: str | None


class PointsFilter(Spoken):
    """What the data points must be like. All of it is compared with what you may see, not with what is kept."""

    kind: str | NotGiven = Field(
        None, max_length=60, description="A kind of evidence.", json_schema_extra={"example": "incident"}
    )
    category: str | NotGiven = Field(
        None, max_length=TEXT, description="This category and all below it.", examples=["violence/one-sided"]
    )
    measure: str | NotGiven = Field(
        None, max_length=60, description="What is counted or measured.", examples=["deaths"]
    )
    area: str | NotGiven = Field(
        None, max_length=20, description="A P-code: what lies in it counts too.", examples=["XDS05"]
    )
    actor: str | NotGiven = Field(
        None, max_length=TEXT, description="Who did it, as the source names them.", examples=["government"]
    )
    target: str | NotGiven = Field(
        None, max_length=TEXT, description="To whom it was done, as the source names them.", examples=["civilians"]
    )
    group: str | NotGiven = Field(
        None, max_length=TEXT, description="Whom it tells of, where people are told apart.", examples=["women"]
    )
    source: str | NotGiven = Field(
        None, max_length=TEXT, description="The source that tells of it.", examples=["UCDP GED"]
    )
    series: str | NotGiven = Field(
        None, max_length=TEXT, description="The lineage of a data set.", examples=["ucdp-ged"]
    )
    dataset: str | NotGiven = Field(
        None, max_length=12, description="The id of a version of a data set.", examples=["4a90971f8a43"]
    )
    item: str | NotGiven = Field(
        None, max_length=TEXT, description="The thing that it tells of, such as a provision.", examples=["provision-7"]
    )
    first: datetime.date | NotGiven = Field(None, description="Not over before this day.", examples=["2026-01-01"])
    last: datetime.date | NotGiven = Field(
        None, description="Begun by this day; days to come are never told.", examples=["2026-06-30"]
    )
    known: datetime.datetime | NotGiven = Field(
        None,
        description="With what was known then; without it now. For those who may see details.",
        examples=["2026-07-04T09:00:00Z"],
    )


class PointsAsked(PointsFilter):
    limit: int = Field(100, ge=1, le=1000, description="Rows of a page.", examples=[100])
    cursor: str | NotGiven = Field(
        None,
        max_length=4000,
        description="`next` of the page before, with the same filters.",
        examples=["eNqrVkrOzytJzStRsgIA"],
    )
