"""One door for all kinds: what the bytes are, whether they may be kept, and what is taken out of them."""

from dataclasses import dataclass

import puremagic

from primacy.records.contents.images import PNG, clean_jpeg, clean_png, clean_webp
from primacy.records.contents.kinds import Kind, Unfit, kinds
from primacy.records.contents.office import clean_office, office_kind
from primacy.records.contents.pdfs import clean_pdf
from primacy.records.contents.texts import clean_text

HEAD = 100_000  # bytes that the second opinion reads


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file. `taken`: place, device, writer, words, preview, behind, other."""

    kind: str
    data: bytes
    taken: frozenset[str]


def sniffed(data: bytes, ending: str) -> Kind:
    """The kind of a file by its bytes; its name only tells a table from a text. Raises Unfit for all others."""
    if not data.strip():
        raise Unfit("empty")
    found = kinds()[_by_bytes(data) or ("csv" if ending == "csv" else "text" if ending == "txt" else _refused(ending))]
    if len(data) > found.largest:
        raise Unfit("large")
    if found.key not in ("csv", "text") and (said := _second_opinion(data)) and not said & found.says:
        raise Unfit("unknown")
    return found


def _refused(ending: str) -> str:
    """Raises Unfit, with what to do where the ending tells."""
    by_ending = {
        "eml": "mail", "msg": "mail", "doc": "old", "xls": "old", "ppt": "old", "pptx": "slides", "heic": "picture",
        "gif": "picture", "tif": "picture", "tiff": "picture", "svg": "picture", "docm": "program", "xlsm": "program",
    }  # fmt: skip
    raise Unfit(by_ending.get(ending, "unknown"))


def _by_bytes(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(PNG):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return office_kind(data) if data.startswith(b"PK\x03\x04") else ""


def _second_opinion(data: bytes) -> set[str]:
    """Endings that puremagic thinks fit best; none where it does not know."""
    try:
        found = puremagic.magic_string(data[:HEAD])
    except (puremagic.PureError, ValueError):
        return set()
    best = max((each.confidence for each in found), default=0.0)
    return {each.extension.lstrip(".") for each in found if each.confidence == best}


def clean(data: bytes, kind: Kind) -> Cleaned:
    """A file of a kind without what must not be kept. Raises Unfit where it must not be kept at all."""
    if kind.key in ("csv", "text"):
        kept, taken = clean_text(data, table=kind.key == "csv")
    else:
        by = {"pdf": clean_pdf, "word": clean_office, "excel": clean_office, "jpeg": clean_jpeg, "png": clean_png,
              "webp": clean_webp}  # fmt: skip
        kept, taken = by[kind.key](data)
    return Cleaned(kind.key, kept, taken)
