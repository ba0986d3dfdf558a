"""Small pictures with everything beside them that a telephone writes."""

import struct
import zlib

SECRET = b"Jane-of-Morand"


def exif(*, order: str = "<", held: int = 6) -> bytes:
    """Maker, how it was held, writer and place."""
    entries = [(0x010F, 2, 15, 26 + 12 * 3), (0x0112, 3, 1, held), (0x013B, 2, 15, 62), (0x8825, 4, 1, 62)]
    packed = b"".join(
        struct.pack(f"{order}HHL", tag, kind, count)
        + (struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}L", value))
        for tag, kind, count, value in entries
    )
    begins = {"<": b"II*\0", ">": b"MM\0*"}[order]
    return begins + struct.pack(f"{order}LH", 8, len(entries)) + packed + b"\0\0\0\0" + SECRET + b"\0"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*beside: bytes, behind: bytes = b"", width: int = 8, height: int = 8) -> bytes:
    """A grey square; `beside`: segments before it."""
    frame = segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    tables = segment(0xDB, b"\0" + b"\x01" * 64)
    tables += segment(0xC4, b"\0" + bytes([0, 1] + [0] * 14) + b"\0") + segment(
        0xC4, b"\x10" + bytes([0, 1] + [0] * 14) + b"\0"
    )
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f\xff\x00\x12\xff\xd0\x34"
    return b"\xff\xd8" + b"".join(beside) + tables + frame + scan + b"\xff\xd9" + behind


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def png(*beside: bytes, behind: bytes = b"", width: int = 1, height: int = 1) -> bytes:
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(beside)
        + chunk(b"IDAT", zlib.compress(b"\0\x7f"))
        + chunk(b"IEND", b"")
        + behind
    )


def webp(*beside: bytes, behind: bytes = b"", flags: int = 0x2C) -> bytes:
    """`beside`: chunks behind the picture, as RIFF packs them."""
    head = b"VP8X" + struct.pack("<L", 10) + bytes([flags, 0, 0, 0]) + b"\0\0\0" + b"\0\0\0"
    drawn = b"VP8L" + struct.pack("<L", 5) + b"\x2f\0\0\0\0" + b"\0"
    whole = b"WEBP" + head + drawn + b"".join(beside)
    return b"RIFF" + struct.pack("<L", len(whole)) + whole + behind


def riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<L", len(body)) + body + b"\0" * (len(body) % 2)
