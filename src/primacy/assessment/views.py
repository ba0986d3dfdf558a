"""The leadership view: what the accountable people say of a finding, beside it and never in its place.

On core benchmarks they are asked once a month, before the computed status is shown to them, so that nobody is led by
it. Whoever is asked sees the finding veiled: the series and the rule, and no verdict. A view that is given stands for
all assessments of its month. A view is revised by a newer one; the older one stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from primacy.assessment.finding import Chart, Finding, Phrase, SignalFinding, Watch
from primacy.assessment.finding_json import as_tree
from primacy.assessment.inputs import digest
from primacy.assessment.packages.signing import SigningKey, is_signed
from primacy.framework.entries import Watched
from primacy.framework.grammar import FLAGS
from primacy.framework.ids import place_of

VIEW_DUE = "view due"
DIFFERS = "leadership differs"
PURPOSE = "leadership view"
TIME_TO_ANSWER = timedelta(days=14)  # after which the status is shown to those who did not answer as well
STATUSES = ("met", "progressing", "no clear change", "not met", "reversed", "insufficient evidence")
"""What a view may say. What does not apply (yet) is a matter of the mandate and of dates, not of opinion."""
FEWEST = 10
"""Views of which the share that differs is told; of fewer it could tell of persons."""
Tree = dict[str, Any]


@dataclass(frozen=True)
class View:
    """One view as it was given.

    status      what the person says; empty where the person passed, and the reason says why
    computed    what the assessment said of the benchmark at that time
    blind       whether it was given before the computed status was shown
    seen        hash of what the person had before the eyes: the finding, veiled where `blind`
    """

    assessment: str
    as_of: date
    benchmark: str
    by: str
    role: str
    at: datetime
    status: str
    reason: str
    computed: str
    blind: bool
    seen: str
    key: str = ""
    signature: str = ""

    @property
    def passed(self) -> bool:
        return not self.status

    @property
    def agrees(self) -> bool:
        return self.status == self.computed

    def as_dict(self) -> Tree:
        """Plain data, its times in UTC."""
        tree = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**tree, "as_of": self.as_of.isoformat(), "at": self.at.astimezone(UTC).isoformat()}

    @classmethod
    def from_dict(cls, tree: Tree) -> "View":
        return cls(**{**tree, "as_of": date.fromisoformat(tree["as_of"]), "at": datetime.fromisoformat(tree["at"])})

    def signed_by(self, key: SigningKey) -> "View":
        named = replace(self, key=key.public, signature="")
        return replace(named, signature=key.signed(PURPOSE, named.as_dict()))

    @property
    def sound(self) -> bool:
        """Whether it is still what the instance signed."""
        return is_signed(self.key, PURPOSE, replace(self, signature="").as_dict(), self.signature)


@dataclass(frozen=True)
class Asking:
    """Whose view is due on what, for one person: the one answer that every page, count and message asks for.

    owed     core benchmarks on which this person's own view comes before the status
    hidden   those, and what would tell of them; each of the others with the owed ones that it waits for in `waits`
    until    the last day of the asking
    """

    owed: frozenset[str] = frozenset()
    waits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: date | None = None

    @property
    def next(self) -> str:
        """The first one that is owed, empty where none is."""
        return min(self.owed, key=place_of, default="")

    @property
    def hidden(self) -> frozenset[str]:
        return self.owed | self.waits.keys()


def month_of(day: date) -> tuple[int, int]:
    """The month for which a view stands."""
    return day.year, day.month


def asked(findings: Iterable[Finding], core: Collection[str], given: Collection[str]) -> set[str]:
    """Benchmarks on which a person owes a view: core ones that are judged, save those in `given`."""
    judged = {each.benchmark for each in findings if each.status in STATUSES}
    return judged & set(core) - set(given)


def waiting_for(owed: Collection[str], prerequisites: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    """What would tell of an owed benchmark too, with those of which it tells: those whose rule waits for it, and those
    that wait for these."""

    def told_by(id: str, *before: str) -> set[str]:
        needs = set(prerequisites.get(id, ())) - {id, *before}
        return (needs & set(owed)).union(*(told_by(each, id, *before) for each in needs))

    return {id: tuple(sorted(told)) for id in prerequisites if id not in owed and (told := told_by(id))}


def veiled(finding: Finding, waits: Sequence[str] = ()) -> Finding:
    """The finding without its verdict: what was seen month by month, the rule, and what to collect.

    `waits`: the benchmarks on which the view is due, where it is not due on this one.
    """
    said = Phrase("finding.waits-for-view", {"benchmarks": list(waits)}) if waits else Phrase("finding.view-due")
    return Finding(
        benchmark=finding.benchmark, status=VIEW_DUE, reason=None, probability=None, lower=None,
        flags=() if waits else (VIEW_DUE,),
        sentence=(said,), rule=finding.rule, numbers={}, parts=(), weakest=None,
        would_change=(), flips_at=None, data_points=finding.data_points, restricted=finding.restricted, areas=(),
        charts=tuple(_bare(each) for each in finding.charts), collect=finding.collect,
    )  # fmt: skip


def _bare(chart: Chart) -> Chart:
    return replace(
        chart, baseline=None, window=None, baseline_level=None, window_level=None, window_band=None, needed=None
    )


def veiled_watch(watch: Watch, hidden: Collection[str], entry: Watched | None = None) -> Watch:
    """A risk or choice without the signals that tell how a hidden benchmark stands, or a part of it. One that shows by
    another signal shows; of every other the state waits for the view too. `entry`: as the assessment read it."""

    def tells(signal: SignalFinding) -> bool:
        borrowed = entry.borrowed(signal.id) if entry else frozenset[str]()
        return not borrowed.isdisjoint(hidden) or signal.sentence.values.get("benchmark") in hidden

    signals = tuple(
        SignalFinding(each.id, VIEW_DUE, None, Phrase("finding.view-due")) if tells(each) else each
        for each in watch.signals
    )
    if signals == watch.signals:
        return watch
    return replace(watch, signals=signals, state="seen" if "seen" in {each.state for each in signals} else VIEW_DUE)


def seen_hash(finding: Finding) -> str:
    return digest(as_tree(finding))


def standing(views: Iterable[View]) -> list[View]:
    """The newest view of each person on each benchmark, oldest first; what was revised is left out."""
    newest: dict[tuple[str, str], View] = {}
    for view in sorted(views, key=lambda each: each.at):
        newest.pop((view.by, view.benchmark), None)
        newest[view.by, view.benchmark] = view
    return list(newest.values())


def differs(finding: Finding, views: Iterable[View]) -> bool:
    """Whether somebody's standing view was another than the computed status, and still is."""
    return any(
        not each.passed and not each.agrees and each.status != finding.status
        for each in standing(views)
        if each.benchmark == finding.benchmark
    )


def flagged(finding: Finding, *, due: bool, views: Sequence[View]) -> Finding:
    """The finding with the two flags that its evidence cannot know."""
    return marked(finding, due=due, differs=differs(finding, views))


def marked(finding: Finding, *, due: bool, differs: bool) -> Finding:
    """The same where it is known whether somebody differs."""
    added = {flag for flag, holds in ((VIEW_DUE, due), (DIFFERS, differs)) if holds}
    if not added:
        return finding
    return replace(finding, flags=tuple(flag for flag in FLAGS if flag in {*finding.flags, *added}))


@dataclass(frozen=True)
class Share:
    """Of all standing views, how many differ from what was computed. `differing` is None where they are too few."""

    given: int
    differing: float | None


def share_of_differences(views: Iterable[View]) -> Share:
    """Over persons, benchmarks and months together, so that it tells of nobody."""
    said = [each for each in views if not each.passed]
    by_month: dict[tuple[int, int], list[View]] = {}
    for each in said:
        by_month.setdefault(month_of(each.as_of), []).append(each)
    counted = [each for views_ in by_month.values() for each in standing(views_)]
    if len(counted) < FEWEST:
        return Share(len(counted), None)
    return Share(len(counted), sum(not each.agrees for each in counted) / len(counted))
