"""Files from outside: every way of being broken gives one message with place and remedy."""

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.errors import BadInput
from primacy.places.files import Source, sources
from primacy.places.text import Text


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


@given(content=st.binary(max_size=400), packed=st.booleans())
def test_any_bytes_are_text_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, packed: bool) -> None:
    path = tmp_path_factory.mktemp("any") / ("t.csv.gz" if packed else "t.csv")
    path.write_bytes(content)
    try:
        Text(Source(path).open()).read().decode("utf-8")
    except BadInput as error:
        assert error.remedy  # noqa: PT017  (both outcomes are right)
