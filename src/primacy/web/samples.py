"""Invented content for the page of components: one of everything that the templates of the site can draw."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from shapely.geometry import box

from primacy.assessment.finding import AreaFinding, Chart, Finding, Phrase, SignalFinding, Watch
from primacy.assessment.front.overview import Overview, overview
from primacy.assessment.over_time.changes import Change
from primacy.assessment.queries.meetings import News
from primacy.framework import Framework, Mission
from primacy.framework.grammar import STATUSES
from primacy.jobs.queries import Shown

AREAS = (("A", "Morand", 0, 0), ("B", "Belwe", 1, 1), ("C", "Tasso", 2, 1), ("D", "Ouve", 1, 0))
LEVELS = (34, 41, 29, 38, 44, 36, 31, 39, None, None, 33, 28, 30, 26, 31, 24, 22, 27, 21, 25, 19, 23, 18, 17)
LIKELIHOODS = (0.02, 0.15, 0.35, 0.5, 0.65, 0.8, 0.96)
MISSION = Mission.model_validate(
    {
        "country": "XXX",
        "mandate": {"renewal": date(2026, 11, 15), "end_of_transition": date(2027, 3, 14)},
        "political_line": {"stage": "implementation", "next": "joint commission", "next_on": date(2026, 7, 12),
                           "objectives": ["Keep both sides in the commission", "A vote that all can accept"]},
    }
)  # fmt: skip


def interval(low: float, high: float) -> Phrase:
    """A trend that may go either way."""
    against = Phrase("against.previous", {"months": 12})
    label = {"label": "O2.M2/attacks-on-civilians", "against": against, "events": 372.0, "before": 360.0}
    return Phrase("trend.either", {**label, "low": low, "high": high})


def chart() -> Chart:
    months = tuple(date(2024 + (6 + m) // 12, (6 + m) % 12 + 1, 1).isoformat() for m in range(len(LEVELS)))
    values = tuple(None if each is None else float(each) for each in LEVELS)
    return Chart(
        "attacks-on-civilians", "events a month", months, values, baseline=(0, 8), window=(12, 23), baseline_level=36.5,
        window_level=23.6, window_band=(20.1, 27.8), needed=29.2, incomplete_from=23,
    )  # fmt: skip


def history() -> list[tuple[str, float | None, str]]:
    start = date(2023, 7, 31)
    chances = [None if 8 < m < 12 else min(0.97, 0.12 + m / 38) for m in range(36)]
    return [((start + timedelta(days=round(30.44 * m))).isoformat(), p, "met") for m, p in enumerate(chances)]


def finding(id: str, status: str, flags: tuple[str, ...] = ()) -> Finding:
    areas = tuple(
        AreaFinding(code, name, STATUSES[place], (0.95, 0.8, 0.5, 0.1)[place])
        for place, (code, name, *_at) in enumerate(AREAS)
    )
    return Finding(
        benchmark=id, status=status, reason=None, probability=0.8, lower=0.6, flags=flags,
        sentence=(interval(0.16, 0.31),), rule=interval(0.1, 0.2), numbers={}, parts=(), weakest=None, would_change=(),
        flips_at=None, data_points=389, restricted=True, areas=areas, history=tuple(history()), charts=(chart(),),
    )  # fmt: skip


def sample_overview(framework: Framework) -> Overview:
    """The front page with every mark, a loss, a gain, a risk and a choice."""
    ids = list(framework.benchmarks)
    drawn = [finding(id, STATUSES[place % len(STATUSES)]) for place, id in enumerate(ids)]
    drawn[3] = finding(ids[3], "not met", ("overdue",))
    drawn[8] = finding(ids[8], "met", ("at risk", "leadership differs"))
    changes = [
        Change(ids[0], "no clear change", "met", "new evidence", interval(0.1, 0.3)),
        Change(ids[4], "met", "reversed", "a revised figure", interval(0.1, 0.3)),
    ]
    seen = SignalFinding("sign", "seen", 0.95, interval(0.1, 0.2))
    watches = [_watch(framework.risks, seen), _watch(framework.trade_offs, seen)]
    return overview(drawn, changes, framework, MISSION, since="2026-05-31", watches=watches)


def _watch(entries: Any, seen: SignalFinding) -> Watch:
    entry = next(iter(entries.values()))
    return Watch(entry.id, "seen", (SignalFinding(entry.signals[0].id, "seen", 0.95, seen.sentence),))


def outlines() -> list[tuple[str, str, Any]]:
    return [(code, name, box(x, y, x + 1, y + 1)) for code, name, x, y in AREAS]


def job() -> Shown:
    """A job that failed: what is told of it, and what to do."""
    return Shown("", "import", "failed", 40, "Line 12: 2026-31-06 is no day.", "", {})


def news() -> list[News]:
    at = datetime(2026, 7, 5, 6, 40, tzinfo=UTC)
    return [
        News(1, at, "The road to Belwe is open again.", True, ""),
        News(2, at, "Shots near the market of Tasso.", False, ""),
    ]
