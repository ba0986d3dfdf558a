"""What answers about assessments look like. That of a finding is a contract: `primacy assess --json` prints it too."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from primacy.ui.questions import Open

NUMBERS: dict[str, Any] = {"ratio": 0.93, "low": 0.71, "high": 1.2, "threshold": 0.8}
ID = "3f9c01d2ab44"


class Listed(BaseModel):
    """One stored assessment; `counts` of findings by status, with *view due* where your own view comes first."""

    id: str = Field(examples=[ID])
    as_of: date = Field(examples=["2026-06-30"])
    known: datetime = Field(examples=["2026-07-04T09:00:00Z"])
    created: datetime
    created_by: str = Field(examples=["planner"])
    code: str = Field(examples=["0.1.0"])
    framework: str = Field(examples=["sha256:4f0c"])
    evidence: str = Field(examples=["sha256:91ab"])
    purpose: str = Field(examples=["for the weekly meeting"])
    level: int = Field(description="The highest confidentiality of the evidence that it read.", examples=[3])
    signed: bool = Field(description="Whether somebody of the leadership signed it off.", examples=[False])
    counts: dict[str, int] = Field(examples=[{"met": 12, "not met": 5}])


class Head(BaseModel):
    id: str = Field(examples=[ID])
    as_of: date = Field(examples=["2026-06-30"])
    known: datetime = Field(examples=["2026-07-04T09:00:00Z"])
    framework: str = Field(examples=["sha256:4f0c"])
    evidence: str = Field(examples=["sha256:91ab"])
    code: str = Field(examples=["0.1.0"])


class PartShown(Open):
    role: str = Field(description="part, veto, sign or direction", examples=["part"])
    indicator: str = Field(examples=["attacks-on-civilians"])
    evaluator: str = Field(examples=["falls"])
    probability: float | None = Field(examples=[0.31])
    adequate: bool = Field(examples=[True])
    numbers: dict[str, Any] = Field(examples=[NUMBERS])


class AreaJudged(Open):
    area: str = Field(examples=["OS03"])
    status: str = Field(examples=["not met"])
    probability: float | None = Field(examples=[0.01])


class FindingShown(Open):
    """One finding as `primacy assess --json` prints it. While your own view on it comes first its status is *view due*
    and nothing here tells how it was judged. `restricted`: part of the evidence is restricted."""

    benchmark: str = Field(examples=["O2.M2"])
    title: str = Field(examples=["Violence against civilians and institutions has fallen"])
    status: str = Field(examples=["no clear change"])
    reason: str | None = Field(description="Of insufficient evidence: missing, stale, thin, not covered or changed.")
    probability: float | None = Field(
        description="That the rule holds; calibrated on simulated histories and on real series of other countries, not"
        " on this country.", examples=[0.31],
    )  # fmt: skip
    lower: float | None = Field(examples=[0.22])
    flags: list[str] = Field(examples=[["threshold unconfirmed"]])
    sentence: str
    rule: str
    numbers: dict[str, Any] = Field(examples=[NUMBERS])
    parts: list[PartShown]
    weakest: str | None
    would_change: list[str]
    flips_at: float | None = Field(examples=[0.97])
    data_points: int = Field(examples=[389])
    restricted: bool = Field(examples=[False])
    areas: list[AreaJudged]


class FindingInFull(FindingShown):
    beside: list[dict[str, Any]] = Field(description="What to look at together with it.")
    other_sources: list[dict[str, Any]] = Field(
        description="Of each indicator that an official source answers, what every source tells of it, the official one"
        " first: for comparison, deciding nothing. Sources that you may not know of are left out."
    )


class SignalShown(Open):
    id: str
    text: str
    state: str = Field(
        description="seen, possible, not seen or unknown; view due while a view of your own comes first",
        examples=["possible"],
    )
    probability: float | None
    sentence: str


class WatchShown(Open):
    """A risk or a trade-off with the signals that were looked for."""

    id: str = Field(examples=["O2.R1"])
    title: str
    state: str = Field(examples=["possible"])
    signals: list[SignalShown]


class AssessmentShown(BaseModel):
    """The one object of `primacy assess --json`."""

    assessment: Head
    findings: list[FindingShown]
    expected_wrong: dict[str, Any] = Field(
        description="Of the findings that say yes or no, how many are wrong by their own probabilities."
    )
    risks: list[WatchShown]
    trade_offs: list[WatchShown]


class Run(BaseModel):
    """The day to judge and the day of knowledge; both may be left out: today, and everything known now."""

    model_config = {"extra": "forbid"}

    as_of: date | None = Field(None, examples=["2026-06-30"])
    known: date | None = Field(None, examples=["2026-07-04"])
    purpose: str = Field("", max_length=120, examples=["for the weekly meeting"])


class Begun(BaseModel):
    job: str = Field(description="Ask /jobs/{job} how far it is.", examples=["0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11"])


class ChangeShown(BaseModel):
    """A benchmark whose status or probability differs. `contributions` of all causes add up to the change."""

    benchmark: str = Field(examples=["O2.M2"])
    before: str = Field(examples=["progressing"])
    after: str = Field(examples=["met"])
    cause: str = Field(description="Empty while causes were not looked for.", examples=["new evidence"])
    sentence: str
    probability: dict[str, float | None] = Field(examples=[{"before": 0.8, "after": 0.96, "change": 0.16}])
    contributions: list[dict[str, Any]]
    not_replayed: str | None


class Comparison(BaseModel):
    before: str = Field(examples=["77aa01d2ab45"])
    after: str = Field(examples=[ID])
    explained: bool = Field(description="Whether causes were looked for; POST to the same address has them looked for.")
    changes: list[ChangeShown] = Field(description="Another status.")
    moved: list[ChangeShown] = Field(description="The same status, another probability.")


class Explanation(BaseModel):
    """One finding, risk or trade-off told in full, as `primacy explain` prints it."""

    id: str = Field(examples=["O2.M2"])
    title: str
    paragraph: str | None = Field(description="A finding in one paragraph; null for a risk or a trade-off.")
    lines: list[str]
