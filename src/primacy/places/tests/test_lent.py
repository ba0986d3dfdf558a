"""A reader with threads of its own has let go of a file before anything else happens."""

import io
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

from primacy.places.files.lent import Lent, lent

OPTIONS = pacsv.ReadOptions(use_threads=False, block_size=1000)
LINES = b"a,b\n" + b"1,2\n" * 100_000


class _Slow(io.RawIOBase):
    """A stream that notes who reads from it."""

    def __init__(self, content: bytes, fails_at: int = 10**9) -> None:
        self._content, self._fails_at, self.reading = io.BytesIO(content), fails_at, threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.reading.set()
        time.sleep(0.001)
        if self._content.tell() >= self._fails_at:
            raise ValueError("broken here")
        return self._content.read(size)


def _reader(hand: list[Lent]) -> pacsv.CSVStreamingReader:
    return pacsv.open_csv(pa.PythonFile(hand.pop(), mode="r"), read_options=OPTIONS)


def _first(stream: _Slow) -> int:
    with lent(stream) as hand:
        return next(iter(_reader(hand))).num_rows


def _all(stream: _Slow) -> int:
    with lent(stream) as hand:
        return sum(batch.num_rows for batch in _reader(hand))


def test_whoever_stops_early_waits_until_nobody_reads() -> None:
    stream = _Slow(LINES)
    began = time.monotonic()
    assert _first(stream) > 0
    stream.reading.clear()
    assert not stream.reading.wait(0.05)
    assert time.monotonic() - began < 30


def test_a_file_is_read_to_its_end() -> None:
    assert _all(_Slow(LINES[:40_000])) == 9_999


def test_what_goes_wrong_while_it_is_read_is_raised_as_it_is() -> None:
    with pytest.raises(ValueError, match="broken here"):
        _all(_Slow(LINES, fails_at=20_000))


def test_a_refusal_ends_the_process_in_order(tmp_path: Path) -> None:
    """The reader once went on in the background and brought the interpreter down at its end."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + b"0" * (60 << 20))
    program = (
        "import sys; from pathlib import Path; from primacy.places.files.files import Source;"
        " from primacy.places.files.tables import TextTable; list(TextTable(Source(Path(sys.argv[1]))).batches())"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, "larger than 8 MiB" in done.stderr) == (1, True), done.stderr
