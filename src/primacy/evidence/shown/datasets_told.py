"""Data sets on a terminal, in a language: one line each, or everything that is known of one."""

from collections.abc import Iterator, Sequence

from primacy.evidence.errors import listed
from primacy.evidence.shown.categories import category_words, topic_words, with_identifier
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.superseded import Taken, replaced
from primacy.framework.languages import named, words
from primacy.framework.saying import CLOSED, ENGLISH, OPENED, Said, Words, said, told

AREAS_SHOWN = 6
NONE_YET = said("evidence/datasets.none")
NOT_SHOWN = (
    "coverage",
    "parts",
    "marks",
    "own_ids",
    "cube",
    "told",
)  # in sentences of their own, or of no use to people


def line(version: DatasetVersion, taken: Sequence[Taken], language: str = ENGLISH) -> str:
    """One version among others."""
    counted: list[Words | None] = [
        said("evidence/datasets.known", day=f"{version.known:%Y-%m-%d}"),
        said("evidence/datasets.items", count=f"{version.items:>7}"),
        _period(version), f"{version.name} ({version.format})", _official(version, language), _gone(version),
        replaced(version, taken),
    ]  # fmt: skip
    return "  ".join([version.id, *(told(each, language) for each in counted if each is not None)])


def _period(version: DatasetVersion) -> Said:
    if version.start is None:
        return said("evidence/datasets.no-rows")
    return said("evidence/datasets.between", start=str(version.start), end=str(version.end))


def _official(version: DatasetVersion, language: str) -> Said | None:
    topics = [_topic(each, language) for each in version.official_topics]
    return said("evidence/datasets.official", topics=topics) if topics else None


def _topic(topic: str, language: str) -> str:
    return _beside(topic_words(topic, language), topic)


def _beside(told: str, written: str) -> str:
    """On a terminal what stands together is marked as a whole."""
    return with_identifier(told.replace(OPENED, "").replace(CLOSED, ""), written)


def _gone(version: DatasetVersion) -> Said | None:
    if version.withdrawn is None:
        return None
    day = f"{version.withdrawn:%Y-%m-%d}"
    if version.erased is None:
        return said("evidence/datasets.withdrawn", day=day)
    return said("evidence/datasets.erased", day=day, erased=f"{version.erased:%Y-%m-%d}")


def everything(version: DatasetVersion, taken: Sequence[Taken], language: str = ENGLISH) -> Iterator[tuple[str, str]]:
    """(what a field is called in the language, its text)."""
    for field, text in _everything(version, taken, language):
        yield field_word(field, language), text


def field_word(field: str, language: str) -> str:
    return told(said(f"evidence/datasets.field.{field}"), language)


def _everything(version: DatasetVersion, taken: Sequence[Taken], language: str) -> Iterator[tuple[str, str]]:
    for field, value in version.as_told(language).items():
        if field in NOT_SHOWN or value in (None, "", [], 0):
            continue
        if field == "rows" and version.erased:
            yield field, told(said("evidence/datasets.erased-rows", rows=value), language)
        else:
            listed_values = value if isinstance(value, list) else [value]
            separator = str(words(language, "semicolon"))
            yield field, separator.join(_text(field, each, language) for each in listed_values)
    if gone := replaced(version, taken):
        yield "gone", told(gone, language)
    for mark in version.marks:
        key = "evidence/datasets.unmarked" if mark.ends else "evidence/datasets.marked"
        text = told(said(key, topic=_topic(mark.topic, language), day=f"{mark.at:%Y-%m-%d}", by=mark.by), language)
        yield "marked", f"{text}{words(language, 'semicolon')}{mark.because}" if mark.because else text
    for each in version.coverage:
        yield "coverage", told(_covered(each, language), language)


def _text(field: str, value: object, language: str) -> str:
    """A value as people write it; source types and topics have their words in every language."""
    if isinstance(value, bool):
        return told(said("evidence/datasets.yes" if value else "evidence/datasets.no"), language)
    if field == "source_type":
        return str(words(language, "source_types").get(value, value)) if language != ENGLISH else str(value)
    return _topic(str(value), language) if field == "official_for" else str(value)


def _covered(coverage: Coverage, language: str) -> Said:
    key = "evidence/datasets.coverage-complete" if coverage.complete else "evidence/datasets.coverage-partial"
    kind = _beside(named(language, "kinds", coverage.kind), coverage.kind)
    categories: Words | Sequence[str] = [
        _beside(category_words(each, language, coverage.kind) or each, each) for each in coverage.categories or ()
    ] or said("evidence/datasets.all-categories")
    return said(
        key, kind=kind, categories=categories, areas=listed(coverage.areas, AREAS_SHOWN),
        start=str(coverage.start), end=str(coverage.end),
    )  # fmt: skip


def line_told(file: str, line: int, language: str = ENGLISH) -> str:
    """Where in a file a data point stands."""
    return told(said("evidence/behind.where", file=file, line=line), language)


def beside_told(compared: int, effort: int, language: str = ENGLISH) -> list[str]:
    """How many data points stand beside those that decide."""
    counts = {"evidence/behind-compared": compared, "evidence/behind-effort": effort}
    return [told(said(key, count=count), language) for key, count in counts.items() if count]


def and_more(shown: int, total: int, language: str = ENGLISH) -> str:
    """How many data points of a list are not shown."""
    return told(said("evidence/behind-more", count=total - shown, total=total), language)
