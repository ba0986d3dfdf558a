"""The framework read as a handbook: each entry as a page of headed sections, in a language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from primacy.assessment.told.changes_told import told
from primacy.assessment.told.indicator_told import indicators_told
from primacy.assessment.told.rule_outline import Outline, outline_lines, rule_outline
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.sentences import date_text, flag_word, say
from primacy.framework import Framework
from primacy.framework.entries import (
    Activity,
    Benchmark,
    Component,
    Entry,
    Measured,
    Output,
    Published,
    Risk,
    Signal,
    Threshold,
    TradeOff,
)
from primacy.framework.grammar import Rule
from primacy.framework.languages import named, words
from primacy.framework.names import bare
from primacy.framework.values import beside_unit
from primacy.ui.wording import alarm_text, day_text, span_text, written_number

APPENDICES = ("components", "published", "glossary")
"""The chapters after those of the outputs, by the words that head them."""
COLLECTIONS = ("activities", "benchmarks", "risks", "trade_offs")


@dataclass(frozen=True)
class Section:
    """A heading with one line, or several; `numbered` where their order means something. `outline`: a rule, of which
    the lines are those of the terminal."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False
    outline: tuple[Outline, ...] = ()


@dataclass(frozen=True)
class Page:
    id: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Chapter:
    """An output with what belongs to it, in the order in which a planner asks: what to do, reach, fear and choose."""

    output: Page
    parts: tuple[tuple[str, tuple[Page, ...]], ...]


@dataclass(frozen=True)
class Listed:
    """A chapter in the list of contents: its name in addresses, its title and the headings of its parts."""

    id: str
    title: str
    parts: tuple[str, ...]


def chapters(framework: Framework, language: str) -> Iterator[Chapter]:
    """The whole framework in reading order."""
    return (chapter(framework, each.id, language) for each in framework.outputs)


def chapter(framework: Framework, id: str, language: str) -> Chapter:
    """What belongs to one output. Raises LookupError where there is no such output."""
    output = next((each for each in framework.outputs if each.id == id), None)
    if output is None:
        raise LookupError(id)
    writer = Writer(framework, language)
    parts = [
        (writer.word(heading), tuple(writer.page(each) for each in entries if each.output == id))
        for heading, entries in parts_of(framework)
    ]
    return Chapter(writer.output(output), tuple((heading, pages) for heading, pages in parts if pages))


def listed(framework: Framework, language: str) -> list[Listed]:
    """What the handbook holds, chapter by chapter, without any of its pages."""
    writer = Writer(framework, language)
    found = [
        Listed(output.id, writer.text(output.id, "title"), tuple(
            writer.word(heading) for heading, entries in parts_of(framework)
            if any(each.output == output.id for each in entries)
        ))
        for output in framework.outputs
    ]  # fmt: skip
    return [*found, *(Listed(id, writer.word(id), ()) for id in APPENDICES)]


def parts_of(framework: Framework) -> list[tuple[str, Iterable[Entry]]]:
    return [
        ("activities", framework.activities.values()),
        ("benchmarks", framework.benchmarks.values()),
        ("risks", framework.risks.values()),
        ("choices", framework.trade_offs.values()),
    ]


def published(framework: Framework, language: str) -> Section:
    """The register of published thresholds, each with its source and the day on which it was compared."""
    writer = Writer(framework, language)
    return Section(writer.word("published"), tuple(writer.published(each) for each in framework.published.values()))


def components(framework: Framework, language: str) -> list[Page]:
    """The parts of a mission, each with what it leads, works on and is asked about."""
    writer = Writer(framework, language)
    return [writer.component(each) for each in framework.components.values()]


def page(framework: Framework, id: str, language: str, *, changes: bool = True) -> Page:
    """One entry, output or component in full; `changes`: with what the mission changed in it. Raises KeyError where
    there is none."""
    writer, outputs = Writer(framework, language), {each.id: each for each in framework.outputs}
    if id in framework.components:
        return writer.component(framework.components[id])
    return (
        writer.output(outputs[id], listed=True)
        if id in outputs
        else writer.page(framework.readable[id], changes=changes)
    )


def set_aside_by(framework: Framework, id: str, language: str) -> str:
    """By whom, when and why an entry was set aside; of one that only went with what it served, that it did."""
    change = framework.setting_aside(id)
    if change is None:
        return str(words(language, "handbook")["retired with"])
    return told(framework, change, language).standing


def raised(framework: Framework, entry: Benchmark, language: str) -> list[str]:
    """What raises a flag beside the status of a benchmark."""
    return list(Writer(framework, language).raised(entry))


def meant(framework: Framework, written: str) -> tuple[str | None, list[str]]:
    """The id of what is asked for, however its letters are written; else None and the nearest ids."""
    known = [*framework.readable, *framework.components, *(each.id for each in framework.outputs)]
    folded = {bare(each): each for each in known}
    if (found := folded.get(bare(written))) is not None:
        return found, []
    near = get_close_matches(bare(written), folded, n=3, cutoff=0.5)
    return None, [folded[each] for each in near]


class Writer:
    """Writes the pages of one framework in one language."""

    def __init__(self, framework: Framework, language: str) -> None:
        self.framework, self.language = framework, language
        self.headings: Mapping[str, str] = words(language, "handbook")

    def word(self, name: str, *values: str) -> str:
        return self.headings[name].format(*values)

    def text(self, id: str, name: str) -> str:
        return self.framework.text(id, name, self.language)[0].strip()

    def output(self, output: Output, *, listed: bool = False) -> Page:
        """`listed`: with the names of all that belongs to it, where these do not follow anyway."""
        sections = [Section(self.word("lead"), (self.people(output.lead),))]
        for heading, entries in parts_of(self.framework) if listed else ():
            sections.append(self.section(heading, (self.name(e.id) for e in entries if e.output == output.id)))
        shown = tuple(each for each in sections if each.lines)
        return Page(output.id, self.text(output.id, "title"), (self.text(output.id, "about"),), shown)

    def component(self, component: Component) -> Page:
        entries, id = self.framework.entries.values(), component.id
        sections = (
            self.section("leads", (self.name(each.id) for each in entries if each.lead == id)),
            self.section("supports", (self.name(each.id) for each in entries if id in each.with_)),
            self.section("asked", (self.name(each.id) for each in entries if id in each.consulted)),
        )
        opening = (self.text(id, "about"),)
        return Page(id, self.text(id, "title"), opening, tuple(each for each in sections if each.lines))

    def page(self, entry: Entry, *, changes: bool = True) -> Page:
        opening = [self.text(entry.id, name) for name in ("question", "about") if getattr(entry, name, "")]
        sections = [self.set_aside(entry), *self.who(entry), *self.own(entry)]
        sections += [self.changes(entry)] if changes else []
        return Page(entry.id, self.text(entry.id, "title"), tuple(opening), tuple(s for s in sections if s.lines))

    def set_aside(self, entry: Entry) -> Section:
        """That the mission asks no longer for it: who decided so, when and why."""
        if entry.id not in self.framework.retired:
            return self.section("retired", [])
        return self.section("retired", [set_aside_by(self.framework, entry.id, self.language)])

    def changes(self, entry: Entry) -> Section:
        """What the mission has otherwise than the standard, each value beside that of the standard."""
        changes = self.framework.changes_of(entry.id)
        return self.section("changes", (told(self.framework, e, self.language).line(self.language) for e in changes))

    def own(self, entry: Entry) -> Iterator[Section]:
        """What only an entry of its sort has."""
        if isinstance(entry, Benchmark):
            yield from self.benchmark(entry)
        elif isinstance(entry, Activity):
            yield self.section("helps", map(self.name, entry.benchmarks))
            yield self.section("lowers", map(self.name, self.framework.links[entry.id].risks))
        elif isinstance(entry, Risk):
            yield self.section("signs", (self.signal(entry, "signs", each) for each in entry.signs))
            yield self.numbers(entry)
            yield self.evidence(entry)
            yield self.section("threatens", map(self.name, entry.benchmarks))
            yield self.section("lowered by", map(self.name, entry.answers))
        elif isinstance(entry, TradeOff):
            yield from self.trade_off(entry)

    def benchmark(self, entry: Benchmark) -> Iterator[Section]:
        links = self.framework.links[entry.id]
        yield self.section("horizon", [named(self.language, "horizons", entry.horizon)])
        yield self.outlined("rule", entry, entry.rule)
        yield self.numbers(entry)
        yield self.section("flags", self.raised(entry))
        yield self.evidence(entry)
        yield self.section("lost when", self.losses(entry))
        yield self.section("misleads", [self.text(entry.id, "misleads")])
        yield self.section("collect", self.to_collect(entry), numbered=True)
        yield self.section("beside", map(self.name, entry.beside))
        yield self.section("helped by", map(self.name, links.activities))
        yield self.section("threatened by", map(self.name, links.risks))
        yield self.section("touched by", map(self.name, links.trade_offs))

    def trade_off(self, entry: TradeOff) -> Iterator[Section]:
        for option in entry.options:
            place = f"options.{option.id}"
            sides = [
                self.with_colon(self.word(side), self.text(entry.id, f"{place}.{side}.{number}"))
                for side, given in (("for", option.for_), ("against", option.against))
                for number in range(len(given))
            ]
            yield Section(self.text(entry.id, f"{place}.title"), tuple(sides))
        yield self.section("assumed", (self.text(entry.id, f"assumptions.{n}") for n in range(len(entry.assumptions))))
        spoken = enumerate(entry.evidence)
        yield self.section(
            "speaks",
            (self.with_colon(self.name(e.benchmark), self.text(entry.id, f"evidence.{n}.says")) for n, e in spoken),
        )
        yield self.section("due", (self.signal(entry, "due", each) for each in entry.due))
        yield self.numbers(entry)
        yield self.evidence(entry)

    # ---- pieces

    def section(self, name: str, lines: Iterable[str], *, numbered: bool = False) -> Section:
        return Section(self.word(name), tuple(lines), numbered)

    def with_colon(self, before: str, after: str) -> str:
        return f"{before}{words(self.language, 'colon')}{after}"

    def people(self, ids: Iterable[str]) -> str:
        return self.joined(self.text(id, "title") if id in self.framework.components else id for id in ids)

    def joined(self, parts: Iterable[str]) -> str:
        return str(words(self.language, "list_comma")).join(parts)

    def who(self, entry: Entry) -> Iterator[Section]:
        yield self.section("lead", [self.people([entry.lead])])
        for name, ids in (("with", entry.with_), ("consulted", entry.consulted)):
            yield self.section(name, [self.people(ids)] if ids else [])

    def name(self, id: str) -> str:
        return (
            f"{id} {self.text(id, 'title')}" if id in self.framework.readable else named(self.language, "subjects", id)
        )

    def outlined(self, name: str, entry: Measured, rule: Rule) -> Section:
        """A rule part below part."""
        shown = rule_outline(entry, rule, self.language, self.framework)
        return Section(self.word(name), tuple(line for each in shown for line in outline_lines(each)), outline=shown)

    def raised(self, entry: Benchmark) -> Iterator[str]:
        """What raises a flag beside the status: a rule of its own, or a counterpart who is silent for so long."""
        for flag, condition in entry.flags.items():
            if condition.rule is not None:
                how = self.rule(entry, condition.rule)
            elif condition.any_silent is not None:
                how = self.word("silent", span_text(condition.any_silent.for_, self.language))
            else:
                continue
            yield self.with_colon(flag_word(flag, self.language), how)

    def rule(self, entry: Measured, rule: Any) -> str:
        return say(rule_phrase(entry, rule), self.language, framework=self.framework)

    def numbers(self, entry: Measured) -> Section:
        lines = []
        for name, each in entry.thresholds.items():
            written = written_number(beside_unit(each.value, each.unit), self.language)
            number = self.joined([written, self.text(entry.id, f"units.{name}")])
            lines.append(self.with_colon(f"`{name}`", f"{number} ({self.standing(entry.id, name, each)})"))
        return self.section("numbers", lines)

    def standing(self, id: str, name: str, threshold: Threshold) -> str:
        """Where a threshold comes from: published, confirmed or set by the mission, or a default."""
        if self.framework.is_published(threshold):
            return self.word("standard", self.framework.published[threshold.source or ""].source)
        if threshold.confirmed is not None:
            by, on = threshold.confirmed.by, day_text(threshold.confirmed.on, self.language)
            return self.word("confirmed", by, on)
        return self.word("own" if self.framework.sets(id, name) else "default")

    def evidence(self, entry: Measured) -> Section:
        """Of each indicator what it reads, and what is enough of it."""
        told_ = indicators_told(self.framework, entry, self.language)
        lines = (self.with_colon(each.label, f"{each.read} {each.enough}".strip()) for each in told_)
        return self.section("evidence", lines)

    def losses(self, entry: Benchmark) -> Iterator[str]:
        for reversal in entry.reversal:
            if reversal.sign is not None:
                yield self.text(entry.id, f"signs.{reversal.sign.id}")
            elif reversal.alarm is not None:
                label = self.text(entry.id, f"labels.{reversal.alarm.indicator}")
                yield alarm_text(label, reversal.alarm.false_alarms, self.language)

    def to_collect(self, entry: Benchmark) -> Iterator[str]:
        for number in range(len(entry.collect)):
            what, how = (self.text(entry.id, f"collect.{number}.{part}") for part in ("what", "how"))
            yield self.with_colon(what, how)

    def signal(self, entry: Measured, part: str, signal: Signal) -> str:
        if signal.rule is not None:
            how = self.rule(entry, signal.rule)
        elif signal.finding is not None:
            how = self.word("by finding", self.name(signal.finding.benchmark))
        else:
            how = self.word("by near" if signal.near is not None else "by report")
        return f"{self.text(entry.id, f'{part}.{signal.id}')} ({how})"

    def published(self, each: Published) -> str:
        compared = date_text(each.checked, self.language) if each.status == "source read" else self.word("recalled")
        said = f"{self.text(each.id, 'says')} ({each.source}{words(self.language, 'semicolon')}{compared})"
        return self.with_colon(each.id, said)
