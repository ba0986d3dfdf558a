"""PDF: written anew from what its pages need, without programs, files inside, its writer, and earlier states of it.

A PDF is a pile of objects to which each program that saved it added; what was struck out is often still there. Only
objects that its pages lead to are copied. Photographs inside are cleaned as others are.
"""

import io
import zlib
from typing import Any

from primacy.records.contents.images import clean_jpeg, clean_jpeg2000
from primacy.records.contents.kinds import Unfit

MOST_PAGES, MOST_BYTES = 1000, 100_000_000
PHOTOGRAPHS = {"/DCTDecode": clean_jpeg, "/JPXDecode": clean_jpeg2000}
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
    except (
        PyPdfError,
        zlib.error,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
    ) as error:
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
            if isinstance(each, StreamObject):
                taken |= _clean_photograph(each)
    return taken


def _clean_photograph(stream: Any) -> set[str]:
    """Photographs lie in a PDF as they came, sometimes packed once more. Raises Unfit for one packed in another way."""
    from pypdf.generic import NameObject

    filters = stream.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, list) else [str(filters)]
    if names[-1] not in PHOTOGRAPHS:
        return set()
    data = stream._data
    if names[:-1] == ["/FlateDecode"]:
        unpack = zlib.decompressobj()
        data = unpack.decompress(data, MOST_BYTES)
        if unpack.unconsumed_tail:
            raise Unfit("bomb")
    elif names[:-1]:
        raise Unfit("picture")
    stream._data, said = PHOTOGRAPHS[names[-1]](data)
    stream[NameObject("/Filter")] = NameObject(names[-1])
    if len(names) > 1 and "/DecodeParms" in stream:
        del stream["/DecodeParms"]
    return set(said)


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
