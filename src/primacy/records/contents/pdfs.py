"""PDF: written anew from what its pages need, without programs, files inside, its writer, and earlier states of it.

A PDF is a pile of objects to which each program that saved it added; what was struck out is often still there. Only
objects that its pages lead to are copied. Photographs inside are cleaned as others are.
"""

import io
from typing import Any

from primacy.records.contents.images import clean_jpeg
from primacy.records.contents.kinds import Unfit

MOST_PAGES = 1000
ACTS = frozenset({"/JavaScript", "/JS", "/Launch", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData", "/GoToE"})
INSIDE = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/EF"})
SAID = ("/Metadata", "/PieceInfo", "/LastModified")
BY = frozenset({"/T", "/M", "/CreationDate", "/NM"})  # of a remark on a page: who wrote it and when


def clean_pdf(data: bytes) -> tuple[bytes, frozenset[str]]:
    """Raises Unfit for one that is locked, damaged, acts, or holds files."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Unfit("locked")
        if len(reader.pages) > MOST_PAGES:
            raise Unfit("bomb")
        writer = PdfWriter()
        writer.clone_document_from_reader(reader)
        taken = _without_words_beside(writer)
        made = io.BytesIO()
        writer.write(made)
    except Unfit:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unfit("damaged") from error
    return made.getvalue(), frozenset(taken)


def _without_words_beside(writer: Any) -> set[str]:
    """Take out of every object what names a writer or a device. Raises Unfit where one acts or holds a file."""
    from pypdf.generic import DictionaryObject, StreamObject

    taken = {"writer"} if writer.metadata else set()
    writer.metadata = None
    writer._ID = None
    for object_ in list(writer._objects):
        for each in _inside(object_):
            if not isinstance(each, DictionaryObject):
                continue
            _refuse_acting(each)
            for name in [name for name in SAID if name in each]:
                del each[name]
                taken.add("words")
            if each.get("/Subtype") not in (None, "/Widget") and "/Rect" in each:
                for name in BY & set(each):
                    del each[name]
                    taken.add("writer")
            if isinstance(each, StreamObject) and _photograph(each):
                kept, said = clean_jpeg(each._data)
                each._data = kept
                taken |= said
    return taken


def _photograph(stream: Any) -> bool:
    filters = stream.get("/Filter")
    return filters == "/DCTDecode" or (isinstance(filters, list) and list(filters) == ["/DCTDecode"])


def _inside(object_: Any) -> Any:
    """An object and all that is written inside it, without following references."""
    from pypdf.generic import ArrayObject, DictionaryObject

    pile = [object_]
    while pile:
        each = pile.pop()
        yield each
        if isinstance(each, DictionaryObject):
            pile += [dict.__getitem__(each, name) for name in list(each)]
        elif isinstance(each, ArrayObject):
            pile += list(each)


def _refuse_acting(each: Any) -> None:
    names = set(each)
    kinds = {str(dict.get(each, name)) for name in ("/S", "/Type", "/Subtype")}
    if (names | kinds) & ACTS:
        raise Unfit("program")
    if (names | kinds) & INSIDE:
        raise Unfit("inside")
