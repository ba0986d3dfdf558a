"""Signatures by Ed25519, as RFC 8032 defines them, in integers alone.

Nothing that is installed here offers them, and a signature must be made and checked offline on any machine.
Source   Josefsson and Liusvaara, RFC 8032 (2017), sections 5.1.1 to 5.1.7; the order of steps is theirs.
Care     A secret scalar is multiplied in a fixed number of equal steps, so that its length does not show in the time.
         Python's integers promise no more than that: sign where only the owner of the key can measure.
"""

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # a square root of -1
BITS = 256
Point = tuple[int, int, int, int]  # extended homogeneous coordinates
NEUTRAL: Point = (0, 1, 1, 0)


class BadKey(ValueError):
    """The bytes are no public key."""


def public_key(secret: bytes) -> bytes:
    """The 32 bytes to give to others, from the 32 bytes to keep."""
    scalar, _ = _expanded(secret)
    return _encoded(_times(scalar, BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """The signature, 64 bytes; the same for the same key and message, always."""
    scalar, prefix = _expanded(secret)
    public = _encoded(_times(scalar, BASE))
    nonce = _number(prefix, message)
    commitment = _encoded(_times(nonce, BASE))
    answer = (nonce + _number(commitment, public, message) * scalar) % ORDER
    return commitment + answer.to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed just this message. Raises BadKey where the key itself is none."""
    key = _decoded(public)
    if key is None or _equal(_times(8, key), NEUTRAL):  # a key of small order would sign anything
        raise BadKey("these are not the bytes of an Ed25519 key")
    if len(signature) != 64:
        return False
    commitment, answer = _decoded(signature[:32]), int.from_bytes(signature[32:], "little")
    if commitment is None or answer >= ORDER:  # the same signature has one form only
        return False
    challenge = _number(signature[:32], public, message)
    return _equal(_times(answer, BASE), _sum(commitment, _times(challenge, key)))


def _expanded(secret: bytes) -> tuple[int, bytes]:
    if len(secret) != 32:
        raise BadKey("a secret key has 32 bytes")
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return (scalar & ((1 << 254) - 8)) | (1 << 254), digest[32:]


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: Point) -> Point:
    """Montgomery's ladder: one sum and one doubling for each of 256 bits, whatever the bits are."""
    ladder = [NEUTRAL, point]
    for bit in range(BITS - 1, -1, -1):
        chosen = number >> bit & 1
        ladder[1 - chosen] = _sum(ladder[0], ladder[1])
        ladder[chosen] = _sum(ladder[chosen], ladder[chosen])
    return ladder[0]


def _equal(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decoded(content: bytes) -> Point | None:
    """The point of 32 bytes; None where there is none, or where it has another form too."""
    if len(content) != 32:
        return None
    number = int.from_bytes(content, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    x = _x_of(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _x_of(y: int, odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if square == 0:
        return None if odd else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return x if x & 1 == odd else P - x


def _base() -> Point:
    y = 4 * pow(5, -1, P) % P
    x = _x_of(y, 0)
    assert x is not None
    return (x, y, 1, x * y % P)


BASE = _base()
