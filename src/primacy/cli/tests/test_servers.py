"""What is said where the server of the database cannot be used: one sentence, no traceback, no password."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOBODY = "postgresql://primacy:hidden@127.0.0.1:1/primacy"  # nothing listens on port 1


def run(tmp_path: Path, address: str, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PRIMACY_DATABASE_URL": address, "PRIMACY_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "primacy", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


CASES = [
    # what is wrong                 address                        command                what is said
    ("nobody answers",              NOBODY,                        ("audit", "verify"),   "The database cannot be reached"),
    ("it is no address",            "mysql://u:hidden@h/x",        ("audit", "verify"),   "postgresql://user:password@host:port/name"),
    ("and the doctor says it too",  NOBODY,                        ("doctor", "--quick"), "the database cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "address", "words", "said"), CASES, ids=[each[0] for each in CASES])
def test_a_server_that_cannot_be_used_is_told_in_one_sentence(tmp_path, shows, address, words, said):
    done = run(tmp_path, address, *words)
    told = done.stdout + done.stderr
    assert said in told
    assert "Traceback" not in told
    assert "hidden" not in told
    assert done.returncode == (1 if words[0] == "doctor" else 2)
