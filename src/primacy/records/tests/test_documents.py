"""PDF, Word, Excel, text and tables: what acts is refused, what names people is taken out, what is said stays."""

import io
import struct
import zipfile
import zlib

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    create_string_object,
)

from primacy.records.contents.apart import clean_apart, words_apart
from primacy.records.contents.cleaning import clean, sniffed
from primacy.records.contents.kinds import Unfit, kinds
from primacy.records.contents.reading import words_of
from primacy.records.tests.picture_bytes import SECRET, exif, jpeg, segment

NAME = SECRET.decode()


def word(*, comments: str = "") -> bytes:
    document, made = Document(), io.BytesIO()
    document.add_paragraph("Agenda of the sitting")
    document.add_table(1, 1).cell(0, 0).text = "in a table"
    document.core_properties.author = document.core_properties.last_modified_by = NAME
    document.core_properties.comments = comments
    document.save(made)
    return made.getvalue()


def excel() -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.active["A1"], book.properties.creator = "prices", NAME
    book.save(made)
    return made.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member more, or another in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
        for each in old.infolist():
            if each.filename != name:
                fresh.writestr(each.filename, old.read(each))
        fresh.writestr(name, content)
    return made.getvalue()


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return with_member(data, name, archive.read(name).replace(old, new))


def pdf(change=lambda writer: None) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": NAME, "/Producer": NAME})
    change(writer)
    writer.write(made)
    return made.getvalue()


def cleaned(data: bytes, ending: str) -> bytes:
    return clean(data, sniffed(data, ending)).data


@pytest.mark.parametrize(("data", "ending", "kind"), [
    (word(), "docx", "word"), (excel(), "xlsx", "excel"), (pdf(), "pdf", "pdf"), (jpeg(), "jpg", "jpeg"), (word(), "pdf", "word"),
    (b"plain words", "txt", "text"), (b"a,b\n1,-2\n", "csv", "csv"), ("نص".encode("utf-16"), "txt", "text"), ("é".encode("cp1252"), "txt", "text"),
])  # fmt: skip
def test_the_kind_is_told_by_the_bytes(data, ending, kind) -> None:
    assert sniffed(data, ending).key == kind
    assert clean(data, kinds()[kind]).kind == kind


def test_word_and_excel_lose_their_writer_and_say_what_they_said() -> None:
    document = cleaned(word(comments=NAME), "docx")
    assert SECRET not in b"".join(zipfile.ZipFile(io.BytesIO(document)).read(n) for n in zipfile.ZipFile(io.BytesIO(document)).namelist())  # fmt: skip
    assert Document(io.BytesIO(document)).paragraphs[0].text == "Agenda of the sitting"
    assert words_of(document, "word") == "Agenda of the sitting\nin a table"
    assert words_of(cleaned(excel(), "xlsx"), "excel") == "prices"
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(document)).infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_a_photograph_in_a_document_is_cleaned_as_any_other() -> None:
    data = with_member(word(), "word/media/image1.jpeg", jpeg(segment(0xE1, b"Exif\0\0" + exif())))
    found = clean(data, kinds()["word"])
    assert "place" in found.taken
    assert SECRET not in zipfile.ZipFile(io.BytesIO(found.data)).read("word/media/image1.jpeg")


BOMB = b"<w:document>" + b"0" * 60_000_000 + b"</w:document>"
RELATION = b'<Relationship Id="r" Type="http://x/attachedTemplate" Target="http://evil/x.dotm" TargetMode="External"/></Relationships>'  # fmt: skip
LINK = b'<Relationship Id="r9" Type="http://x/relationships/hyperlink" Target="http://a.org/" TargetMode="External"/></Relationships>'  # fmt: skip
RELS = "word/_rels/document.xml.rels"
ACTING = {
    "a program": (with_member(word(), "word/vbaProject.bin", b"x"), "program"),
    "a program by its type": (changed(word(), "[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml"), "program"),
    "a file inside": (with_member(word(), "word/embeddings/sheet.xlsx", b"x"), "inside"),
    "a template from elsewhere": (changed(word(), RELS, b"</Relationships>", RELATION), "inside"),
    "a bomb": (with_member(word(), "word/document.xml", BOMB), "bomb"),
    "an entity": (with_member(word(), "word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "damaged"),
    "comments": (with_member(word(), "word/comments.xml", b"<w:comments/>"), "comments"),
    "tracked changes": (changed(word(), "word/document.xml", b"<w:body>", b'<w:body><w:ins w:author="J"/>'), "comments"),
    "a picture that says too much": (with_member(word(), "word/media/a.tiff", b"x"), "picture"),
    "a way out": (with_member(word(), "../../etc/passwd", b"x"), "damaged"),
    "a field that runs": (changed(word(), "word/document.xml", b"<w:body>", b"<w:body><w:instrText>DDEAUTO cmd</w:instrText>"), "program"),
    "data from elsewhere": (with_member(excel(), "xl/externalLinks/externalLink1.xml", b"<x/>"), "inside"),
    "an encoding in which nothing is found": (with_member(word(), "word/header9.xml", "<!DOCTYPE x>".encode("utf-16")), "damaged"),
    "half an archive": (word()[: len(word()) // 2], "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("what", ACTING)
def test_a_document_is_refused_with(what) -> None:
    data, why = ACTING[what]
    with pytest.raises(Unfit) as error:
        cleaned(data, "docx")
    assert error.value.why == why


def test_templates_folders_and_what_a_server_wrote_are_taken_out() -> None:
    template = b'<Relationship Id="t" Type="http://x/relationships/attachedTemplate" Target="file:///C:/Jane-of-Morand/a.dotm" TargetMode="External"/>'  # fmt: skip
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + template
        + b"</Relationships>"
    )
    data = with_member(word(), "word/_rels/settings.xml.rels", rels)
    data = with_member(data, "customXml/item1.xml", b"<p><Author>" + SECRET + b"</Author></p>")
    kept = zipfile.ZipFile(io.BytesIO(cleaned(data, "docx")))
    assert SECRET not in b"".join(kept.read(each) for each in kept.namelist())
    book = changed(excel(), "xl/workbook.xml", b"<sheets>", b'<fileSharing userName="Jane-of-Morand"/><sheets>')
    kept = zipfile.ZipFile(io.BytesIO(cleaned(book, "xlsx")))
    assert SECRET not in kept.read("xl/workbook.xml")


def test_a_link_that_somebody_must_follow_is_no_reason_to_refuse() -> None:
    assert cleaned(changed(word(), RELS, b"</Relationships>", LINK), "docx")


def photograph(data: bytes, *filters: str):
    """A page with a photograph that is packed so."""

    def change(writer: PdfWriter) -> None:
        picture = DecodedStreamObject()
        picture.set_data(data)
        names = [NameObject(each) for each in filters]
        picture.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
                        NameObject("/Width"): NumberObject(8), NameObject("/Height"): NumberObject(8),
                        NameObject("/Filter"): ArrayObject(names) if len(names) > 1 else names[0]})  # fmt: skip
        inside = DictionaryObject({NameObject("/A"): writer._add_object(picture)})
        writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): inside})

    return change


PHOTOGRAPH = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
JP2 = (
    b"\0\0\0\x0cjP  \r\n\x87\n"
    + struct.pack(">L", 8 + len(SECRET))
    + b"xml "
    + SECRET
    + b"\0\0\0\x0cjp2c\xff\x4f\xff\x51"
)


def test_a_pdf_loses_its_writer_its_id_and_earlier_states() -> None:
    first = pdf(photograph(PHOTOGRAPH, "/DCTDecode"))
    assert SECRET in first
    assert PdfReader(io.BytesIO(first)).metadata.author == NAME
    again = PdfWriter(io.BytesIO(first), incremental=True)
    again.add_metadata({"/Author": "Somebody"})
    second = io.BytesIO()
    again.write(second)
    kept = cleaned(second.getvalue(), "pdf")
    assert PdfReader(io.BytesIO(kept)).metadata is None
    assert b"/ID" not in kept
    assert len(PdfReader(io.BytesIO(kept)).pages) == 1


@pytest.mark.parametrize(("data", "filters"), [
    (PHOTOGRAPH, ["/DCTDecode"]), (zlib.compress(PHOTOGRAPH), ["/FlateDecode", "/DCTDecode"]), (JP2, ["/JPXDecode"]),
])  # fmt: skip
def test_photographs_in_a_pdf_are_cleaned_however_they_are_packed(data, filters) -> None:
    kept = cleaned(pdf(photograph(data, *filters)), "pdf")
    assert SECRET not in kept
    assert b"\xff\xd8\xff" in kept or b"\xff\x4f\xff\x51" in kept


def test_a_photograph_that_cannot_be_looked_into_is_refused() -> None:
    with pytest.raises(Unfit) as error:
        cleaned(pdf(photograph(PHOTOGRAPH, "/ASCII85Decode", "/DCTDecode")), "pdf")
    assert error.value.why == "picture"


def script(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): create_string_object("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def launch(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject({NameObject("/S"): NameObject("/Launch")})})  # fmt: skip


@pytest.mark.parametrize(("change", "why"), [
    (script, "program"), (launch, "program"), (lambda w: w.add_attachment("a.exe", b"MZ"), "inside"), (lambda w: w.encrypt("x"), "locked"),
])  # fmt: skip
def test_a_pdf_that_acts_holds_files_or_is_locked_is_refused(change, why) -> None:
    with pytest.raises(Unfit) as error:
        cleaned(pdf(change), "pdf")
    assert error.value.why == why


@pytest.mark.parametrize(("data", "ending", "why"), [
    (b"MZ\x90\0\x03\0", "pdf", "unknown"), (b"<svg onload='x'/>", "txt", "unknown"), (b"\0\1\2", "txt", "unknown"), (b"", "txt", "empty"),
    (b"a;b\n@SUM(1);2", "csv", "formula"), (b"x\n+cmd|' /C calc'!A0", "csv", "formula"), (b"x" * 10_000_001, "txt", "large"),
    (b"From: a", "eml", "mail"), (b"\xd0\xcf\x11\xe0", "doc", "old"), (b"%PDF-1.7 nothing", "pdf", "damaged"), (b"\xff\xd8\xff\xe0", "jpg", "damaged"),
])  # fmt: skip
def test_what_is_none_of_the_kinds_is_refused(data, ending, why) -> None:
    with pytest.raises(Unfit) as error:
        cleaned(data, ending)
    assert error.value.why == why


def test_a_process_of_its_own_does_the_same_and_ends_with_what_it_cannot_bear() -> None:
    kept, taken = clean_apart(word(), kinds()["word"])
    assert "writer" in taken
    assert words_apart(kept, "word") == "Agenda of the sitting\nin a table"
    with pytest.raises(Unfit):
        clean_apart(b"%PDF-1.7\n" + b"[" * 100_000, kinds()["pdf"])
    assert words_apart(b"no document", "word") is None
