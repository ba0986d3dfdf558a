"""What the values of a table mean: numbers in the unit of their measure, and stages by their name.

Most rows say a number that is as likely as any: they are read all at once. Of the others each is looked at, so that its
fault can be told.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS
from primacy.framework.saying import Said, said
from primacy.places.files import figures
from primacy.places.files.distinct import Distinct
from primacy.places.files.figures import plain_number, tidied
from primacy.places.files.rows import Rows

NO_NUMBER = said("places/no-number", column="value")
LARGEST = 1e18
LONGEST_CURRENCY = 40
MOST_KEPT = 50_000  # texts: most come again
BELOW_A_THOUSAND = {"share", "score", "stage", "points"}
COUNTED = {"events", "persons", "items", "days", "interviews"}


@dataclass(frozen=True)
class _Range:
    """Which numbers are likely of a measure."""

    unit: str
    low: float = -LARGEST
    high: float = LARGEST
    whole: bool = False
    known: bool = True  # whether there is such a measure, in the unit that is written


def values_of(rows: Rows) -> tuple[NDArray[np.float64], pa.Array, NDArray[np.bool_]]:
    """Values, their units, and whether they may be more than a thousand; a stage may be named, a share in per cent."""
    told = Distinct(*(rows.column(name) for name in ("kind", "measure", "category", "unit")))
    ranges = [_range(*texts) for texts in told.texts]
    low, high = (np.array([getattr(each, name) for each in ranges])[told.which] for name in ("low", "high"))
    known, whole = (np.array([getattr(each, name) for each in ranges])[told.which] for name in ("known", "whole"))
    units = pa.array([each.unit for each in ranges], pa.string()).take(pa.array(told.which))
    large = np.array([thousands(each.unit) for each in ranges], dtype=np.bool_)[told.which]
    values = _plain(rows, large)
    clean = known & (values >= low) & (values <= high) & (~whole | (values == np.floor(values)))
    written = rows.column("value")
    for index in np.flatnonzero(rows.ours & ~clean).tolist():
        values[index] = _looked_at(rows, index, told.texts[told.which[index]], written[index].as_py())
    return values, units, large


def _range(kind: str, measure: str, category: str, written: str) -> _Range:
    listed = KINDS.get(kind)
    if listed is None or measure not in listed.measures:
        return _Range(written, known=False)
    unit = listed.measures[measure]
    if unit == "currency":
        return _Range(written, known=len(written) <= LONGEST_CURRENCY)
    known, most, stages = written in ("", unit), listed.scores.get(measure), listed.scheme(measure, category)
    if most is not None:
        return _Range(unit, 0.0, most, whole=True, known=known)
    if unit == "stage" and stages:
        return _Range(unit, 0.0, len(stages), whole=True, known=known)
    low = 0.0 if unit == "share" or unit in COUNTED else -LARGEST
    return _Range(unit, low, 1.0 if unit == "share" else LARGEST, known=known)


def _plain(rows: Rows, large: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Values that are written as programs write numbers; NaN for all others."""
    text = rows.column("value")
    plain = pc.match_substring_regex(text, figures.NUMBER)
    if not rows.point:
        unclear = pc.match_substring_regex(text, figures.THOUSANDS_OR_DECIMALS)
        plain = pc.and_not(plain, pc.and_(pa.array(large), unclear))
    numbers = pc.cast(pc.if_else(plain, text, pa.scalar(None, pa.string())), pa.float64())
    found: NDArray[np.float64] = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    return found


def _looked_at(rows: Rows, index: int, texts: tuple[str, ...], written: str) -> float:
    """The value of one row; what is wrong with it is among the faults."""
    kind, measure, category, unit = texts
    listed = KINDS.get(kind)
    if listed is None:
        return np.nan
    if measure not in listed.measures:
        names = tuple(listed.measures)
        rows.reject_one(index, said("evidence/no-such-measure", kind=listed.name, names=names), "measure")
        return np.nan
    own = listed.measures[measure]
    if own != "currency" and unit not in ("", own):
        rows.reject_one(index, said("evidence/unit-of-measure", measure=measure, unit=own), "unit")
    if own == "currency" and len(unit) > LONGEST_CURRENCY:
        rows.reject_one(index, said("evidence/no-currency", column="unit"), "unit")
    own = unit if own == "currency" else own
    stage, stages = listed.stage(measure, written, category), listed.scheme(measure, category)
    number, why = (float(stage), None) if stage is not None else _number(written, own, point=rows.point)
    why = why or _unlikely(number, own, stages, listed.scores.get(measure))
    if why:
        rows.reject_one(index, _with_names(why, stages), "value")
    return number


@lru_cache(MOST_KEPT)
def _number(text: str, unit: str, *, point: bool) -> tuple[float, Said | None]:
    """(number, None) or (NaN, why it is none)."""
    bare = tidied(text)
    percent = unit == "share" and bare.endswith("%")
    plain, why = plain_number(bare.removesuffix("%") if percent else bare, large=thousands(unit), point=point)
    if why or abs(float(plain)) > LARGEST:
        return np.nan, (why or said("evidence/too-many")).filled(column="value")
    return float(plain) / 100 if percent else float(plain), None


def thousands(unit: str) -> bool:
    """Whether values of a unit may be more than a thousand: an amount in any currency may."""
    return unit not in BELOW_A_THOUSAND


def _with_names(why: Said, stages: tuple[str, ...]) -> Said:
    return said("evidence/no-stage-name", column="value", names=stages) if stages and why == NO_NUMBER else why


def _unlikely(number: float, unit: str, stages: tuple[str, ...], most: int | None) -> Said | None:
    """Why a value cannot be right; None if it can. `most`: of a score that coders give."""
    if most is not None and number not in range(most + 1):
        return said("evidence/no-score", column="value", most=most)
    if unit in COUNTED and number < 0:
        return said("evidence/not-below-zero", column="value", unit=unit)
    if unit == "share" and not 0 <= number <= 1:
        return said("evidence/no-share", column="value")
    if unit == "stage" and stages and number not in range(len(stages) + 1):
        return said("evidence/no-stage", column="value", most=len(stages), names=stages)
    return None
