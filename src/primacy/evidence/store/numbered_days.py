"""Months and days as whole numbers, as arrays and columns hold them."""

from datetime import date, timedelta

EPOCH = date(1970, 1, 1)


def month_index(day: date) -> int:
    """Months since January of the year 0: January 2024 is 24288."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the columns of evidence count them."""
    return (day - EPOCH).days
