"""Everything that a finding depends on, and how it is opened from an instance."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from primacy.assessment.trends.calibration import calibrate
from primacy.assessment.trends.prior import SHIPPED, Prior
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.engines import engine as engine_named
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Instance, Mission, load, read_mission
from primacy.framework.saying import said
from primacy.places.areas import Areas
from primacy.places.errors import BadInput

if TYPE_CHECKING:
    from primacy.evidence.lacking.being_reported import BeingReported

MODEL = "trend.json"
FULL = 3  # the highest confidentiality: up to it, nothing is left out


@dataclass(frozen=True)
class Inputs:
    """`level`: data points above this confidentiality are left out. `reporting`: what a package says of the months that
    are still being reported; None where it is learnt from the store."""

    framework: Framework
    mission: Mission
    store: Store
    areas: Areas
    model: TrendModel
    level: int = FULL
    reporting: "tuple[BeingReported, ...] | None" = None
    # Of this store alone: `replace` hands nothing of it on.
    _learnt: "dict[tuple[datetime, int], tuple[BeingReported, ...]]" = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def still_reported(self, known: datetime) -> "tuple[BeingReported, ...]":
        """The months of each source that were not complete at a moment of knowledge."""
        from primacy.evidence.lacking.being_reported import being_reported

        if self.reporting is not None:
            return self.reporting
        asked = known, self.level
        if asked not in self._learnt:
            level = None if self.level >= FULL else self.level
            self._learnt[asked] = being_reported(self.store, known=known, level=level)
        return self._learnt[asked]


class NotCalibrated(BadInput):
    """The instance has no calibration that this version of the code can read."""


class TooEarly(BadInput):
    """The day to judge is before anything that could be judged."""


def refuse_too_early(day: date, mission: Mission, store: Store) -> None:
    """Raises TooEarly for a day before both the mandate and the first day of any evidence. What evidence reaches may be
    judged also of the time before the mandate: how it was when the mission came."""
    mandate = mission.mandate.start
    begun = min((each.start for each in store.versions() if each.start is not None), default=None)
    if mandate is not None and day < mandate and (begun is None or mandate <= begun):
        raise TooEarly(said("before-mandate", first=mandate, day=day), "", said("do.from-on", first=mandate))
    if begun is not None and day < begun and (mandate is None or begun < mandate):
        raise TooEarly(said("before-evidence", first=begun, day=day), "", said("do.from-on", first=begun))


def open_inputs(instance: Instance, *, on: date | None = None, engine: str = "duckdb") -> Inputs:
    """`on`: the day whose framework, registers and norms are in force; `engine` reads the evidence: duckdb or spark.

    Raises FrameworkError for faulty files, NotCalibrated where `primacy init` did not finish."""
    return Inputs(
        framework=load(instance.overlay, on),
        mission=read_mission(instance.mission_file).in_force(on),
        store=Store(instance.evidence, engine=engine_named(engine)),
        areas=Areas.load(instance.places),
        model=read_model(instance.calibration),
    )


def read_model(folder: Path) -> TrendModel:
    path = folder / MODEL
    if not path.is_file():
        raise NotCalibrated("there is no calibration", str(folder), "`primacy init` completes what is missing")
    try:
        return TrendModel.from_dict(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        remedy = "`primacy calibrate --standard` makes it anew"
        raise NotCalibrated("the calibration is damaged or of another version", str(path), remedy) from error


def write_model(
    folder: Path, *, simulations: int, progress: Callable[[float], None] | None = None, prior: Prior = SHIPPED
) -> TrendModel:
    """Calibrate and keep the numbers; the model returned is the one that was written."""
    model = calibrate(simulations=simulations, progress=progress, prior=prior)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{MODEL}"
    partial.write_text(json.dumps(model.as_dict(), separators=(",", ":")), "utf-8")
    partial.replace(folder / MODEL)
    return read_model(folder)


def digest(content: object) -> str:
    """SHA-256 of plain data, the same for the same content on every machine."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
