"""A server of PostgreSQL that is thrown away: for the tests, and around a command.

    python tests/postgres/server.py COMMAND...     runs it with PRIMACY_DATABASE_URL naming a database of such a server

The server listens on a socket in a folder of its own and on no address. It keeps nothing safe (no fsync): it is fast,
and nothing of it is left.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OWNER = "primacy"
NAME = "primacy"
NOBODY = "65534"
LONGEST = 90  # bytes of the folder: the path of a socket must stay below 107
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c autovacuum=off"
NOT_FOUND = "PostgreSQL: no server is installed (the package `postgresql` of the distribution)"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where no server is installed."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database on a server that ends with the block."""
    bin_ = programs()
    if bin_ is None:
        raise RuntimeError(NOT_FOUND)
    base = "/tmp" if len(tempfile.gettempdir()) > LONGEST - 20 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=base))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, int(NOBODY), int(NOBODY))
        _run(
            bin_ / "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", OWNER, "--locale=C.UTF-8", "-E", "UTF8", "-N"
        )
        options = f"-k {folder} -c listen_addresses='' {QUICK}"
        _run(bin_ / "pg_ctl", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options, "start")
        try:
            _run(bin_ / "createdb", "-h", folder, "-U", OWNER, NAME)
            yield f"postgresql://{OWNER}@/{NAME}?host={folder}"
        finally:
            _run(bin_ / "pg_ctl", "-w", "-m", "fast", "-D", f"{folder}/data", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*words: object) -> None:
    """As somebody else where we are root: the server refuses root."""
    lowered = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    command = [*lowered, *map(str, words)]
    # The server keeps what it is given open, so it must not get the pipe whose end we would wait for.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False)
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{Path(str(words[0])).name}: {said.read().decode(errors='replace')}")


def main(command: Sequence[str]) -> int:
    if programs() is None:
        sys.stdout.write(f"Left out: all tests on PostgreSQL; {NOT_FOUND}\n")
        return int(bool(os.environ.get("CI")) and not os.environ.get("PRIMACY_WITHOUT_POSTGRES"))
    with server() as address:
        return subprocess.run(command, env=os.environ | {"PRIMACY_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
