"""Words before they have a language: which template of `locale/<code>/faults.yaml` says them, and what fills it."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ENGLISH = "en"
OPENED, CLOSED = "\u2068", "\u2069"
"""Between them stands what keeps together in a line that runs the other way."""
CODE = re.compile(r"`[^`]*`")


@dataclass(frozen=True)
class Said:
    """A template by its key and what fills it: texts, numbers, days, lists of names, or more of what is said."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def told(self, language: str = ENGLISH) -> str:
        """In a language; in English where the language has no words for it."""
        from primacy.framework import languages  # reads the texts, and with them all that may have faults

        text = _Teller(language).vformat(languages.template(language, "faults", self.key), (), dict(self.values))
        return CODE.sub(_together, text) if languages.leftward(language) else text

    def renamed(self, old: str, new: str) -> "Said":
        """The same of another name."""
        return Said(self.key, tuple((name, _renamed(value, old, new)) for name, value in self.values))


def said(key: str, /, **values: object) -> Said:
    """What a template says of these values. Lists become tuples, so that two of the same are equal."""
    return Said(key, tuple((name, tuple(each) if isinstance(each, list) else each) for name, each in values.items()))


class Unfit(ValueError):
    """What a schema does not take: what is wrong with it, and what to write instead where that is known."""

    def __init__(self, fault: Said, do: Said | None = None) -> None:
        self.fault, self.do = fault, do
        super().__init__(fault, do)

    def __str__(self) -> str:
        return "; ".join(each.told() for each in (self.fault, self.do) if each is not None)


class _Teller(string.Formatter):
    """Fills a template of one language."""

    def __init__(self, language: str) -> None:
        from primacy.framework.languages import leftward, words

        self.language, self.comma = language, str(words(language, "list_comma"))
        self.form = f"{OPENED}{{}}{CLOSED}" if leftward(language) else "{}"

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Said):
            return value.told(self.language)
        if isinstance(value, tuple):
            return self.comma.join(self.format_field(each, format_spec) for each in value)
        return self.form.format(value)

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]


def _together(code: re.Match[str]) -> str:
    """Code as it is typed, with no mark inside."""
    return f"{OPENED}{code[0].replace(OPENED, '').replace(CLOSED, '')}{CLOSED}"


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Said):
        return value.renamed(old, new)
    if isinstance(value, tuple):
        return tuple(_renamed(each, old, new) for each in value)
    return value.replace(old, new) if isinstance(value, str) else value
