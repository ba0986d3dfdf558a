"""What closes a package: the hashes of its files, and the signature over them by the key of the instance.

`package.json` names the hash of each computed file and `about.json` that of each other one; the signature is over these
two. So it is broken by one other byte in any file, by a file taken out, and by a file put in.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from primacy.assessment.packages.signing import ALGORITHM, SigningKey, fingerprint, is_signed
from primacy.assessment.views import View

PURPOSE = "package"
SIGNATURE = "signature.json"
SIGNED = ("package.json", "about.json")
Tree = dict[str, Any]


@dataclass(frozen=True)
class Seal:
    """Whether a package is signed: `unsigned`, `sound` or `broken`; `by` is the name that the signer gives."""

    state: str = "unsigned"
    key: str = ""
    by: str = ""
    why: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key) if self.state == "sound" else ""


UNSIGNED = Seal()


def file_hash(content: str) -> str:
    """SHA-256 of the file as it lies in the package, as any other tool computes it."""
    return hashlib.sha256(content.encode()).hexdigest()


def signature_of(files: Mapping[str, str], key: SigningKey, by: str) -> Tree:
    """The content of `signature.json`."""
    said: Tree = {"by": by, "signs": {name: file_hash(files[name]) for name in SIGNED}}
    return {"algorithm": ALGORITHM, "key": key.public, **said, "signature": key.signed(PURPOSE, said)}


def hashes_named(files: Mapping[str, str]) -> dict[str, str]:
    """The hash that the package itself names for each of its files."""
    return {name: str(hash) for list_ in SIGNED for name, hash in json.loads(files[list_]).get("files", {}).items()}


def wrong_files(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every file that is not as the package names it, and why."""
    named = hashes_named(files)
    for name, hash in named.items():
        if name not in files:
            yield name, "is missing"
        elif file_hash(files[name]) != hash:
            yield name, "has another hash"
    for name in files:
        if name not in named and name not in (*SIGNED, SIGNATURE):
            yield name, "is in no list"


def seal_of(files: Mapping[str, str], views: tuple[View, ...]) -> Seal:
    """Read the signature of a package. Raises ValueError, KeyError or TypeError where it is no JSON of its form."""
    if SIGNATURE not in files:
        return UNSIGNED
    told = json.loads(files[SIGNATURE])
    signed, key, by = dict(told["signs"]), str(told["key"]), str(told["by"])
    wrong = [f"{name} {why}" for name, why in wrong_files(files)]
    wrong += [f"{name} has another hash" for name in SIGNED if signed.get(name) != file_hash(files[name])]
    wrong += [f"the view of {each.by} on {each.benchmark} is not as it was signed" for each in views if not each.sound]
    content = {"by": by, "signs": signed}
    if told["algorithm"] != ALGORITHM or not is_signed(key, PURPOSE, content, str(told["signature"])):
        wrong.insert(0, "the signature does not fit its key")
    return Seal("broken" if wrong else "sound", key, by, "; ".join(wrong))
