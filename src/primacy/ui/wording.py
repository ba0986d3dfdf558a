"""How a language writes numbers and days: read from the framework's words, so that pages and sentences agree."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from primacy.framework import load


def words(language: str) -> Mapping[str, Any]:
    """The table of words of a language; of English where there is none."""
    texts = load().texts
    return texts.get(language, {}).get("words") or texts["en"]["words"]


def number_text(value: float, decimals: int, language: str) -> str:
    """A number with so many decimals: `1,234.5` as the language writes it, in Western digits."""
    table = words(language)
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", table["decimal"]).replace("\0", table["thousands"])


def day_text(day: date, language: str) -> str:
    """A day in full: `30 June 2026`."""
    table = words(language)
    return str(table["day"]).format(day=day.day, month=table["months"][day.month - 1], year=day.year)
