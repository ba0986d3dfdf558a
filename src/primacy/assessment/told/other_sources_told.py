"""What other sources tell beside the official one, in words: for the page, the terminal and scripts alike."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from primacy.assessment.finding import Finding, OtherSources, Phrase, SourceTold
from primacy.assessment.told.sentences import number_text, percent_text, say
from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.framework import Framework
from primacy.places.coarseness import coarseness

ALIKE = 0.1  # of the official figure: two that lie closer tell about the same
Tree = dict[str, Any]


@dataclass(frozen=True)
class SourceInWords:
    """`extent`: of how many months or items it tells, or of which day its figure is; empty where there is neither."""

    name: str
    figure: str
    before: str
    extent: str
    words: str


@dataclass(frozen=True)
class OthersInWords:
    """`compared`: whether the rule compares with earlier months of which some source tells."""

    heading: str
    sources: tuple[SourceInWords, ...]
    compared: bool


def in_words(found: OtherSources, benchmark: str, framework: Framework, language: str) -> OthersInWords:
    """One indicator and each source in a language, the official one first."""
    values: dict[str, Any] = {"label": f"{benchmark}/{found.indicator}"}
    key = "others.heading"
    if found.start is not None:
        key, values = "others.heading.months", {**values, "start": found.start, "end": found.end}
    heading = say(Phrase(key, values), language, framework=framework)
    told = tuple(_source(found, each, framework, language) for each in found.sources)
    return OthersInWords(heading, told, any(each.before is not None for each in found.sources))


def other_sources_told(finding: Finding, framework: Framework, language: str) -> list[Tree]:
    """All of a finding as plain data, with the words beside the numbers."""
    return [
        {
            "indicator": each.indicator, "heading": told.heading, "measure": each.measure, "unit": each.unit,
            "start": each.start, "end": each.end,
            "sources": [
                {**_numbers(source), "source": words.name, "official": source is each.sources[0], "words": words.words}
                for source, words in zip(each.sources, told.sources, strict=True)
            ],
        }
        for each in finding.other_sources
        for told in [in_words(each, finding.benchmark, framework, language)]
    ]  # fmt: skip


def _numbers(source: SourceTold) -> Tree:
    return {name: value for name, value in asdict(source).items() if name not in ("name", "confidentiality")}


def _source(found: OtherSources, source: SourceTold, framework: Framework, language: str) -> SourceInWords:
    def text(phrase: Phrase | None) -> str:
        return "" if phrase is None else say(phrase, language, framework=framework)

    def figure(value: float | None) -> str:
        write = percent_text if found.unit == "share" else number_text
        return write(value, language)

    return SourceInWords(
        source.name or text(Phrase("others.nameless")), figure(source.figure), figure(source.before),
        text(_extent(source)), text(_differing(found, source)),
    )  # fmt: skip


def _extent(source: SourceTold) -> Phrase | None:
    if source.asked is not None:
        if source.figure is not None and source.day is None and not source.told:
            return Phrase("others.open")
        key = "others.months" if source.day is None else "others.items"
        return Phrase(key, {"told": source.told, "asked": source.asked})
    return None if source.day is None else Phrase("others.day", {"day": source.day})


def _differing(found: OtherSources, source: SourceTold) -> Phrase:
    difference = _difference(found, source)
    return Phrase("others.opposed", {"difference": difference}) if _opposed(found.sources[0], source) else difference


def _difference(found: OtherSources, source: SourceTold) -> Phrase:
    """What a source tells differently. Where it tells of fewer items than the official one, nothing is said of its
    figure; where it covers fewer months, the two are compared over these."""
    official = found.sources[0]
    if source is official:
        return Phrase("others.official")
    if source.figure is None or source.official_figure is None:
        return Phrase("others.none")
    if found.start is None and (source.told or 0) < (official.told or 0):
        return Phrase("others.less")
    way = _way(source.figure, source.official_figure)
    if found.start is None or found.unit == "share":
        return Phrase(f"others.value.{way}")
    if source.official_figure == official.figure:
        return Phrase(f"others.count.{way}")
    return Phrase(f"others.count.{way}.part", {"official": source.official_figure})


def _opposed(official: SourceTold, source: SourceTold) -> bool:
    """Whether one has more than before and the other fewer, each beyond what counts as alike."""
    ways = {
        _way(each.figure, each.before)
        for each in (official, source)
        if each.figure is not None and each.before is not None
    }
    return ways == {"more", "less"}


def _way(figure: float, official: float) -> str:
    if abs(figure - official) <= ALIKE * abs(official):
        return "alike"
    return "more" if figure > official else "less"


# ---- who may see it


def for_reader(finding: Finding, *, details: bool) -> Finding:
    """The finding with those sources alone that a reader may know by name.

    Whoever may not see evidence line by line is not told which source said what is more than Unclassified, nor that
    records are one; such a source is left out as if it were not there, and with the official one the comparison.
    """
    if details or not finding.other_sources:
        return finding
    left = (replace(each, sources=_open(each.sources)) for each in finding.other_sources if _is_open(each.sources[0]))
    return replace(finding, other_sources=tuple(each for each in left if len(each.sources) > 1))


def _open(sources: Sequence[SourceTold]) -> tuple[SourceTold, ...]:
    return tuple(each for each in sources if _is_open(each))


def _is_open(source: SourceTold) -> bool:
    named = coarseness(source.confidentiality, details=False).names
    return named and not source.lineage.startswith(f"{OF_RECORDS}/")
