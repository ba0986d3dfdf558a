"""A rule as an outline: what must hold, part below part, so that a long one can be read and pointed at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from primacy.assessment.finding import Phrase
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.sentences import MOST_DEPTH, Speaker
from primacy.framework import Framework
from primacy.framework.entries import Measured
from primacy.framework.grammar import Rule
from primacy.framework.languages import words
from primacy.framework.values import awaited

BRACKETS = " []:;؛\u00a0\u202f"


@dataclass(frozen=True)
class Outline:
    """A line, and what belongs below it; `sign` is the number or letter before it, as in the rule's sentence."""

    text: str
    inside: tuple["Outline", ...] = ()
    sign: str = ""


def rule_outline(entry: Measured, rule: Rule, language: str, framework: Framework) -> tuple[Outline, ...]:
    """The rule, and what forbids it whatever else holds; below each, its parts with their numbers and letters.

    It waits no longer for what the mission set aside.
    """
    after = [each for each in rule.after if awaited(each)[0] not in framework.retired]
    phrase = rule_phrase(entry, rule.model_copy(update={"after": after}))
    outlines = _outlines(phrase, _Heading(language, framework, {}), language)
    return tuple(Outline(each.text[:1].upper() + each.text[1:], _numbered(each.inside, language)) for each in outlines)


def _outlines(phrase: Phrase, heading: "_Heading", language: str) -> Iterator[Outline]:
    """More than one where a veto stands beside a rule."""
    values, text = phrase.values, heading.of(phrase)
    if phrase.key == "rule.veto":
        yield from _outlines(values["rule"], heading, language)
        yield Outline(text, _all(values["vetoes"], heading, language))
    elif "parts" in values:
        yield Outline(text, _all(values["parts"], heading, language))
    elif "rule" in values:
        first, *others = _outlines(values["rule"], heading, language)
        yield Outline(f"{text}{words(language, 'list_comma')}{first.text}", first.inside)
        yield from others
    else:
        yield Outline(text)


def _all(phrases: Sequence[Phrase], heading: "_Heading", language: str) -> tuple[Outline, ...]:
    return tuple(each for phrase in phrases for each in _outlines(phrase, heading, language))


def _numbered(outlines: Sequence[Outline], language: str, depth: int = 0) -> tuple[Outline, ...]:
    signs: Any = words(language, "outline")[min(depth, MOST_DEPTH)]
    return tuple(
        Outline(each.text, _numbered(each.inside, language, depth + 1), f"({sign})")
        for sign, each in zip(signs, outlines, strict=False)
    )


class _Heading(Speaker):
    """Says a node of a rule without the rules inside."""

    def of(self, phrase: Phrase) -> str:
        text = self.vformat(self.template(phrase.key), (), phrase.values)
        return text.strip(BRACKETS) if "parts" in phrase.values or "rule" in phrase.values else text

    def phrase(self, phrase: Phrase) -> str:
        return "" if phrase.key.startswith("rule.") else super().phrase(phrase)

    def numbered(self, parts: Sequence[Phrase]) -> str:
        return ""

    def joined(self, parts: Sequence[str]) -> str:
        return super().joined([each for each in parts if each])


def outline_lines(outline: Outline, depth: int = 0) -> Iterator[str]:
    """A rule as plain text, each level further in."""
    yield f"{'   ' * depth}{outline.sign} {outline.text}".rstrip() if outline.sign else outline.text
    for each in outline.inside:
        yield from outline_lines(each, depth + 1)
