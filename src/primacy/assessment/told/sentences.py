"""Phrases in a language: templates filled, numbers and dates written as that language writes them.

English templates lie in the framework's locale beside the translations; what a language lacks is said in English.
"""

import math
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from primacy.assessment.finding import Phrase
from primacy.framework import Framework, load
from primacy.framework.languages import named, words
from primacy.framework.loading import standard_texts
from primacy.framework.values import span
from primacy.places.areas import AreaNames
from primacy.ui.wording import day_number_text, span_text

MOST_DEPTH = 2
MOST_DECIMALS = 3  # of a share beside its threshold


def say(
    phrase: Phrase, language: str = "en", *, framework: Framework | None = None, places: Mapping[str, str] | None = None
) -> str:
    """The phrase as text. `places` gives names of areas by code."""
    return Speaker(language, framework or load(), places or {}).phrase(phrase)


def say_all(
    phrases: Sequence[Phrase],
    language: str = "en",
    *,
    framework: Framework | None = None,
    places: Mapping[str, str] | None = None,
) -> str:
    """Several phrases as one paragraph."""
    speaker = Speaker(language, framework or load(), places or {})
    return " ".join(_sentence(speaker.phrase(each)) for each in phrases)


def joined_labels(labels: Sequence[str], language: str = "en", *, framework: Framework) -> str:
    """Indicators by their names, as sentences list them."""
    return Speaker(language, framework, {}).writers["labels"](labels)


def status_word(status: str, language: str = "en") -> str:
    """A status; also *view due*, which a finding has for who owes a view on it."""
    return str({**words(language, "flags"), **words(language, "statuses")}[status])


def flag_word(flag: str, language: str = "en") -> str:
    return str(words(language, "flags")[flag])


def reason_word(reason: str, language: str = "en") -> str:
    return str(words(language, "reasons")[reason])


def likelihood(probability: float, language: str = "en") -> str:
    """The probability in words: people decide better on “very unlikely” with a number than on a bare number."""
    return str(next(word for bound, word in words(language, "likelihood") if probability < bound))


NOTHING = 1e-12  # what is left of a sum that comes to nothing


def number_text(value: float | None, language: str = "en", *, digits: int = 3) -> str:
    """A number rounded to what is known: so many significant digits, whole above a hundred."""
    if value is None or not math.isfinite(value):
        return "–"
    value = 0.0 if abs(value) < NOTHING else value
    rounded = float(f"{value:.{digits}g}") if abs(value) < 1000 else round(value)
    text = f"{rounded:,.6g}" if abs(rounded) < 1e6 else f"{rounded:,.0f}"
    comma, point = words(language, "thousands"), words(language, "decimal")
    parted = text.replace(",", "\0").replace(".", point).replace("\0", comma)
    return str(words(language, "minus")) + parted[1:] if parted.startswith("-") else parted


def percent_text(
    value: float | None, language: str = "en", *, exactly: bool = False, beside: float | None = None
) -> str:  # fmt: skip
    """Whole per cent, as figures are known; `exactly`, as a threshold was written: 12.75 %. `beside` a threshold with
    as many decimals as it takes to see on which side of it the value lies."""
    if value is None or not math.isfinite(value):
        return "–"
    digits = 2 if exactly else 1 if 0 < abs(value) < 0.01 else 0
    while (
        beside is not None
        and digits < MOST_DECIMALS
        and _side(round(100 * value, digits), beside) != _side(100 * value, beside)
    ):
        digits += 1
    text = number_text(round(100 * value, digits), language, digits=6 if exactly else 3 + digits)
    return str(words(language, "percent")).format(text)


def chance_text(probability: float | None, language: str = "en") -> str:
    """A probability in whole per cent, as it is told everywhere else in hundreds: never 0 and never 100."""
    return percent_text(None if probability is None else min(0.99, max(0.01, round(probability, 2))), language)


def _side(percents: float, threshold: float) -> int:
    apart = percents - 100 * threshold
    return 0 if math.isclose(apart, 0, abs_tol=1e-9) else 1 if apart > 0 else -1


def date_text(iso: str, language: str = "en", *, form: str = "day") -> str:
    """`2022-12-31` as 31 December 2022; with form `month`, December 2022."""
    day = date.fromisoformat(iso)
    month = words(language, "months")[day.month - 1]
    return str(words(language, form)).format(day=day_number_text(day.day, language), month=month, year=day.year)


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "؟")) else f"{text}."


class Speaker(string.Formatter):
    """Fills templates; a format spec says how a value is written."""

    def __init__(self, language: str, framework: Framework, places: Mapping[str, str]) -> None:
        self.language, self.framework = language, framework
        self.places = places if isinstance(places, AreaNames) else AreaNames(places)
        self.depth = 0  # of lists inside lists
        self.threshold: float | None = None  # that the sentence compares with
        self.writers: Mapping[str, Callable[[Any], str]] = {
            "percent": lambda v: percent_text(v, language, beside=self.threshold),
            "chance": lambda v: chance_text(v, language),
            "exactly": lambda v: percent_text(v, language, exactly=True),
            "points": lambda v: number_text(None if v is None else 100 * v, language),
            "likelihood": lambda v: likelihood(v, language),
            "number": lambda v: number_text(v, language),
            "count": lambda v: number_text(v, language, digits=12),
            "times": lambda v: str(words(language, "at_least_times")).format(number_text(v, language, digits=2)),
            "date": lambda v: date_text(v, language),
            "month": lambda v: date_text(v, language, form="month"),
            "label": self.label,
            "Label": lambda v: self.label(v)[:1].upper() + self.label(v)[1:],
            "labels": lambda v: self.joined([self.label(each) for each in v]),
            "list": lambda v: self.joined([self.phrase(each) for each in v]),
            "numbered": self.numbered,
            "span": self.span,
            "spans": lambda v: self.joined([self.span(each) for each in v]),
            "reason": lambda v: reason_word(v or "missing", language),
            "event": self.event,
            "status": lambda v: status_word(v, language),
            "flag": lambda v: flag_word(v, language),
            "title": lambda v: self.framework.text(v, "title", language)[0],
            "titles": lambda v: self.joined([self.framework.text(each, "title", language)[0] for each in v]),
            "step": lambda v: self.step(v),
            "steps": lambda v: self.listed([self.step(each) for each in v]),
            "areas": lambda v: self.joined([self.places.get(each, each) for each in v]),
            "names": lambda v: self.joined([self.member(each) for each in v]),
            "member": self.member,
            "members": lambda v: self.listed([self.member(each) for each in v.split(", ")]),
            "sign": self.sign,
            "unit": self.unit,
            "counted": lambda v: self.listed([f"{named(language, 'source_types', name)} {n}" for name, n in v.items()]),
            "sources": lambda v: self.listed([named(language, "source_types", each) for each in v]),
            "kind": lambda v: named(language, "kinds", v),
            "measure": lambda v: named(language, "measures", v),
            "column": lambda v: named(language, "fields", v),
            "by": lambda v: str(words(language, "group_names").get(v, v)),
            "phrase": self.phrase,
            "running": self.running,
            "text": str,
        }

    def phrase(self, phrase: Phrase) -> str:
        outer, asked = self.threshold, phrase.values.get("threshold")
        self.threshold = asked if isinstance(asked, float) else None
        text = self.vformat(self.template(phrase.key), (), phrase.values)
        self.threshold = outer
        return text

    def running(self, phrase: Phrase) -> str:
        """The phrase after other words of its sentence: without a capital, but for a name that has one."""
        text, name = self.phrase(phrase), phrase.values.get("label")
        label = self.label(name) if isinstance(name, str) else ""
        if label and text.startswith(label[:1].upper() + label[1:]):
            return label + text[len(label) :]
        return text[:1].lower() + text[1:]

    def template(self, key: str) -> str:
        own = self.framework.templates(self.language) or standard_texts().get(self.language, {}).get("sentences", {})
        english: Mapping[str, str] = standard_texts()["en"]["sentences"]
        if key in own:
            return own[key]
        return english[key]

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Phrase) and format_spec != "running":
            return self.phrase(value)
        return self.writers[format_spec or "text"](value)

    def label(self, name: str) -> str:
        benchmark, _, indicator = name.partition("/")
        return self.framework.text(benchmark, f"labels.{indicator}", self.language)[0]

    def sign(self, name: str) -> str:
        benchmark, _, sign = name.partition("/")
        text = self.framework.text(benchmark, f"signs.{sign}", self.language)[0]
        return text[:1].lower() + text[1:]

    def unit(self, name: str) -> str:
        benchmark, _, threshold = name.partition("/")
        return self.framework.text(benchmark, f"units.{threshold}", self.language)[0]

    def member(self, name: str) -> str:
        """A group by its word, `sex=f` as women; an area as the language calls it; any other name as it is."""
        return str(words(self.language, "members").get(name) or self.places.said(name))

    def listed(self, parts: Sequence[str]) -> str:
        return str(words(self.language, "list_comma")).join(parts)

    def joined(self, parts: Sequence[str]) -> str:
        trimmed = [part.rstrip(".") for part in parts]
        if len(trimmed) < 2:
            return "".join(trimmed)
        comma, last = words(self.language, "comma"), words(self.language, "and")
        return str(comma).join(trimmed[:-1]) + str(last) + trimmed[-1]

    def numbered(self, parts: Sequence[Phrase]) -> str:
        """Parts one by one: numbers, inside them letters, inside those small figures; so that none can be mistaken."""
        signs = words(self.language, "outline")[min(self.depth, MOST_DEPTH)]
        self.depth += 1
        inside = [f"({sign}) {self.phrase(part).rstrip('.')}" for sign, part in zip(signs, parts, strict=False)]
        self.depth -= 1
        return str(words(self.language, "semicolon")).join(inside)

    def span(self, text: str) -> str:
        return span_text(span(text), self.language)

    def event(self, name: str) -> str:
        known = words(self.language, "events")
        return str(known.get(name, name.replace("_", " ").replace("-", " ")))

    def step(self, name: str) -> str:
        known = words(self.language, "steps")
        return str(known.get(name, name.replace("-", " ")))
