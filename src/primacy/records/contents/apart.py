"""Formats that are programs' own are taken apart in a process of their own, with little memory and time.

A file that makes a library turn in circles or fill the memory then ends that process, and nothing else. It gets the
bytes, and neither the database nor keys.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import primacy
from primacy.records.contents.kinds import Kind, Unfit

SECONDS, MEMORY = 30, 1_500_000_000
PACKAGE = Path(primacy.__file__).parent.parent


def clean_apart(data: bytes, kind: Kind) -> tuple[bytes, frozenset[str]]:
    """As `cleaning.clean`. Raises Unfit, also where it took too much."""
    head, _, kept = _run("clean", kind.key, data).partition(b"\n")
    deed, _, words = head.decode().partition(" ")
    if deed != "kept":
        raise Unfit(words if deed == "unfit" else "damaged")
    return kept, frozenset(words.split())


def words_apart(data: bytes, kind: str) -> str | None:
    """As `reading.words_of`; None where it cannot be read within the limits."""
    head, _, text = _run("read", kind, data).partition(b"\n")
    return text.decode(errors="replace") if head == b"read" else None


def _run(deed: str, kind: str, data: bytes) -> bytes:
    """What the process says; nothing where it did not come to its end."""
    command = [sys.executable, "-m", "primacy.records.contents.apart", deed, kind]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with words of our own
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False,
            env={**kept, "PYTHONPATH": str(PACKAGE)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def main(deed: str, key: str) -> bytes:
    """Inside the process."""
    from primacy.records.contents.cleaning import clean
    from primacy.records.contents.kinds import kinds
    from primacy.records.contents.reading import words_of

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    if deed == "read":
        return b"read\n" + words_of(data, key).encode(errors="replace")
    try:
        cleaned = clean(data, kinds()[key])
    except Unfit as error:
        return f"unfit {error.why}\n".encode()
    return f"kept {' '.join(sorted(cleaned.taken))}\n".encode() + cleaned.data


if __name__ == "__main__":
    sys.stdout.buffer.write(main(*sys.argv[1:]))
