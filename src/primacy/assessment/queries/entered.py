"""Reads of what people entered on the site as evidence: reports of signs, scores of coders."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.assessment.double_coding import CODERS, Coded
from primacy.assessment.models import CodedItem
from primacy.assessment.told.signs_told import SignReports, signs_of
from primacy.evidence.queries import read_until
from primacy.evidence.shown.points_at_hand import settled, store_at
from primacy.evidence.store.store import Store
from primacy.framework import Instance, load
from primacy.framework.queries import today
from primacy.places.coarseness import coarseness

LINEAGE_OF_SIGNS = "site/signs"
READ_OF_SIGNS = ("item", "date", "measure", "origin", "source", "dataset", "confidentiality")


def signs(*, viewer: User, benchmark_id: str) -> list[SignReports]:
    """The signs of a benchmark with what was reported in the last year, as is known now.

    Whoever may not see details learns how many origins there are, and of confidential reports not which. Who wrote a
    report is a number to everybody.
    """
    if not may(viewer, "evidence.read"):
        raise LookupError(benchmark_id)
    detail = may(viewer, "evidence.detail")
    return [_coarsened(each, detail) for each in reported_signs(benchmark_id)]


def reported_signs(benchmark_id: str) -> list[SignReports]:
    """The same in full, for the check of a confirmation; no page shows it. Raises LookupError for no benchmark."""
    instance, day = Instance.here(), today()
    benchmark = load(instance.overlay, day).benchmarks.get(benchmark_id)
    if benchmark is None:
        raise LookupError(benchmark_id)
    store = store_at(instance.evidence)
    known = settled(store, read_until())
    told = tuple((each.id, each.withdrawn, each.erased) for each in store.versions(known=known))
    writers = {each.id: each.imported_by for each in store.versions() if each.lineage == LINEAGE_OF_SIGNS}
    return signs_of(benchmark, _rows_of_signs(instance.evidence, day, known, told), day, writers)


@lru_cache(maxsize=4)
def _rows_of_signs(evidence: Path, day: date, known: datetime, _told: Hashable) -> list[dict[str, Any]]:
    """Read again only when something became known, was withdrawn or erased, or a day began."""
    store = Store(evidence)
    rows = store.rows(as_of=day, known=known)
    return store.fetch(rows.filter(rows.kind == "sign").select(*READ_OF_SIGNS)).to_pylist()


def coded_items(*, viewer: User) -> list[Coded]:
    """Every item that is scored by two coders, newest day first. Of one that awaits a coder no score but the viewer's.

    Raises LookupError for who may enter no scores.
    """
    if not may(viewer, "score.enter"):
        raise LookupError
    return [coded_as_seen(each, viewer.username) for each in CodedItem.objects.prefetch_related("scores")]


def coded_as_seen(item: CodedItem, viewer: str) -> Coded:
    """An item as one person may see it."""
    everything = list(item.scores.all())
    scores = [each for each in everything if not each.settles]
    shown = scores if len(scores) >= CODERS else [each for each in scores if each.by == viewer]
    settled = [each.score for each in everything if each.settles]
    return Coded(
        id=item.pk, category=item.category, item=item.item, area=item.area, day=item.day, given=len(scores),
        mine=any(each.by == viewer for each in everything),
        scores=tuple((each.score, each.reason) for each in shown), settled=settled[0] if settled else None,
    )  # fmt: skip


def _coarsened(sign: SignReports, detail: bool) -> SignReports:
    hidden = [r for r in sign.reports if not coarseness(r.confidentiality, details=detail, kind="sign").names]
    numbers = {origin: f"#{number}" for number, origin in enumerate(sorted({each.origin for each in hidden}), 1)}
    told = [replace(each, origin=numbers[each.origin], dataset="") if each in hidden else each for each in sign.reports]
    numbered = {each: f"#{n}" for n, each in enumerate(sorted({r.writer for r in told if r.writer}), 1)}
    return replace(sign, reports=tuple(replace(each, writer=numbered.get(each.writer, "")) for each in told))
