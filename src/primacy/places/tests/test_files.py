"""Files from outside: every way of being broken gives one message with place and remedy."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.errors import BadInput
from primacy.places.files.files import Source, sources
from primacy.places.files.text import Text


def _read(path: Path) -> bytes:
    return b"".join(Text(source.open()).read() for source in sources(path))


def test_plain_gzip_and_zip_give_the_same_bytes(tmp_path: Path) -> None:
    content = "a,b\n1,é\n".encode()
    (tmp_path / "t.csv").write_bytes(content)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(content))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("deep/t.csv", content)
    assert [_read(tmp_path / name) for name in ("t.csv", "t.csv.gz", "t.zip")] == [content] * 3
    assert next(sources(tmp_path / "t.csv.gz")).name == "t.csv"


def test_a_folder_gives_its_data_files_in_order_without_hidden_ones_and_notes(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "README.md", ".hidden.csv", "sub/c.csv", "LICENSE.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [source.name for source in sources(tmp_path)] == ["a.csv", "b.csv", "c.csv"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_marked_encodings_become_utf8(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes("nom\nMambéré\n".encode(encoding))
    assert _read(tmp_path / "t.csv") == "nom\nMambéré\n".encode()


def _zip(path: Path, name: str, content: bytes = b"x") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def _with_flag(content: bytes, in_member: int, in_list: int, value: int) -> bytes:
    """A zip of one member with a byte of its two headers changed, for flags that the standard library never writes."""
    changed = bytearray(content)
    changed[content.index(b"PK\x03\x04") + in_member] |= value
    changed[content.rindex(b"PK\x01\x02") + in_list] |= value
    return bytes(changed)


def _broken(tmp_path: Path, what: str) -> Path:
    path = tmp_path / ("t.csv.gz" if "gzip" in what else "t.zip" if "zip" in what else "t.csv")
    noise = bytes(range(256)) * 2000
    match what:
        case "empty":
            path.write_bytes(b"")
        case "cut off gzip":
            path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 100_000)[:-20])
        case "gzip that is none":
            path.write_bytes(b"a,b\n1,2\n")
        case "cut off zip":
            _zip(path, "t.csv", noise)
            path.write_bytes(path.read_bytes()[:-40])
        case "zip that climbs out":
            _zip(path, "../../evil.csv")
        case "zip with a root path":
            _zip(path, "/etc/evil.csv")
        case "zip with a drive":
            _zip(path, "C:/evil.csv")
        case "zip without data":
            _zip(path, "README.md")
        case "zip that explodes":
            _zip(path, "t.csv", b"0" * (80 * 2**20))
        case "gzip that explodes":
            path.write_bytes(gzip.compress(b"0" * (80 * 2**20)))
        case "zip with a password":
            _zip(path, "t.csv", noise)
            path.write_bytes(_with_flag(path.read_bytes(), 6, 8, 0x1))
        case "zip packed in an unknown way":
            _zip(path, "t.csv", noise)
            path.write_bytes(_with_flag(path.read_bytes(), 8, 10, 0x61))
        case "text that is called a zip":
            path.write_bytes(b"a,b\n1,2\n")
        case "zip in a zip":
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as archive:
                archive.writestr("t.csv", "a,b\n")
            _zip(path, "inner.zip", inner.getvalue())
        case "mixed encodings":
            path.write_bytes("a\né\n".encode() + "é\n".encode("latin-1"))
        case "bytes of a picture":
            path.write_bytes(b"a,b\n\x00\x01\n")
    return path


BROKEN = [
    ("empty", "is empty"),
    ("cut off gzip", "cut off"),
    ("gzip that is none", "cannot be unpacked"),
    ("cut off zip", "cannot be unpacked"),
    ("zip that climbs out", "outside its folder"),
    ("zip with a root path", "outside its folder"),
    ("zip with a drive", "outside its folder"),
    ("zip without data", "holds no file with data"),
    ("zip that explodes", "unpacks to more than"),
    ("gzip that explodes", "unpacks to more than"),
    ("zip with a password", "is protected by a password"),
    ("zip packed in an unknown way", "is packed in a way that is not read here"),
    ("text that is called a zip", "is called a zip and is none"),
    ("zip in a zip", "t.zip/inner.zip: is a zip inside an archive"),
    ("mixed encodings", "t.csv, line 3: holds a byte (0xe9) that is not UTF-8"),
    ("bytes of a picture", "t.csv, line 2: holds bytes that no text has"),
]


@pytest.mark.parametrize(("what", "message"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_file_is_refused_with_its_name_and_a_remedy(tmp_path: Path, what: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        _read(_broken(tmp_path, what))
    assert message in str(caught.value)
    assert caught.value.where
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        list(sources(tmp_path / "none.csv"))


PATHS = [
    ("a link to nothing", lambda path: path.symlink_to("nowhere"), "is a link to a file that is not there"),
    ("a link to itself", lambda path: path.symlink_to(path.name), "is no path that can be opened"),
    ("a pipe", os.mkfifo, "is neither a file nor a folder"),
    ("a name within a file", lambda path: path.parent.joinpath("t").write_text("x"), "no path that can be opened"),
]


@pytest.mark.parametrize(("shows", "make", "message"), PATHS, ids=[case[0] for case in PATHS])
def test_a_path_that_leads_to_no_file_is_refused(
    tmp_path: Path, shows: str, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / "u.csv")
    path = tmp_path / "t" / "u.csv" if shows == "a name within a file" else tmp_path / "u.csv"
    with pytest.raises(BadInput, match=message):
        list(sources(path))


def test_a_name_longer_than_any_file_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        list(sources(tmp_path / ("n" * 5000)))
    assert len(str(caught.value)) < 300


def test_a_zip_is_one_whatever_it_is_called_and_a_workbook_is_none(tmp_path: Path) -> None:
    _zip(tmp_path / "a.csv", "in.csv")
    _zip(tmp_path / "b.zip", "xl/workbook.xml")
    assert [source.label for source in sources(tmp_path / "a.csv")] == ["a.csv/in.csv"]
    assert [source.label for source in sources(tmp_path / "b.zip")] == ["b.zip"]


def test_files_of_one_archive_have_ids_of_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, "x")
    one, other = (source.id() for source in sources(tmp_path / "t.zip"))
    assert one != other


@given(content=st.binary(max_size=400), packed=st.booleans())
def test_any_bytes_are_text_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, packed: bool) -> None:
    path = tmp_path_factory.mktemp("any") / ("t.csv.gz" if packed else "t.csv")
    path.write_bytes(content)
    try:
        Text(Source(path).open()).read().decode("utf-8")
    except BadInput as error:
        assert error.remedy  # noqa: PT017  (both outcomes are right)
