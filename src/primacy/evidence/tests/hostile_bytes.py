"""Ways to damage bytes: encodings, broken transfers, archives that lie, bombs."""

import gzip
import io
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252", "cp1256", "cp1251", "latin-1", "utf-7", "cp037",
    "shift_jis", "ascii",
)  # fmt: skip
MAGIC = (
    b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"PAR1", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xfe\xff", b"\xff\xfe\0\0", b"\0", b"<html>", b"<?xml ", b"{", b"\x28\xb5\x2f\xfd", b"Obj\x01", b"\x89PNG",
)  # fmt: skip
ENDINGS = (
    ".csv",
    ".zip",
    ".gz",
    ".xlsx",
    ".xls",
    ".json",
    ".geojson",
    ".xml",
    ".parquet",
    ".txt",
    "",
    ".tar.gz",
    ".CSV",
)
NAMES = (
    "in.csv", "a/b/c.csv", "../up.csv", "/etc/passwd", "C:\\x.csv", "..\\up.csv", "\u202evsc.csv", "x" * 200 + ".csv", "a\nb.csv",
    "=1+1.csv", ".hidden.csv", "__MACOSX/a.csv", "README.csv", "a.csv/", "", "a\x1b[31m.csv", "a.xlsx", "a.zip", "a.csv.gz", "é.csv",
)  # fmt: skip


def encoded(text: str, random: Random) -> bytes:
    """Text in some encoding, or the parts of it in two."""
    if random.random() < 0.6:
        return text.encode("utf-8", "surrogatepass")
    encoding = random.choice(ENCODINGS)
    if random.random() < 0.2:
        half = len(text) // 2
        return text[:half].encode("utf-8", "replace") + text[half:].encode(encoding, "replace")
    return text.encode(encoding, "replace")


# ---- broken transfers


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20)) if content else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.choice((0, 1, 4, 100, len(content) - 1, random.randrange(len(content) + 1)))]


def _cut_front(content: bytes, random: Random) -> bytes:
    return content[random.randrange(len(content) + 1) :]


def _zeros(content: bytes, random: Random) -> bytes:
    at, count = random.randrange(len(content) + 1), random.choice((1, 1, 16, 4096))
    return content[:at] + b"\0" * count + content[at + random.choice((0, count)) :]


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + bytes(random.randrange(256) for _ in range(random.choice((1, 2, 50)))) + content[at:]


def _magic(content: bytes, random: Random) -> bytes:
    return random.choice(MAGIC) + content


def _twice(content: bytes, random: Random) -> bytes:
    return content + content


BROKEN: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _cut,
    _cut_front,
    _zeros,
    _insert,
    _magic,
    _twice,
)


def broken(content: bytes, random: Random) -> bytes:
    return random.choice(BROKEN)(content, random)


# ---- archives


@cache
def bomb(kind: str) -> bytes:
    """An archive of a few hundred kilobytes that unpacks to a few hundred megabytes."""
    line = b"kind,item,date,measure,value\n"
    size = 160 * 2**20
    if kind == "gzip":
        return gzip.compress(line + b"\n" * size, 9)
    if kind == "gzip of zeros":
        return gzip.compress(line + b"0" * size, 9)
    name = "xl/worksheets/sheet1.xml" if kind == "workbook" else "a.csv"
    return _zip(
        [(name, line + b"\n" * size), ("xl/workbook.xml", b""), ("[Content_Types].xml", b"")][
            : 3 if kind == "workbook" else 1
        ]
    )


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name or "a"), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def packed(name: str, content: bytes, random: Random) -> tuple[str, bytes]:
    """The file in an archive, sound or not."""
    choice = random.random()
    if choice < 0.35:
        name, content = f"{name}.gz", gzip.compress(content, 1)
    elif choice < 0.4:
        name, content = f"{name}.gz", gzip.compress(gzip.compress(content, 1), 1)
    elif choice < 0.6:
        name, content = "all.zip", _zip([(name, content)])
    elif choice < 0.7:
        name, content = "all.zip", _zip([(random.choice(NAMES), content), (name, content)])
    elif choice < 0.75:
        name, content = "all.zip", _zip([("in.zip", _zip([(name, content)]))])
    elif choice < 0.8:
        name, content = "all.zip", _lying(_zip([(name, content)]), random)
    elif choice < 0.805:
        return random.choice(
            (
                ("a.csv.gz", bomb("gzip")),
                ("a.csv.gz", bomb("gzip of zeros")),
                ("a.zip", bomb("zip")),
                ("a.xlsx", bomb("workbook")),
            )
        )
    else:
        return name, content
    return name, broken(content, random) if random.random() < 0.5 else content


def _lying(content: bytes, random: Random) -> bytes:
    """A zip whose list says something else of a member: size, checksum, method, encryption."""
    changed = bytearray(content)
    at = content.rfind(b"PK\x01\x02") + random.choice((8, 10, 16, 20, 24, 42))
    changed[at : at + 2] = random.choice((b"\xff\xff", b"\0\0", b"\1\0", b"\x0c\0", b"\x63\0"))
    return bytes(changed)


def renamed(name: str, random: Random) -> str:
    """The same file under another ending."""
    return name.partition(".")[0] + random.choice(ENDINGS)
