"""RFC 8032, section 7.1: its vectors, and what must not pass as a signature."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.assessment.packages.ed25519 import ORDER, BadKey, public_key, sign, verify

VECTORS = [
    # what it shows  secret  public  message  signature
    ("TEST 1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("TEST 2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("TEST 3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "secret", "public", "message", "signature"), VECTORS, ids=[v[0] for v in VECTORS])
def test_the_vectors_of_the_standard(shows: str, secret: str, public: str, message: str, signature: str) -> None:
    key, text = bytes.fromhex(secret), bytes.fromhex(message)
    assert public_key(key).hex() == public
    assert sign(key, text).hex() == signature
    assert verify(bytes.fromhex(public), text, bytes.fromhex(signature))


SECRET = bytes(range(32))
PUBLIC = public_key(SECRET)


@settings(max_examples=25)
@given(st.binary(max_size=60), st.integers(0, 511))
def test_a_signature_with_one_other_bit_is_none(message: bytes, bit: int) -> None:
    good = sign(SECRET, message)
    forged = bytearray(good)
    forged[bit // 8] ^= 1 << bit % 8
    assert verify(PUBLIC, message, good)
    assert not verify(PUBLIC, message, bytes(forged))
    assert not verify(PUBLIC, message + b"!", good)
    assert not verify(public_key(b"another key".ljust(32)), message, good)


def test_the_same_signature_has_one_form_only() -> None:
    """Section 5.1.7: the second half is below the order, or others could write it anew."""
    good = sign(SECRET, b"text")
    above = int.from_bytes(good[32:], "little") + ORDER
    assert not verify(PUBLIC, b"text", good[:32] + above.to_bytes(32, "little"))
    assert not verify(PUBLIC, b"text", good[:63])


NO_KEYS = [
    ("short", bytes(31)),
    ("of order one, which would sign anything", (1).to_bytes(32, "little")),
    ("of order four", bytes(32)),
    ("no point of the curve", (2).to_bytes(32, "little")),
    ("a number above the field", b"\xff" * 31 + b"\x7f"),
]


@pytest.mark.parametrize(("shows", "key"), NO_KEYS, ids=[each[0] for each in NO_KEYS])
def test_what_is_no_key_is_refused(shows: str, key: bytes) -> None:
    with pytest.raises(BadKey):
        verify(key, b"text", sign(SECRET, b"text"))
