"""What columns and cells of a brought table mean."""

import pytest

from primacy.records.reading import (
    Unreadable,
    day_of,
    guessed,
    number_of,
    order_of,
    word_of,
    yes_or_no,
)
from primacy.ui.csv_cells import as_written

DAYS = [
    # what it shows                      written        order of the column   read as
    ("as computers write it",            "2026-06-03",  "",                   "2026-06-03"),
    ("with a time of a spreadsheet",     "2026-06-03 00:00:00", "",           "2026-06-03"),
    ("day first where the column says",  "03/06/2026",  "day first",          "2026-06-03"),
    ("month first where it says so",     "06/03/2026",  "month first",        "2026-06-03"),
    ("day and month are the same",       "06/06/2026",  "",                   "2026-06-06"),
    ("two readings are none",            "03/06/2026",  "",                   "unclear day"),
    ("a day that there is not",          "2026-02-30",  "",                   "no day"),
    ("words",                            "last week",   "",                   "no day"),
]  # fmt: skip


def read(how, *given):
    try:
        return how(*given)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize(("shows", "written", "order", "found"), DAYS, ids=[each[0] for each in DAYS])
def test_a_day_is_read_where_it_can_mean_one_thing(shows, written, order, found) -> None:
    assert read(day_of, written, order) == found


ORDERS = [
    (["03/06/2026", "25/06/2026"], "day first"),
    (["06/03/2026", "06/25/2026"], "month first"),
    (["03/06/2026", "04/06/2026"], ""),
    (["25/06/2026", "06/25/2026"], ""),
    (["2026-06-03", "", "soon"], ""),
]


@pytest.mark.parametrize(("cells", "order"), ORDERS)
def test_a_column_of_days_says_which_number_is_the_month_or_does_not(cells, order) -> None:
    assert order_of(cells) == order


CELLS = [
    # what it shows                    how         given                                found
    ("a number of a spreadsheet",      number_of,  ("12.0",),                           "12"),
    ("a part of a person",             number_of,  ("1.5",),                            "no number"),
    ("yes in three languages",         yes_or_no,  ("Oui",),                            True),
    ("yes in Arabic",                  yes_or_no,  ("نعم",),                            True),
    ("no",                             yes_or_no,  ("NO",),                             False),
    ("perhaps",                        yes_or_no,  ("perhaps",),                        "no yes or no"),
    ("a word in another case",         word_of,    ("Réunion", {"reunion": "meeting"}), "meeting"),
    ("the value itself",               word_of,    ("meeting", {"reunion": "meeting"}), "meeting"),
    ("a word that is none",            word_of,    ("lunch", {"reunion": "meeting"}),   "no such word"),
    ("a cell that an export escaped",  as_written,    ("'=1+1",),                          "=1+1"),
    ("an apostrophe of its own",       as_written,    ("'tis",),                           "'tis"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "how", "given", "found"), CELLS, ids=[each[0] for each in CELLS])
def test_a_cell_is_read(shows, how, given, found) -> None:
    assert read(how, *given) == found


def test_columns_are_guessed_by_name_each_field_once_the_exact_name_first() -> None:
    names = {"day": {"day", "jour"}, "area": {"place", "lieu"}, "note": {"what was said"}}
    assert guessed(["Jour", "The place of it", "What was said", "place", "x", ""], names) == [
        "day", "", "note", "area", "", "",
    ]  # fmt: skip
