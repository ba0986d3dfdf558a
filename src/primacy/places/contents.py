"""What a file is by its first bytes, whatever it is called: pictures, workbooks and archives are named as such."""

import re

from primacy.places.errors import BadInput

WORKBOOK = "In the spreadsheet choose Save as, CSV UTF-8 or Excel workbook (.xlsx), and import that file"
UNPACK = "Unpack it and import the files inside"
ANOTHER = "Check that this is the file you meant"
WEB_PAGE = "Use the link to the file itself: a page came instead of the data"
SAVE_TEXT = "Save its table as CSV UTF-8 and import that file"
BY_FIRST_BYTES = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook or document of an old form, or has a password", WORKBOOK),
    (rb"%PDF-", "is a PDF document", SAVE_TEXT),
    (rb"\{\\rtf", "is a text document (RTF)", SAVE_TEXT),
    (rb"7z\xbc\xaf\x27\x1c", "is a 7z archive", UNPACK),
    (rb"Rar!\x1a\x07", "is a RAR archive", UNPACK),
    (rb"BZh[1-9]1AY&SY", "is packed with bzip2", UNPACK),
    (rb"\xfd7zXZ\x00", "is packed with xz", UNPACK),
    (rb"\x28\xb5\x2f\xfd", "is packed with zstd", UNPACK),
    (rb"\x1f\x8b", "is a gzip inside an archive", UNPACK),
    (rb"(?s:.{257})ustar", "is a tar archive", UNPACK),
    (rb"PAR1", "is a Parquet file without boundaries", SAVE_TEXT),
    (rb"SQLite format 3\x00", "is a database (SQLite or GeoPackage)", SAVE_TEXT),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*", "is a picture", ANOTHER),
    (rb"\x7fELF|MZ[^\r\n]{0,64}\x00", "is a program", ANOTHER),
    (rb"[\xef\xbb\xbf\s]*<(?i:!doctype\s+html|html|head|body)\b", "is a web page", WEB_PAGE),
    (rb"[\xef\xbb\xbf\s]*<\?xml\b", "is XML", SAVE_TEXT),
)
INSIDE_A_ZIP = (
    (b"xl/", "is a workbook (Excel)", WORKBOOK),
    (b"opendocument.spreadsheet", "is a workbook (OpenDocument)", WORKBOOK),
    (b"word/", "is a text document (Word)", SAVE_TEXT),
    (b"ppt/", "is a presentation", SAVE_TEXT),
    (b"opendocument", "is a document (OpenDocument)", SAVE_TEXT),
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def disguised(head: bytes, label: str) -> BadInput | None:
    """The error for a file whose first bytes say that it is no table and no map; None where they do not."""
    if head.startswith(ZIP):
        found = next((each for each in INSIDE_A_ZIP if each[0] in head), (b"", "is a zip inside an archive", UNPACK))
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
