"""How a language writes numbers, shares and days: by the framework's words, so that pages and sentences agree."""

import math
from collections.abc import Sequence
from datetime import date

from primacy.framework.languages import words
from primacy.framework.values import Span


def number_text(value: float, decimals: int, language: str) -> str:
    """A number with so many decimals: `1,234.5` as the language writes it, in Western digits."""
    return _localized(f"{value:,.{decimals}f}", language)


def figure_text(value: float, language: str, digits: int = 1) -> str:
    """A number rounded to what is known: whole from a hundred on, `digits` decimals below."""
    decimals = 0 if float(value).is_integer() or abs(value) >= 100 else digits
    return number_text(value, decimals, language)


def written_number(value: float | int | str | Sequence[float | int | str], language: str) -> str:
    """A number, share or pair with all the digits that somebody wrote: `12.75 %` stays 12.75 percent."""
    if isinstance(value, list | tuple):
        return " – ".join(written_number(each, language) for each in value)
    text = str(value).strip()
    if text.endswith("%"):
        return str(words(language, "percent")).format(_localized(text.removesuffix("%").strip(), language))
    return _localized(text, language)


def share_text(value: float, language: str) -> str:
    """A share as a short percentage: with its decimals where they are few (`12.75 %`), else in whole percents."""
    percents = 100 * value
    few = math.isclose(percents, round(percents, 2), abs_tol=1e-9)
    text = f"{round(percents, 2):g}" if few else f"{percents:.{1 if abs(percents) < 1 else 0}f}"
    return str(words(language, "percent_short")).format(_localized(text, language))


def day_text(day: date, language: str) -> str:
    """A day in full: `30 June 2026`."""
    month = words(language, "months")[day.month - 1]
    return str(words(language, "day")).format(day=day_number_text(day.day, language), month=month, year=day.year)


def day_number_text(number: int, language: str) -> str:
    """The day of a month in a date: the first has its own form in some languages, as `1er` in French."""
    return str(words(language, "first_day")) if number == 1 else str(number)


def month_text(day: date, language: str) -> str:
    """A month as short as the language has it: `Jun 2026`."""
    month = words(language, "months_short")[day.month - 1]
    return str(words(language, "month")).format(month=month, year=day.year)


def span_text(span: Span, language: str) -> str:
    """A length of time: `12 months`."""
    one, many = words(language, "spans")[span.unit]
    return f"{span.count} {one if span.count == 1 else many}"


def alarm_text(label: str, budget: str, language: str) -> str:
    """What an alarm listens to, and how often it may sound for nothing: `0.2 a year`."""
    times = written_number(budget.split()[0], language)
    return str(words(language, "handbook")["alarm"]).format(label, times)


def _localized(text: str, language: str) -> str:
    point, comma = words(language, "decimal"), words(language, "thousands")
    parted = text.replace(",", "\0").replace(".", point).replace("\0", comma)
    return str(words(language, "minus")) + parted[1:] if parted.startswith("-") else parted
