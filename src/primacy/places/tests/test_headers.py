"""The first lines of a table: how its columns are parted, and what stands above them."""

import pytest

from primacy.framework.saying import said
from primacy.places.errors import BadInput
from primacy.places.files.headers import Comment, header, known_by

UNDERSTOOD = [
    ("commas", "a,b,c\n1,2,3\n", ",", ("a", "b", "c"), 1),
    ("semicolons", "a;b;c\n", ";", ("a", "b", "c"), 1),
    ("tabs", "a\tb\tc\n", "\t", ("a", "b", "c"), 1),
    ("bars", "a|b|c\n", "|", ("a", "b", "c"), 1),
    ("semicolons within a quoted name do not part", 'a,"b;c;d",e\n', ",", ("a", "b;c;d", "e"), 1),
    ("the line of a spreadsheet that says the separator", "sep=;\na;b,c\n", ";", ("a", "b,c"), 2),
    ("the same in capitals and quotes", '"SEP=\t"\na\tb\n', "\t", ("a", "b"), 2),
    ("comments and blank lines above", "# one\n\n# two;;;\na;b\n", ";", ("a", "b"), 4),
    ("a column without a name has its number", "a,,c\n", ",", ("a", "column 2", "c"), 1),
    ("a name on two lines", 'a,"b\nc"\n1,2\n', ",", ("a", "b\nc"), 2),
    ("spaces that are not seen", "\ufeffa, b\xa0,c\n", ",", ("a", "b", "c"), 1),
]


@pytest.mark.parametrize(
    ("shows", "text", "delimiter", "columns", "lines"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD]
)
def test_a_header_is_understood(shows: str, text: str, delimiter: str, columns: tuple[str, ...], lines: int) -> None:
    found = header(text.encode(), "t.csv")
    assert (found.delimiter, found.columns, found.lines) == (delimiter, columns, lines)


def test_comments_know_their_line() -> None:
    comments = header(b"# one\n\n# two;;;\na;b\n", "t.csv").comments
    assert comments == (Comment(1, "# one"), Comment(3, "# two"))


REFUSED = [
    ("a quotation mark never closed", 'kind,"date\nlaw,2024-01-01\n', "t.csv, line 1: opens a quotation mark among"),
    ("only comments", "# a\n# b\n", "has no line that names its columns"),
    ("too many columns", ",".join("c" * 3 for _ in range(2001)) + "\n", "has 2001 columns"),
]


@pytest.mark.parametrize(("shows", "text", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_header_that_is_none(shows: str, text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        header(text.encode(), "t.csv")
    assert message in str(caught.value)
    assert caught.value.remedy


def test_a_table_is_known_by_its_columns_and_says_which() -> None:
    head = b"date;value;kind;extra\n"
    what = said("places/what.geonames")
    assert (
        str(known_by(head, "t.csv", ("kind", "date"), what)) == "its columns kind, date are those of a GeoNames table"
    )
    assert known_by(head, "t.csv", ("kind", "place"), what) is None
