"""Word and Excel files: an archive is opened within limits, what could act is refused, what names people is taken out.

The archive is written anew from its members, each with the same day, so that nothing hides before, between or behind
them, and nothing tells when it was made. Programs inside, files inside, and links that are followed by themselves are
reasons to refuse: a half of them taken out is not safe. So are comments and changes that are still tracked: they name
their writers, and hold what was struck out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from primacy.records.contents.images import clean_jpeg, clean_png
from primacy.records.contents.kinds import Unfit

MOST_MEMBERS, MOST_BYTES, MOST_TIMES = 3000, 200_000_000, 200  # members, unpacked bytes, unpacked to packed
SMALL = 1_000_000  # a member below this may be as well packed as it likes
MAIN = {
    "word": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "excel": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
PROGRAM = re.compile(r"vba|macrosheets|activex|ctrlprops|\.bin$|\.exe$|\.js$|customui", re.IGNORECASE)
PRINTER = re.compile(r"^(?:word|xl)/printerSettings/[^/]+\.bin$")  # of a printer: no program, and it names one
INSIDE = re.compile(r"/embeddings/|externallinks|/model/|querytables|connections\.xml|oleobject|afchunk", re.IGNORECASE)
COMMENTS = re.compile(r"comments[^/]*\.xml$|threadedcomments/|persons?/|people\.xml$|xl/revisions/", re.IGNORECASE)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External")
TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)[\s>]")
EXCHANGE = re.compile(rb"\bDDE(?:AUTO)?\b")
PICTURES = {"jpeg": clean_jpeg, "jpg": clean_jpeg, "png": clean_png}
OTHER_PICTURES = re.compile(r"\.(?:tiff?|heic|webp|svg|wdp|psd)$", re.IGNORECASE)
NOTHING_SAID = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://'
    b'schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://'
    b'schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://'
    b'schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}  # fmt: skip
BLANK = bytes.fromhex(  # a picture of one white point, in the place of the preview of the first page
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "01" * 64 + "ffc0000b080001000101011100ffc40014000100"
    "00000000000000000000000000000007ffc40014100100000000000000000000000000000000ffda0008010100003f0037ffd9"
)
NAMING = {  # inside a member: where the file lay on its writer's disk, who reserved it, the template it was begun with
    "xl/workbook.xml": re.compile(
        rb"<(mc:AlternateContent)\b.*?</\1>|<(?:x15ac:absPath|fileSharing)\b[^>]*/>", re.DOTALL
    ),
    "word/settings.xml": re.compile(rb"<w:attachedTemplate\b[^>]*/>"),
    "word/_rels/settings.xml.rels": re.compile(rb"<Relationship\s[^>]*/attachedTemplate[\"'][^>]*>"),
}
FILLED_IN = re.compile(r"^customXml/item\d+\.xml$")  # what the server of an organisation wrote beside a document
DAY = (2000, 1, 1, 0, 0, 0)


def office_kind(data: bytes) -> str:
    """`word` or `excel`; empty for another archive. Raises Unfit for one with a program in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("[Content_Types].xml")
            types = archive.read(info) if info.file_size < SMALL else b""
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Unfit("program")
    return next((kind for kind, main in MAIN.items() if main in types), "")


def clean_office(data: bytes) -> tuple[bytes, frozenset[str]]:
    """The same document without what names people. Raises Unfit for what must not be kept."""
    made, taken = io.BytesIO(), set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
            for name, content in _members(archive):
                kept, said = _member(name, content)
                taken |= said
                fresh.writestr(zipfile.ZipInfo(name, DAY), kept, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise Unfit("damaged") from error
    return made.getvalue(), frozenset(taken)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names and contents, within the limits; each is counted while it is unpacked, whatever the archive says of it."""
    members = [each for each in archive.infolist() if not each.is_dir()]
    names = [each.filename for each in members]
    if len(members) > MOST_MEMBERS or len(set(names)) != len(names):
        raise Unfit("bomb")
    left = MOST_BYTES
    for each in members:
        if each.flag_bits & 1:
            raise Unfit("locked")
        if each.filename.startswith(("/", "\\")) or ".." in each.filename.split("/") or "\\" in each.filename:
            raise Unfit("damaged")
        with archive.open(each) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0 or (len(content) > SMALL and len(content) > MOST_TIMES * max(each.compress_size, 1)):
            raise Unfit("bomb")
        yield each.filename, content


def _member(name: str, content: bytes) -> tuple[bytes, set[str]]:
    """One member as it is kept, and what was taken out of it."""
    said = NAMING[name].sub(b"", content) if name in NAMING else content
    taken = {"writer"} if said != content else set()
    content = said
    _refuse_acting(name, content)
    if FILLED_IN.match(name):
        return b'<?xml version="1.0" encoding="UTF-8"?><data/>', {"writer"}
    if name in NOTHING_SAID:
        return NOTHING_SAID[name], {"writer"}
    if name.startswith("docProps/thumbnail"):
        return BLANK, {"preview"}
    if PRINTER.match(name):
        return b"", {"device"}
    picture = PICTURES.get(name.rpartition(".")[2].lower()) if "/media/" in name else None
    if picture is not None:
        kept, of_picture = picture(content)
        return kept, set(of_picture)
    return content, taken


def _refuse_acting(name: str, content: bytes) -> None:
    if PROGRAM.search(name) and not PRINTER.match(name):
        raise Unfit("program")
    if INSIDE.search(name):
        raise Unfit("inside")
    if COMMENTS.search(name):
        raise Unfit("comments")
    if OTHER_PICTURES.search(name):
        raise Unfit("picture")
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if b"\0" in content:  # in an encoding in which nothing would be found
        raise Unfit("damaged")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unfit("damaged")
    if name.endswith(".rels") and _followed_by_itself(content):
        raise Unfit("inside")
    if name.startswith("word/") and TRACKED.search(content):
        raise Unfit("comments")
    if EXCHANGE.search(content) and (b"instrText" in content or b"fldSimple" in content or b"ddeLink" in content):
        raise Unfit("program")


def _followed_by_itself(relations: bytes) -> bool:
    """Whether a program that opens the document would fetch something from elsewhere. A link is followed by people."""
    away = [each for each in RELATIONSHIP.findall(relations) if EXTERNAL.search(each)]
    return any(b"relationships/hyperlink" not in each for each in away)
