"""primacy serve: the site, for one laptop or behind a reverse proxy."""

import errno
import gc
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress

import click

AGAIN = 3  # seconds before a worker that ended is started again; ten times as long where it ended at once
AT_ONCE = 20
GARBAGE = 10_000  # objects between two looks for garbage: each look takes 20 ms, and a page waits for it

NEAR = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 32), help="Processes that answer.")
def serve(port: int, host: str, workers: int) -> None:
    """Open the site of this instance.

    It answers to the names localhost and 127.0.0.1. To open it to others, put a reverse proxy that speaks HTTPS
    before it and name it in PRIMACY_ALLOWED_HOSTS.

    Example: primacy serve --port 8080
    """
    context = click.get_current_context().obj
    context.need_instance()
    _refuse_taken(host, port)
    context.start_django()
    from primacy.web.migrating import bring_up_to_date

    bring_up_to_date()
    code = _offer(host)
    worker = _Worker()
    try:
        _answer(host, port, workers, code)
    finally:
        worker.end()


def _refuse_taken(host: str, port: int) -> None:
    """Say in one sentence that the port is not free, or that the address is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except (OSError, socket.gaierror) as error:
            remedy = f"`primacy serve --port {port + 1}`, or with make: `make run PORT={port + 1}`"
            why = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
            raise click.UsageError(
                f"The site cannot open at {host}, port {port}: {why}. Choose another: {remedy}."
            ) from error


def _offer(host: str) -> str:
    """The code with which the first administrator can be made; none if there is one. Until then others wait outside."""
    from django.db import connection

    from primacy.access.services import offer_set_up

    try:
        code = offer_set_up()
    except ValueError:
        return ""
    finally:
        connection.close()
    if host not in NEAR:
        raise click.UsageError(
            "Nobody administers this site yet, so it opens to this machine alone: start it without --host, make the "
            "administrator, then start it again."
        )
    return code


def _answer(host: str, port: int, workers: int, code: str) -> None:
    """Serve until told to stop. Gunicorn works inside this process, so its end is our end."""
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{'[' + host + ']' if ':' in host else host}:{port}",
                "workers": workers,
                "threads": 4,
                "timeout": 120,
                "loglevel": "warning",
                "preload_app": True,
                "when_ready": lambda server: _say_address(server, code),
                "post_worker_init": lambda answering: _look_seldom_at_what_stays(),
                "worker_exit": lambda server, answering: gc.unfreeze(),  # all of it ends tidily
            }.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from gunicorn.util import import_app

            return import_app("primacy.web.wsgi:application")

    Site().run()


def _look_seldom_at_what_stays() -> None:
    """What is there before the first page stays until the end: no look for garbage goes through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def _say_address(server: object, code: str) -> None:
    for listener in server.LISTENERS:  # type: ignore[attr-defined]
        click.echo(f"Primacy is open at {listener}")
    if code:
        port = server.LISTENERS[0].sock.getsockname()[1]  # type: ignore[attr-defined]
        click.echo("Nobody administers it yet. Within the hour, on this machine, make the administrator at")
        click.echo(f"  http://localhost:{port}/set-up/{code}/")
    sys.stdout.flush()


class _Worker:
    """The background worker: a child process, started again where it ends before the site does."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.name, self.process = "", self._start(after="")
        threading.Thread(target=self._watch, daemon=True).start()

    def _start(self, after: str) -> "subprocess.Popen[bytes]":
        self.name = secrets.token_hex(8)
        words = ("--name", self.name, "--parent", str(os.getpid()), "--after", after)
        command = (sys.executable, "-m", "primacy", "--quiet", "work", *words)
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - a fixed command

    def _watch(self) -> None:
        began = time.monotonic()
        while True:
            self.process.wait()
            at_once = time.monotonic() - began < AT_ONCE
            if self.ended.wait(10 * AGAIN if at_once else AGAIN):
                return
            self.process, began = self._start(after=self.name), time.monotonic()

    def end(self) -> None:
        """Let it finish what it does for a few seconds, then end it with all it started; what it left begins again with
        the next start of the site."""
        self.ended.set()
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):  # it ended by itself in this moment
                os.killpg(self.process.pid, signal.SIGKILL)
            _gone(self.name)


def _gone(worker: str) -> None:
    from django.db import DatabaseError

    from primacy.jobs.services.taking_up import leave

    with suppress(DatabaseError):  # then it is found to be silent a minute later
        leave(worker)
