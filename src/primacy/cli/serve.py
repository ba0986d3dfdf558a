"""primacy serve: the site, for one laptop or behind a reverse proxy."""

import errno
import os
import signal
import socket
import subprocess
import sys

import click

WORKER = (sys.executable, "-m", "django", "db_worker", "--no-startup-delay", "--interval", "1", "--verbosity", "0")

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
    if not context.instance.exists:
        raise click.UsageError(f"There is no instance in {context.instance.folder}. Run `primacy init` first.")
    _refuse_taken(host, port)
    context.start_django()
    _prepare()
    code = _offer(host)
    worker = subprocess.Popen(WORKER, start_new_session=True)  # noqa: S603 - a fixed command
    try:
        _answer(host, port, workers, code)
    finally:
        _end(worker)


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


def _prepare() -> None:
    """Bring the database up to date, but only where it is behind: the check is fast, migrating is not."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    connection.close()


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
            }.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from gunicorn.util import import_app

            return import_app("primacy.web.wsgi:application")

    Site().run()


def _say_address(server: object, code: str) -> None:
    for listener in server.LISTENERS:  # type: ignore[attr-defined]
        click.echo(f"Primacy is open at {listener}")
    if code:
        port = server.LISTENERS[0].sock.getsockname()[1]  # type: ignore[attr-defined]
        click.echo("Nobody administers it yet. Within the hour, on this machine, make the administrator at")
        click.echo(f"  http://localhost:{port}/set-up/{code}/")
    sys.stdout.flush()


def _end(worker: "subprocess.Popen[bytes]") -> None:
    """Let the worker finish what it does for a few seconds, then end it with all it started."""
    if worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
