"""Sealing: with a key, to the public half of a key pair, and under a passphrase. Whatever is sealed names what it is
for (its context), so that one sealed thing cannot stand in the place of another.

Source  AES-256-GCM (NIST SP 800-38D), X25519 (RFC 7748) with HKDF-SHA256 (RFC 5869), Argon2id (RFC 9106), all from
        `cryptography`; nothing here computes a cipher of its own.
"""

import hashlib
import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel

KEY, NONCE, PUBLIC = 32, 12, 32  # bytes
SMALLEST = 1 << 16  # bytes of the smallest sealed file


class Unreadable(Exception):
    """The key is another one, the passphrase is wrong, or what was sealed has been changed."""

    def __init__(self) -> None:
        super().__init__("it cannot be unsealed")


class Cost(BaseModel):
    """What one try of a passphrase costs: `memory` in KiB."""

    memory: int = 65_536
    iterations: int = 3
    lanes: int = 4


COST = Cost()


class Wrapped(BaseModel):
    """A secret under a passphrase."""

    salt: str
    cost: Cost
    sealed: str


def new_key() -> bytes:
    return os.urandom(KEY)


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """Raises Unreadable."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def new_pair() -> tuple[bytes, bytes]:
    """(private, public), 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, context: str) -> bytes:
    """For whoever has the private half; whoever seals cannot unseal it again."""
    passing, passing_public = new_pair()
    return passing_public + seal(_agreed(passing, public, passing_public + public), plain, context)


def unseal_with(private: bytes, sealed: bytes, context: str) -> bytes:
    """Raises Unreadable."""
    passing_public = sealed[:PUBLIC]
    try:
        key = _agreed(private, passing_public, passing_public + public_of(private))
    except ValueError as error:
        raise Unreadable from error
    return unseal(key, sealed[PUBLIC:], context)


def _agreed(private: bytes, public: bytes, salt: bytes) -> bytes:
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"primacy sealed to a key").derive(shared)


def wrap(passphrase: str, plain: bytes, context: str) -> Wrapped:
    salt = os.urandom(16)
    return Wrapped(salt=text(salt), cost=COST, sealed=text(seal(_stretched(passphrase, salt, COST), plain, context)))


def unwrap(passphrase: str, wrapped: Wrapped, context: str) -> bytes:
    """Raises Unreadable."""
    return unseal(_stretched(passphrase, raw(wrapped.salt), wrapped.cost), raw(wrapped.sealed), context)


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Spaces at the ends and doubled ones do not count: they are not seen on paper."""
    words = " ".join(passphrase.split()).encode()
    asked = Argon2id(
        salt=salt, length=KEY, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory
    )  # fmt: skip
    return asked.derive(words)


def padded(plain: bytes) -> bytes:
    """Filled up to the next power of two, 64 KiB at least, so that the size tells next to nothing."""
    size = max(SMALLEST, 1 << (len(plain) + 8).bit_length())
    return len(plain).to_bytes(8) + plain + bytes(size - len(plain) - 8)


def unpadded(filled: bytes) -> bytes:
    return filled[8 : 8 + int.from_bytes(filled[:8])]


def fingerprint(public: bytes) -> str:
    """Sixteen letters and digits in fours, to be read aloud and compared: 64 bits."""
    digest = hashlib.sha256(b"primacy key " + public).hexdigest()[:16]
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def raw(value: str) -> bytes:
    return b64decode(value, validate=True)
