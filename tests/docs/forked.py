"""`primacy` as a process that has read the package already answers it: each command in a child of its own.

What a command does is its own as ever: folder, environment, standard streams, exit code, the end of its process. Only the
reading of modules and of the standard framework is shared, which takes longer than most commands. Run as a program, this is
that process; `Forked` starts one, and writes the `primacy` that asks it.
"""

import importlib
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

READY = "ready"
ROOMS = ("cli", "framework", "places", "evidence", "assessment", "exercise")
NEED_SETTINGS = {"models", "queries", "services", "forms", "pages", "urls", "api", "tasks", "apps", "templatetags", "tests",
                 "migrations", "administrator"}  # fmt: skip
ASKS = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address!r})
    told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(asked, [len(told).to_bytes(4, "big")], [0, 1, 2])
    asked.sendall(told)
    answer = asked.recv(1)
os._exit(answer[0] if answer else 70)
"""


class Forked:
    """`folder` holds a `primacy`, to be put into a PATH; `seed` orders its sets."""

    def __init__(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="primacy-"))
        address = str(self.folder / "asked")
        environment = os.environ | {"PYTHONHASHSEED": str(seed)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        words = [sys.executable, __file__, address]
        self._process = subprocess.Popen(words, env=environment, cwd="/", stdout=subprocess.PIPE, text=True)
        asks = self.folder / "primacy"
        asks.write_text(ASKS.format(python=sys.executable, address=address), "utf-8")
        asks.chmod(0o700)

    def __enter__(self) -> "Forked":
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == READY
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


def read_all() -> None:
    """What commands read before they do anything; nothing that asks for an instance or starts a thread."""
    import primacy.cli

    sys.meta_path.insert(0, primacy.cli._WithoutPandas())  # as each command does first
    for room in ROOMS:
        _read(f"primacy.{room}")
    for name in ("django.db.models", "django.core.management", "pyarrow.parquet", "duckdb", "ibis"):
        importlib.import_module(name)
    from primacy.framework import load

    load()
    sys.meta_path.pop(0)


def _read(name: str) -> None:
    module = importlib.import_module(name)
    for each in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if each.name not in NEED_SETTINGS:
            _read(f"{name}.{each.name}")


def serve(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        print(READY, flush=True)  # noqa: T201 - to whoever started it
        while True:
            asked, _ = door.accept()
            with asked:
                if os.fork() == 0:
                    answer(asked)
                    return
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:  # what earlier commands took is told of this process too
                    pass


def answer(asked: socket.socket) -> None:
    """In one child the command, in this one its exit code; only the command comes back from here."""
    import json

    head, streams, _flags, _from = socket.recv_fds(asked, 4, 3)
    size, told = int.from_bytes(head, "big"), b""
    while len(told) < size:
        told += asked.recv(size - len(told))
    command = os.fork()
    if command:
        _pid, status = os.waitpid(command, 0)
        asked.sendall(bytes([os.waitstatus_to_exitcode(status) % 256]))
        os._exit(0)
    words, folder, environment = json.loads(told)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.argv = ["primacy", *words]


if __name__ == "__main__":
    read_all()
    serve(sys.argv[1])
    from primacy.cli import main

    main()
