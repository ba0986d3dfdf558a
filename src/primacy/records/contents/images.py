"""Pictures without what they say beside the picture: place, device, author, comments, previews, what hangs behind.

A photograph from a telephone says where it was taken, to the metre, and with which telephone. So only what draws the
picture is copied, part by part; a part that is not known is not copied. Nothing is decoded: what is kept of the
picture stays as it was, bit for bit. How it was held when it was taken stays too, as the one thing said beside it.

Source   ITU T.81 (JPEG) annex B, PNG specification (third edition) chapters 5 and 11, RFC 9649 (WebP)
"""

import re
import struct
import zlib
from collections.abc import Iterator

from primacy.records.contents.kinds import Unfit

MOST_PIXELS = 120_000_000
Cleaned = tuple[bytes, frozenset[str]]
"""The picture, and what was taken out: place, device, writer, words, preview, behind, other."""

# ---- JPEG

EOI, SOS, COM, APP0, APP1, APP14 = 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xEE
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
DRAWS = frozenset({*FRAMES, 0xC4, 0xCC, 0xDB, 0xDC, 0xDD, SOS})
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
JFIF = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"  # without its preview
PLACE, MAKER, MODEL, ARTIST, PREVIEW, HELD = 0x8825, 0x010F, 0x0110, 0x013B, 0x0201, 0x0112


def clean_jpeg(data: bytes) -> Cleaned:
    """Raises Unfit for a damaged or endless one."""
    kept, taken, framed, held = [b"\xff\xd8"], set(), False, 1
    at = 2
    while True:
        marker, body, at = _segment(data, at)
        if marker == EOI:
            break
        if marker in FRAMES:
            framed = True
            _refuse_vast(*struct.unpack(">HH", body[1:5])[::-1] if len(body) >= 6 else (0, 0))
        if marker == APP1 and body.startswith(b"Exif\0\0"):
            said, held = _exif(body[6:])
            taken |= said
        elif marker == APP0 and body.startswith(b"JFIF"):
            kept.append(_packed(APP0, JFIF))
        elif marker == APP14 and body.startswith(b"Adobe") and len(body) >= 12:
            kept.append(_packed(APP14, body[:12]))  # how its colours are meant
        elif marker in DRAWS:
            kept.append(_packed(marker, body))
        else:
            taken.add("words" if marker in (COM, APP1) else "other")
        if marker == SOS:
            end = NEXT_MARKER.search(data, at)
            if end is None:
                raise Unfit("damaged")
            kept.append(data[at : end.start()])
            at = end.start()
    if not framed:
        raise Unfit("damaged")
    if len(data) > at:
        taken.add("behind")
    kept.insert(1, _how_held(held) if held != 1 else b"")
    return b"".join(kept) + b"\xff\xd9", frozenset(taken)


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    """(marker, its content, where the next one begins)."""
    while data[at : at + 2] == b"\xff\xff":
        at += 1
    if at + 2 > len(data) or data[at] != 0xFF:
        raise Unfit("damaged")
    marker = data[at + 1]
    if marker == EOI:
        return marker, b"", at + 2
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    if length < 2 or at + 2 + length > len(data):
        raise Unfit("damaged")
    return marker, data[at + 4 : at + 2 + length], at + 2 + length


def _packed(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _exif(tiff: bytes) -> tuple[set[str], int]:
    """What a block says, and how the camera was held (1 to 8; 1 is upright)."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return {"other"}, 1
    first = struct.unpack(f"{order}L", tiff[4:8])[0]
    count = struct.unpack(f"{order}H", tiff[first : first + 2])[0] if first + 2 <= len(tiff) else 0
    said, held = {"other"}, 1
    words = {PLACE: "place", MAKER: "device", MODEL: "device", ARTIST: "writer", PREVIEW: "preview"}
    for start in range(first + 2, first + 2 + 12 * count, 12):
        entry = tiff[start : start + 12]
        if len(entry) < 12:
            break
        tag, value = struct.unpack(f"{order}H", entry[:2])[0], struct.unpack(f"{order}H", entry[8:10])[0]
        if tag == HELD and 1 <= value <= 8:
            held = value
        if tag in words:
            said.add(words[tag])
    return said, held


def _how_held(held: int) -> bytes:
    """A block that says this and nothing else."""
    entry = struct.pack(">HHLHH", HELD, 3, 1, held, 0)
    return _packed(APP1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0")


# ---- JPEG 2000, as it lies in documents

JP2_DRAWS = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})


def clean_jpeg2000(data: bytes) -> Cleaned:
    """The boxes that draw it (ISO 15444-1 annex I). Raises Unfit for a damaged one."""
    if data.startswith(b"\xff\x4f\xff\x51"):
        return data, frozenset()  # nothing but the picture
    kept, taken, at = [], set(), 0
    while at + 8 <= len(data):
        length, name = struct.unpack(">L4s", data[at : at + 8])
        length = len(data) - at if length == 0 else length
        if length < 8 or at + length > len(data):
            raise Unfit("damaged")
        if name in JP2_DRAWS:
            kept.append(data[at : at + length])
        else:
            taken.add("words")
        at += length
    if not kept or kept[0][4:8] != b"jP  ":
        raise Unfit("damaged")
    return b"".join(kept), frozenset(taken)


# ---- PNG

PNG = b"\x89PNG\r\n\x1a\n"
DRAWN_BY = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"})
PNG_WORDS = {b"tEXt": "words", b"zTXt": "words", b"iTXt": "words", b"eXIf": "other", b"tIME": "other"}


def clean_png(data: bytes) -> Cleaned:
    """Raises Unfit for a damaged one."""
    kept, taken, names, at = [PNG], set(), [], len(PNG)
    for name, chunk, body, end in _chunks(data):
        names.append(name)
        at = end
        if name == b"IHDR" and len(body) == 13:
            _refuse_vast(*struct.unpack(">LL", body[:8]))
        if name in DRAWN_BY:
            kept.append(chunk)
        else:
            taken.add(PNG_WORDS.get(name, "other"))
            taken |= _exif(body)[0] if name == b"eXIf" else set()
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise Unfit("damaged")
    if len(data) > at:
        taken.add("behind")
    return b"".join(kept), frozenset(taken)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes, int]]:
    """(name, all of it, its content, where it ends), up to the end of the picture."""
    at = len(PNG)
    while at + 12 <= len(data):
        length, name = struct.unpack(">L4s", data[at : at + 8])
        end = at + 12 + length
        body = data[at + 8 : end - 4]
        if end > len(data) or zlib.crc32(name + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise Unfit("damaged")
        yield name, data[at:end], body, end
        if name == b"IEND":
            return
        at = end
    raise Unfit("damaged")


# ---- WebP

WEBP_DRAWS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
EXIF_XMP_ICC_ANIMATION = 0x08 | 0x04 | 0x20 | 0x02


def clean_webp(data: bytes) -> Cleaned:
    """Raises Unfit for a damaged one, and for one that moves."""
    size = int.from_bytes(data[4:8], "little") + 8
    if size > len(data) or size < 20:
        raise Unfit("damaged")
    kept, taken, at = [], {"behind"} if len(data) > size + 1 else set(), 12
    while at + 8 <= size:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if at + 8 + length > size:
            raise Unfit("damaged")
        if name in (b"ANIM", b"ANMF"):
            raise Unfit("moves")
        if name == b"VP8X" and length == 10:
            _refuse_vast(*(int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7)))
            body = bytes([body[0] & ~EXIF_XMP_ICC_ANIMATION]) + body[1:]
        if name in WEBP_DRAWS:
            kept.append(name + struct.pack("<L", length) + body + b"\0" * (length % 2))
        else:
            taken |= _exif(body.removeprefix(b"Exif\0\0"))[0] if name == b"EXIF" else {"words"}
        at += 8 + length + length % 2
    if not any(each[:4] in (b"VP8 ", b"VP8L") for each in kept):
        raise Unfit("damaged")
    whole = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<L", len(whole)) + whole, frozenset(taken)


def _refuse_vast(width: int, height: int) -> None:
    """A picture of a few bytes that fills the memory of whoever opens it."""
    if width * height > MOST_PIXELS or width * height == 0:
        raise Unfit("vast")
