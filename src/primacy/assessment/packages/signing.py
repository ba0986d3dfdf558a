"""The key of an instance: what it signs, how its public half is given to others, and where its secret half stays.

The secret lies in the instance folder in a file that its owner alone can read. It is in no package, no page and no
message. The public half is written as a PEM file that other tools read too (RFC 8410).
"""

import base64
import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from primacy.assessment.packages.ed25519 import BadKey, public_key, sign, verify

ALGORITHM = "Ed25519"
PEM_HEAD = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: a public key of this algorithm follows
PEM = "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n"


@dataclass(frozen=True)
class SigningKey:
    """Signs what an instance says. The secret shows neither when it is printed nor in an error."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> str:
        return public_key(self.secret).hex()

    def signed(self, purpose: str, content: Mapping[str, Any]) -> str:
        """The signature of plain data; `purpose` keeps what was signed for one use from passing for another."""
        return sign(self.secret, _message(purpose, content)).hex()


def is_signed(public: str, purpose: str, content: Mapping[str, Any], signature: str) -> bool:
    """Whether the owner of a public key signed this content for this purpose. What is malformed is not signed."""
    try:
        return verify(bytes.fromhex(public), _message(purpose, content), bytes.fromhex(signature))
    except (BadKey, ValueError, TypeError):
        return False


def _message(purpose: str, content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"primacy {purpose}\n{text}".encode()


def fingerprint(public: str) -> str:
    """Twenty hexadecimal digits in groups of four, to read out over the telephone."""
    digits = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:20]
    return " ".join(re.findall("....", digits))


def to_pem(public: str) -> str:
    return PEM.format(base64.b64encode(PEM_HEAD + bytes.fromhex(public)).decode())


def from_pem(text: str) -> str:
    """The public key in a PEM file, in hexadecimal digits. Raises BadKey where there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("-----")]
    try:
        content = base64.b64decode("".join(lines), validate=True)
    except ValueError as error:
        raise BadKey("this is no public key of Primacy") from error
    if not content.startswith(PEM_HEAD) or len(content) != len(PEM_HEAD) + 32:
        raise BadKey("this is no public key of Primacy")
    return content[len(PEM_HEAD) :].hex()


def key_of(file: Path) -> SigningKey:
    """The key in a file, made there on first need. Raises BadKey where the file holds something else."""
    if not file.is_file():
        _make(file)
    text = file.read_text("ascii", errors="replace").strip()
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise BadKey(f"{file.name} is damaged: bring it back from a backup, or remove it for a new key")
    return SigningKey(bytes.fromhex(text))


def public_of(file: Path) -> str | None:
    """The public key of an instance that has one; nothing is made."""
    return key_of(file).public if file.is_file() else None


def _make(file: Path) -> None:
    """Written aside and then linked: another process of the same start sees a whole key or none."""
    partial = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_bytes(32).hex() + "\n")
        os.link(partial, file)
    except FileExistsError:  # it was faster
        pass
    finally:
        partial.unlink()
