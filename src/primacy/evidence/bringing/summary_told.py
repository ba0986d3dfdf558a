"""What became of the files of an import, told on a terminal in a language; and what was refused."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from primacy.evidence.bringing.remedies import bare, parted, remedies
from primacy.evidence.bringing.summary import Summary
from primacy.evidence.errors import BadInput, listed
from primacy.evidence.mapped.drafts import Draft
from primacy.framework.saying import ENGLISH, Said, Words, said, told

if TYPE_CHECKING:
    from primacy.evidence.store.datasets import DatasetVersion

SHOWN = 10
FAULTS_SHOWN = 20


def lines(summary: Summary, language: str = ENGLISH) -> list[str]:
    """What a person reads about one imported file."""
    key = "evidence/import.file" if summary.format_given else "evidence/import.file-recognised"
    head = said(key, file=summary.file, format=summary.format)
    return [told(head, language), *(f"  {told(each, language)}" for each in _about(summary))]


def _about(summary: Summary) -> Iterator[Words]:
    if summary.why:
        yield summary.why
    if summary.version:
        yield _version(summary, summary.version)
        yield from _places(summary)
    if summary.by_name:
        yield said("evidence/import.matched", names=_names(summary.by_name))
    if summary.not_found:
        yield said("evidence/import.not-found", names=_names(summary.not_found))
    if summary.rejected:
        values = {"count": summary.rejected, "first": summary.first_fault}
        if summary.rejected_file:
            yield said("evidence/import.rejected-listed", **values, path=summary.rejected_file)
        else:
            yield said("evidence/import.rejected", **values)
    yield from summary.notes


def _version(summary: Summary, version: "DatasetVersion") -> Said:
    dataset = said("evidence/import.new" if summary.new else "evidence/import.unchanged", dataset=version.id)
    values = {"items": summary.items, "rows": summary.rows, "known": f"{version.known:%Y-%m-%d}", "dataset": dataset}
    if version.start is None:
        return said("evidence/import.counted", **values)
    return said("evidence/import.counted-between", **values, start=str(version.start), end=str(version.end))


def _places(summary: Summary) -> Iterator[Said]:
    found = {
        "evidence/import.by-point": summary.by_point, "evidence/import.by-code": summary.by_code,
        "evidence/import.by-name": sum(summary.by_name.values()), "evidence/import.by-country": summary.country_only,
    }  # fmt: skip
    counted = [said(key, count=count) for key, count in found.items() if count]
    if counted:
        yield said("evidence/import.places", places=counted)


def _names(names: dict[str, int]) -> Said:
    return listed([f"{name} ({count})" for name, count in names.items()], SHOWN)


# ---- what was refused


def refused_lines(refused: BadInput, language: str = ENGLISH) -> list[str]:
    """What is wrong, the first faults, how many more there are, where all of them stand, and what to do about which."""
    return [refused.told(language), *(f"  {told(each, language)}" for each in _faults(refused))]


def _faults(refused: BadInput) -> Iterator[Words]:
    faults = refused.faults
    if not faults or (faults.count == 1 and faults.unit != "file"):
        return
    shown = list(islice(faults, FAULTS_SHOWN))
    yield from (faults.placed(bare(each)) for each in shown)
    more, path = faults.count - len(shown), getattr(refused, "listed_in", None)
    if more and path:
        yield said("evidence/import.more-listed", count=more, path=str(path))
    elif more:
        yield said("evidence/import.more", count=more)
    elif path:
        yield said("evidence/import.listed", path=str(path))
    yield from remedies(faults, faults.unit, refused.remedy)


def refusal(refused: BadInput, language: str = ENGLISH) -> dict[str, object]:
    """The same as plain data for scripts."""
    faults = refused.faults
    path = getattr(refused, "listed_in", None)
    return {
        "what": told(refused.what, language), "where": told(refused.where, language),
        "remedy": told(refused.remedy, language),
        "faults": [_fault(each, language) for each in faults.shown(FAULTS_SHOWN)] if faults else [],
        "faults_in_all": faults.count if faults else 0,
        "faults_file": str(path or ""),
    }  # fmt: skip


def _fault(shown: dict[str, Any], language: str) -> dict[str, object]:
    """With its reason and the key of it, which is the same in all languages, and what to do about it."""
    reason, do = parted(shown["reason"])
    return shown | {"reason": told(reason, language), "fault": getattr(reason, "key", ""), "remedy": told(do, language)}


# ---- drafts


def draft_lines(draft: Draft, language: str = ENGLISH) -> Iterator[str]:
    """Where a draft lies, what it asks, and what to do with it."""
    key = "evidence/import.design-drafted" if draft.is_design else "evidence/import.mapping-drafted"
    yield told(said(key, path=str(draft.path), label=draft.label), language)
    for question in draft.questions:  # in the language of the draft
        asked = said("evidence/import.to-answer", question=question)
        yield f"  {told(asked, language)}"
    then = said("evidence/import.then", command=draft.command)
    yield f"  {told(then, language)}"
