"""What a file is by its first bytes, whatever it is called: pictures, workbooks and archives are named as such."""

import re

from primacy.framework.saying import said
from primacy.places.errors import BadInput

WORKBOOK = said("places/do.workbook")
UNPACK = said("places/do.unpack")
ANOTHER = said("places/do.check-which")
WEB_PAGE = said("places/do.link-to-file")
SAVE_TEXT = said("places/do.save-table")
BY_FIRST_BYTES = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", said("places/is.old-workbook"), WORKBOOK),
    (rb"%PDF-", said("places/is.pdf"), SAVE_TEXT),
    (rb"\{\\rtf", said("places/is.rtf"), SAVE_TEXT),
    (rb"7z\xbc\xaf\x27\x1c", said("places/is.7z"), UNPACK),
    (rb"Rar!\x1a\x07", said("places/is.rar"), UNPACK),
    (rb"BZh[1-9]1AY&SY", said("places/is.bzip2"), UNPACK),
    (rb"\xfd7zXZ\x00", said("places/is.xz"), UNPACK),
    (rb"\x28\xb5\x2f\xfd", said("places/is.zstd"), UNPACK),
    (rb"\x1f\x8b", said("places/is.gzip"), UNPACK),
    (rb"(?s:.{257})ustar", said("places/is.tar"), UNPACK),
    (rb"PAR1", said("places/is.parquet"), SAVE_TEXT),
    (rb"SQLite format 3\x00", said("places/is.database"), SAVE_TEXT),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*", said("places/is.picture"), ANOTHER),
    (rb"\x7fELF|MZ[^\r\n]{0,64}\x00", said("places/is.program"), ANOTHER),
    (rb"[\xef\xbb\xbf\s]*<(?i:!doctype\s+html|html|head|body)\b", said("places/is.web-page"), WEB_PAGE),
    (rb"[\xef\xbb\xbf\s]*<\?xml\b", said("places/is.xml"), SAVE_TEXT),
)
INSIDE_A_ZIP = (
    (b"xl/", said("places/is.excel"), WORKBOOK),
    (b"opendocument.spreadsheet", said("places/is.ods"), WORKBOOK),
    (b"word/", said("places/is.word"), SAVE_TEXT),
    (b"ppt/", said("places/is.presentation"), SAVE_TEXT),
    (b"opendocument", said("places/is.odf"), SAVE_TEXT),
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def disguised(head: bytes, label: str) -> BadInput | None:
    """The error for a file whose first bytes say that it is no table and no map; None where they do not."""
    if head.startswith(ZIP):
        found = next((each for each in INSIDE_A_ZIP if each[0] in head), (b"", said("places/is.zip"), UNPACK))
        return BadInput(found[1], label, found[2])
    for start, what, remedy in BY_FIRST_BYTES:
        if re.match(start, head):
            return BadInput(what, label, remedy)
    return None


WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def is_workbook(names: list[str]) -> bool:
    """Whether a zip is a workbook whose sheets can be read; the binary form (.xlsb) cannot."""
    return "xl/workbook.xml" in names and "[Content_Types].xml" in names


def is_archive(start: bytes, names: list[str]) -> bool:
    """Whether a zip holds files to import, and is not itself the form of a workbook or document."""
    office = any(name.startswith(("xl/", "word/", "ppt/")) for name in names) or "[Content_Types].xml" in names
    return start.startswith(ZIP) and not office and "mimetype" not in names[:1]
