"""Files that are no table are called what they are, whatever their name says."""

import gzip
import io
import zipfile

import pytest

from primacy.places.files.contents import disguised


def _zip(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x")
    return content.getvalue()


DISGUISED = [
    (_zip("[Content_Types].xml", "xl/workbook.xml"), "is a workbook (Excel)", "Save as, CSV UTF-8"),
    (_zip("mimetype", "content.xml"), "is a workbook (OpenDocument)", "Save as, CSV UTF-8"),
    (_zip("[Content_Types].xml", "word/document.xml"), "is a text document (Word)", "Save its table"),
    (_zip("a.csv"), "is a zip inside an archive", "Unpack it"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500, "or has a password", "Save as, CSV UTF-8"),
    (gzip.compress(b"a,b\n"), "is a gzip inside an archive", "Unpack it"),
    (b"%PDF-1.7\n%\xe2\xe3", "is a PDF document", "Save its table"),
    (b"7z\xbc\xaf\x27\x1c\0\0", "is a 7z archive", "Unpack it"),
    (b"Rar!\x1a\x07\0", "is a RAR archive", "Unpack it"),
    (b"BZh91AY&SY\0", "is packed with bzip2", "Unpack it"),
    (b"data.csv".ljust(257, b"\0") + b"ustar\0", "is a tar archive", "Unpack it"),
    (b"PAR1\0\0", "is a Parquet file", "Save its table"),
    (b"SQLite format 3\0", "is a database", "Save its table"),
    (b"\x89PNG\r\n\x1a\n", "is a picture", "the file you meant"),
    (b"MZ\x90\0\x03", "is a program", "the file you meant"),
    (b"\xef\xbb\xbf\n<!DOCTYPE html><p>Not found", "is a web page", "the link to the file itself"),
    (b"<html lang='fr'>", "is a web page", "the link to the file itself"),
    (b"<?xml version='1.0'?><rows/>", "is XML", "Save its table"),
]


@pytest.mark.parametrize(
    ("head", "what", "remedy"), DISGUISED, ids=[f"{n} {case[1]}" for n, case in enumerate(DISGUISED)]
)
def test_a_file_is_called_what_it_is(head: bytes, what: str, remedy: str) -> None:
    error = disguised(head, "a.csv")
    assert error is not None
    assert what in str(error.what)
    assert remedy in str(error.remedy)
    assert str(error.where) == "a.csv"


TABLES = [b"MZ,country\n1,2\n", b"BZh,a\n", b"kind,date\n", b"PK,name\n", b"<5,>=5\n", b"", "é,b\n".encode("utf-16")]


@pytest.mark.parametrize("head", TABLES)
def test_a_table_is_never_taken_for_something_else(head: bytes) -> None:
    assert disguised(head, "a.csv") is None
