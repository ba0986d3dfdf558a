"""Pictures lose what they say beside the picture, and the picture itself stays bit for bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.records.contents.images import clean_jpeg, clean_png, clean_webp
from primacy.records.contents.kinds import Unfit
from primacy.records.tests.picture_bytes import SECRET, chunk, exif, jpeg, png, riff, segment, webp

EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photograph_loses_place_device_and_writer_and_stays_upright(order) -> None:
    kept, taken = clean_jpeg(jpeg(segment(0xE1, EXIF + exif(order=order))))
    assert taken == {"place", "device", "writer", "other"}
    assert SECRET not in kept
    upright = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
    assert kept == jpeg(upright), "how it was held is the one thing that is said beside it"


@pytest.mark.parametrize(
    ("beside", "behind", "taken"),
    [
        ([segment(0xE1, XMP)], b"", {"words"}),
        ([segment(0xFE, SECRET)], b"", {"words"}),
        ([segment(0xED, b"Photoshop 3.0\x008BIM" + SECRET)], b"", {"other"}),
        ([segment(0xE2, b"MPF\0" + SECRET)], b"", {"other"}),
        ([segment(0xE2, b"ICC_PROFILE\0" + SECRET)], b"", {"other"}),
        ([], b"a film behind it " + SECRET, {"behind"}),
        ([], jpeg(segment(0xE1, EXIF + exif())), {"behind"}),
    ],
)
def test_whatever_a_jpeg_carries_it_is_the_bare_picture_afterwards(beside, behind, taken) -> None:
    kept, said = clean_jpeg(jpeg(*beside, behind=behind))
    assert kept == jpeg()
    assert said == taken


def test_the_preview_of_a_jpeg_goes_with_its_block() -> None:
    kept, _taken = clean_jpeg(jpeg(segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01" + SECRET)))
    assert SECRET not in kept
    assert b"JFIF" in kept


@pytest.mark.parametrize(
    ("beside", "taken"),
    [
        ([chunk(b"tEXt", b"Author\0" + SECRET)], {"words"}), ([chunk(b"eXIf", exif())], {"place", "device", "writer", "other"}),
        ([chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)], {"words"}), ([chunk(b"tIME", b"\x07\xe0\x01\x01\0\0\0")], {"other"}),
        ([chunk(b"prVt", SECRET)], {"other"}),
    ],
)  # fmt: skip
def test_a_png_keeps_what_draws_it(beside, taken) -> None:
    gamma = chunk(b"gAMA", b"\0\0\xb1\x8f")
    assert clean_png(png(gamma, *beside, behind=SECRET)) == (png(gamma), taken | {"behind"})


def test_a_webp_loses_its_chunks_and_the_marks_of_them() -> None:
    kept, taken = clean_webp(webp(riff(b"EXIF", exif()), riff(b"XMP ", SECRET), behind=SECRET + b" "))
    assert kept == webp(flags=0)
    assert taken == {"place", "device", "writer", "other", "words", "behind"}


@pytest.mark.parametrize(
    ("clean", "data", "why"),
    [
        (clean_jpeg, b"\xff\xd8\xff\xd9", "damaged"), (clean_jpeg, jpeg()[:-2], "damaged"),
        (clean_jpeg, b"\xff\xd8\xff\xe1\xff\xff", "damaged"), (clean_jpeg, jpeg(width=60_000, height=60_000), "vast"),
        (clean_png, png(width=2**31, height=2**31 - 1), "vast"), (clean_png, png()[:-8], "damaged"),
        (clean_png, png().replace(b"IDAT", b"IDAX"), "damaged"), (clean_webp, webp(riff(b"ANIM", b"x" * 6)), "moves"),
        (clean_webp, webp()[:-4], "damaged"),
    ],
)  # fmt: skip
def test_a_picture_that_is_damaged_vast_or_moves_is_refused(clean, data, why) -> None:
    with pytest.raises(Unfit) as error:
        clean(data)
    assert error.value.why == why


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_no_bytes_make_it_fail_otherwise_or_let_an_unknown_part_through(noise, at, byte) -> None:
    """Noise in the place of one byte of a real picture: refused, or clean."""
    for clean, whole in ((clean_jpeg, jpeg(segment(0xE1, EXIF + exif()))), (clean_png, png(chunk(b"eXIf", exif()))), (clean_webp, webp(riff(b"EXIF", exif())))):  # fmt: skip
        at_ = at % len(whole)
        for data in (whole[:at_] + bytes([byte]) + whole[at_ + 1 :], whole[:at_] + noise, whole + noise):
            try:
                kept, _taken = clean(data)
            except Unfit:
                continue
            assert clean(kept)[0] == kept, "what is clean stays as it is"
