"""Which source is the official one on a topic: a kind, or a category of it such as incident/violence/one-sided.

A data set may say so itself when it comes, and people mark it later. A mark has its day: assessments of days before it
read as they did then. It holds for the whole lineage, so that the next release of a source need not be marked again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import product
from typing import NamedTuple

from primacy.evidence.errors import BadInput, listed
from primacy.evidence.kinds import ADDED_UP, KINDS
from primacy.evidence.store.datasets import DatasetVersion, Mark
from primacy.framework.saying import said


class Standing(NamedTuple):
    """How strongly a version is official: the narrower topic goes first, then the later word."""

    depth: int
    since: datetime


def topic_of(written: str) -> str:
    """A topic as it is kept. Raises BadInput where its first part is no kind.

    >>> topic_of("incident/violence/one-sided"), topic_of(" price/staple-basket "), topic_of("law")
    ('incident/violence/one-sided', 'price/staple-basket', 'law')
    """
    parts = [part.strip() for part in written.strip().strip("/").split("/")]
    if parts[0] not in KINDS or not all(parts):
        raise BadInput(said("evidence/no-topic", name=written), "", said("evidence/do.topic"))
    return "/".join(parts)


def speaks_on(topic: str, kind: str, categories: Iterable[str]) -> bool:
    """Whether a topic takes in all of what is asked: the kind, or each of the categories that are asked for.

    Categories are written with or without their kind in front, as rules and sources do.
    """
    of_kind, _, path = topic.partition("/")
    if of_kind != kind:
        return False
    bare = [each.removeprefix(f"{kind}/") for each in categories]
    return not path or (bool(bare) and all(each == path or each.startswith(f"{path}/") for each in bare))


def standing(version: DatasetVersion, kind: str, categories: Sequence[str]) -> Standing | None:
    """How a version stands on what is asked, None where it is not the official source.

    `Store.versions` has left out the marks that were to come.
    """
    stated = dict.fromkeys(version.official_for, version.known)
    for mark in sorted(version.marks, key=lambda each: each.at):
        if mark.ends:
            stated.pop(mark.topic, None)
        else:
            stated[mark.topic] = mark.at
    found = [Standing(topic.count("/"), at) for topic, at in stated.items() if speaks_on(topic, kind, categories)]
    return max(found, default=None)


def official(versions: Iterable[DatasetVersion], kind: str, categories: Sequence[str]) -> str:
    """The lineage that is official on what is asked, empty where none is; of several the one that was named last."""
    found = [(each.lineage, standing(each, kind, categories)) for each in versions]
    ranked = sorted((held, lineage) for lineage, held in found if held is not None)
    return ranked[-1][1] if ranked else ""


def compared(version: DatasetVersion, versions: Iterable[DatasetVersion], topic: str = "") -> list[DatasetVersion]:
    """Of each other source that tells of the same kinds, or of a topic, the version that tells of most of the same
    time; of several such the newest: both can be looked at.
    """
    kinds = {topic.partition("/")[0]} if topic else {each.kind for each in version.coverage}
    best: dict[str, tuple[int, DatasetVersion]] = {}
    for each in versions:
        if each.lineage != version.lineage and any(coverage.kind in kinds for coverage in each.coverage):
            days = _days_in_common(version, each, kinds)
            if each.lineage not in best or days >= best[each.lineage][0]:
                best[each.lineage] = days, each
    return sorted((each for _, each in best.values()), key=lambda each: each.name)


def _days_in_common(one: DatasetVersion, other: DatasetVersion, kinds: Collection[str]) -> int:
    """How many days both tell of, at most, as their coverages of some kinds say."""
    told = ([each for each in version.coverage if each.kind in kinds] for version in (one, other))
    pairs = product(*told)
    days = ((min(mine.end, theirs.end) - max(mine.start, theirs.start)).days + 1 for mine, theirs in pairs)
    return max((each for each in days if each > 0), default=0)


def never_whole(versions: Iterable[DatasetVersion], lineage: str, topic: str) -> bool:
    """Whether a source on events claims nowhere that it is complete: then its silence says nothing, and where another
    source is complete that one goes on being read, whatever this one is named."""
    kind = topic.partition("/")[0]
    if kind not in ADDED_UP:
        return False
    mine = (coverage for each in versions if each.lineage == lineage for coverage in each.coverage)
    return not any(each.kind == kind and each.complete for each in mine)


def require_told(topic: str, categories: Collection[str], name: str) -> None:
    """Raises BadInput for a topic on which a source says nothing: a slip of the pen, most likely.

    categories   those of the topic's kind of which it tells, with or without their kind in front
    """
    kind, _, path = topic.partition("/")
    bare = [each.removeprefix(f"{kind}/") for each in categories]
    if bare and (not path or any(each == path or each.startswith(f"{path}/") for each in bare)):
        return
    near = get_close_matches(path, bare, 1)
    meant = said("evidence/do.topic-near", topic=f"{kind}/{near[0]}") if near else ""
    told = said("evidence/do.topics-told", names=listed(sorted(bare))) if bare else said("evidence/do.check-kind")
    raise BadInput(said("evidence/official.tells-nothing", name=name, topic=topic), "", meant or told)


def marked(version: DatasetVersion, mark: Mark) -> DatasetVersion:
    """The version with one mark more. Raises BadInput where nothing would change."""
    before = version.official_topics
    if mark.ends == (mark.topic not in before):
        key = "evidence/not-official" if mark.ends else "evidence/is-official"
        raise BadInput(said(key, name=version.name, dataset=version.id, topic=mark.topic))
    return version.model_copy(update={"marks": (*version.marks, mark)})
