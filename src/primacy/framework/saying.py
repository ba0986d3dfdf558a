"""Words before they have a language: which template says them, and what fills it.

The templates of the framework are in its `locale/<code>/faults.yaml`. Those of another room, whose keys begin with its
name as in `places/no-number`, are in that room's files of the same name, and in `notes.yaml` where nothing is wrong.
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ENGLISH = "en"
OPENED, CLOSED = "\u2068", "\u2069"
"""Between them stands what keeps together in a line that runs the other way."""
NO_BREAK = "\u00a0\u202f"
CODE = re.compile(r"`[^`]*`")
STOPPED = re.compile(r"([?!؟]\u2069?)\.(?=\s|$)")  # a sentence that ended before the full stop of its template
LONGEST = 1_000  # letters of a value: what a file holds may be quoted
KEY = "said"  # of a template, among its values as plain data


@dataclass(frozen=True)
class Said:
    """A template by its key and what fills it: texts, numbers, days, lists of names, or more of what is said."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def told(self, language: str = ENGLISH) -> str:
        """In a language; in English where the language has no words for it."""
        from primacy.framework import languages  # reads the texts, and with them all that may have faults

        text = ended_once(_Teller(language).vformat(languages.fault(language, self.key), (), dict(self.values)))
        return CODE.sub(_together, text) if languages.leftward(language) else text

    def __str__(self) -> str:
        return self.told()

    def plain(self) -> dict[str, Any]:
        """As data that is kept, and told again in any language by `told`."""
        return {KEY: self.key} | {name: _plain(value) for name, value in self.values}

    def filled(self, **values: object) -> "Said":
        """The same with other values."""
        return said(self.key, **(dict(self.values) | values))

    def renamed(self, old: str, new: str) -> "Said":
        """The same of another name."""
        return Said(self.key, tuple((name, _renamed(value, old, new)) for name, value in self.values))


Words = Said | str  # what is said in a language, or a name or text of somebody, which is the same in all of them


def told(words: "Words | Mapping[str, Any]", language: str) -> str:
    """In a language; also of what was kept as plain data, or by an older version as a text."""
    found = of_plain(words) if isinstance(words, Mapping) else words
    return found.told(language) if isinstance(found, Said) else found


def plain(words: Words) -> Any:
    """As data that is kept."""
    return words.plain() if isinstance(words, Said) else words


def of_plain(kept: Any) -> Any:
    """What `plain` made plain. Raises ValueError for what it did not."""
    if isinstance(kept, Mapping):
        if not isinstance(kept.get(KEY), str):
            raise ValueError(f"nothing is {KEY}")
        return Said(str(kept[KEY]), tuple((name, of_plain(each)) for name, each in kept.items() if name != KEY))
    return tuple(map(of_plain, kept)) if isinstance(kept, list) else kept


def told_through(kept: Any, language: str) -> Any:
    """Plain data in which everything that is said stands as a text in a language."""
    if isinstance(kept, Mapping):
        said_here = isinstance(kept.get(KEY), str)
        return (
            told(kept, language) if said_here else {name: told_through(each, language) for name, each in kept.items()}
        )
    return [told_through(each, language) for each in kept] if isinstance(kept, list) else kept


def printable(text: str) -> str:
    """Text without what controls a terminal or turns the direction of reading: a space stands for it. Spaces that keep
    a line together, as French writes them before a colon, stay."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in NO_BREAK else " " for letter in text)


def said(key: str, /, **values: object) -> Said:
    """What a template says of these values. Lists become tuples, so that two of the same are equal."""
    return Said(key, tuple((name, tuple(each) if isinstance(each, list) else each) for name, each in values.items()))


def isolated(text: str, language: str) -> str:
    """A name or text of somebody that keeps together in a line of a language that runs the other way."""
    from primacy.framework.languages import leftward

    return f"{OPENED}{text}{CLOSED}" if leftward(language) and text else text


class Unfit(ValueError):
    """What a schema does not take: what is wrong with it, and what to write instead where that is known."""

    def __init__(self, fault: Said, do: Said | None = None) -> None:
        self.fault, self.do = fault, do
        super().__init__(fault, do)

    def __str__(self) -> str:
        return "; ".join(each.told() for each in (self.fault, self.do) if each is not None)


def ended_once(text: str) -> str:
    """Sentences put together, of which one may be a question: it needs no full stop."""
    return STOPPED.sub(r"\1", text)


def quoted(text: str) -> str:
    """The same, and never longer than a reader needs."""
    text = printable(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class _Teller(string.Formatter):
    """Fills a template of one language."""

    def __init__(self, language: str) -> None:
        from primacy.framework.languages import leftward, words

        self.language, self.comma = language, str(words(language, "list_comma"))
        self.form = f"{OPENED}{{}}{CLOSED}" if leftward(language) else "{}"

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Said):
            return value.told(self.language)
        if isinstance(value, _Ready):
            return str(value)
        if isinstance(value, tuple):
            return self.comma.join(self.format_field(each, format_spec) for each in value)
        return self.form.format(quoted(str(value)))

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        """`{do!c}` begins with a capital letter."""
        if conversion != "c":
            return super().convert_field(value, conversion)
        text = value.told(self.language) if isinstance(value, Said) else str(value)
        return _Ready(f"{text[:1].upper()}{text[1:]}")

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "…")  # a gap in what is told is better than nothing told


class _Ready(str):
    """Text that needs no mark any more."""


def _plain(value: Any) -> Any:
    if isinstance(value, Said):
        return value.plain()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float) else str(value)


def _together(code: re.Match[str]) -> str:
    """Code as it is typed, with no mark inside."""
    return f"{OPENED}{code[0].replace(OPENED, '').replace(CLOSED, '')}{CLOSED}"


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Said):
        return value.renamed(old, new)
    if isinstance(value, tuple):
        return tuple(_renamed(each, old, new) for each in value)
    return value.replace(old, new) if isinstance(value, str) else value
