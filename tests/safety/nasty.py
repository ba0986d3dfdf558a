"""What nobody of good will sends, and how it is sent: values, bodies and headers for the tests that ask every page.

Which names a page reads is learnt from the page itself while it answers (`listening`), and which values are good from its
own forms (`offered`), so that a new page is asked like all others from its first day.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from django.utils.datastructures import MultiValueDict
from hypothesis import strategies as st

LONG = "x" * 100_000
NASTY = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\ufeff", "\u202egnp.exe", "\u200f\u200e\u2066", "\u0301" * 200,
    "💣", "ﷺ" * 300, LONG, "\n" * 2_000, "a\r\nSet-Cookie: planted=1",
    "-1", "0", "9" * 40, str(2**31), str(2**63), str(-(2**63) - 1), "1e400", "NaN", "-Infinity", "0x10", "１２", "²", "1_000",
    "0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30", "2026-06", "0001-01-01T00:00:00Z",
    "=cmd|'/c calc'!A1", "@SUM(1+1)", "+1", "-2+3", "\t=1",
    "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "{{ 7|add:7 }}{% debug %}", "' OR 1=1 --", "%s%n%(x)s", "{0.__class__}",
    "../../../../etc/passwd", "..\\..\\secret.key", "/etc/passwd\x00.csv", "//evil.example/", "https://evil.example/",
    "javascript:alert(1)", "\\\\evil.example\\x", "(a+)+$" + "a" * 60 + "!", "a" * 64 + " AND " * 60, '"', '"" OR NEAR(', "*", "^:-~",
    "null", "[]", "{", '{"a": "\\ud800"}', '"\\u0000"', "[" * 50_000, '{"id": 1e999}', "contact/" + "0" * 400, "benchmark/O9.X9",
)  # fmt: skip
PLAIN = (
    "on",
    "1",
    "2",
    "3",
    "yes",
    "2026-06-03",
    "2026-06",
    "contact",
    "O2.M2",
    "a few words",
    "csv",
    "en",
    "benchmark/O2.M2",
)
HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {}, {"HX-Request": "true"}, {"Accept-Language": "xx-" + "y" * 600 + ",ar;q=nan,;;,fr;q=9"}, {"Referer": "//evil.example/\x00"},
    {"User-Agent": "\x00" + "z" * 9_000}, {"X-Forwarded-For": "1" * 900}, {"If-None-Match": '"' * 99, "If-Modified-Since": "never"},
    {"Range": "bytes=9-1,-,x"}, {"Accept": "application/json"}, {"Cookie": "primacy_session=\x00; django_language=../../x; messages=x:y:z"},
    {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\x00"}, {"Origin": "null", "Host": "evil.example"},
)  # fmt: skip
FILES = (
    b"", b"\x00" * 64, b"%PDF-1.7\n%%EOF", b"PK\x03\x04" + b"\xff" * 60, b"\xff\xd8\xff\xe0" + b"\x00" * 60, b"\x89PNG\r\n\x1a\n",
    b"ID,Day\r\n=cmd|'/c calc'!A1,9999-99-99\r\n", b"\xff\xfea\x00,\x00\x00", b"a,b\n" * 9_000, b"kind,date,value\nincident,0000-00-00,1e999\n",
    b"mapping: [" * 900, b"&a [*a, *a]: {<<: *a}", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
)  # fmt: skip
FILE_NAMES = (
    "t.csv",
    "t.xlsx",
    "../../t.pdf",
    "t\x00.png",
    "",
    "x" * 400 + ".docx",
    "=1.csv",
    "\u202exslx.txt",
    "a\r\nX: y.csv",
)
BROKEN = (
    ("multipart/form-data", b"--x\r\n\r\n"), ("multipart/form-data; boundary=" + "b" * 300, b"--b"), ("application/json", b"{" * 9_000),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"), ("application/x-www-form-urlencoded; charset=utf-7", b"a=+AGE-"),
    ("application/x-www-form-urlencoded", b"a=1&" * 2_000), ("application/x-www-form-urlencoded", b"%ff=%fe&%ED%A0%80=%00"),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"; filename="a\r\n\r\n\r\n--b--'),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--b--'),
    ("text/plain; charset=;;=\"", b"x"), ("", b"x=1"),
)  # fmt: skip


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


Value = str | File
Given = tuple[tuple[str, Value], ...]


def values(good: Sequence[str]) -> st.SearchStrategy[Value]:
    """A value of a field: what its form offers, what is nasty, or what chance makes."""
    letters = st.characters() | st.sampled_from("\x00\ud800\u202e=@٣")
    return st.one_of(
        st.sampled_from([*good, *PLAIN]), st.sampled_from([*good, *PLAIN]), st.sampled_from(NASTY),
        st.text(letters, max_size=30), st.integers().map(str), st.builds(File, st.sampled_from(FILE_NAMES), st.sampled_from(FILES)),
    )  # fmt: skip


def questions(names: Sequence[str], good: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Given]:
    """What is sent at once: of each field nothing, a value, or several."""
    fields = [
        st.lists(values(good.get(name, ())), max_size=3).map(lambda found, name=name: [(name, each) for each in found])
        for name in names
    ]  # fmt: skip
    return st.tuples(*fields).map(lambda all_: tuple(pair for each in all_ for pair in each))


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def query(given: Given) -> str:
    """As it stands in an address; a file is the text of its name."""
    texts = ((name, value.name if isinstance(value, File) else value) for name, value in given)
    return "&".join(f"{quote_from_bytes(encoded(name))}={quote_from_bytes(encoded(value))}" for name, value in texts)


def body(given: Given) -> tuple[str, bytes]:
    """As a form with files is sent."""
    parts = []
    for name, value in given:
        shown = f'form-data; name="{name}"'
        if isinstance(value, File):
            shown += f'; filename="{value.name}"'
        content = value.content if isinstance(value, File) else encoded(value)
        parts.append(b"--b0undary\r\nContent-Disposition: " + encoded(shown) + b"\r\n\r\n" + content + b"\r\n")
    return "multipart/form-data; boundary=b0undary", b"".join(parts) + b"--b0undary--\r\n"


@contextmanager
def listening() -> Iterator[set[str]]:
    """The names that are read from a question while it is answered."""
    read: set[str] = set()

    def heard(before: Any) -> Any:
        def reading(self: Any, key: Any, *more: Any, **named: Any) -> Any:
            if isinstance(key, str):
                read.add(key)
            return before(self, key, *more, **named)

        return reading

    readers = {name: heard(getattr(MultiValueDict, name)) for name in ("get", "getlist", "__getitem__", "__contains__")}
    with patch.multiple(MultiValueDict, create=True, **readers):
        yield read


TAG = re.compile(r"<(input|option|button|select|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def offered(page: str) -> dict[str, set[str]]:
    """Field -> the values that the forms of a page offer for it."""
    found: dict[str, set[str]] = {}
    chosen = ""
    for tag, text in TAG.findall(page):
        has = {name: unescape(value) for name, value in ATTRIBUTE.findall(text)}
        if tag == "select":
            chosen = has.get("name", "")
        name = chosen if tag == "option" else has.get("name", "")
        if name:
            found.setdefault(name, set()).add(has.get("value", ""))
    return found
