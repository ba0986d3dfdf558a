"""The site is started as a person starts it, in a process of its own."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

GOOD = "correct-horse-battery"
MISSION = "country: OST\nname: Exercise in Ostara\n"
MAKES = "import django; django.setup(); from primacy.web.migrating import bring_up_to_date; bring_up_to_date()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mission.yaml").write_text(MISSION, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ready(folder: Path, made_once: Callable[[str], Any]) -> Path:
    """The same folder with its database, which takes longer to make than all else that a first start does."""
    with made_once("served") as first:
        if not (first / "whole").is_file():
            first.mkdir()
            environment = {**os.environ, "PRIMACY_DATA": str(first), "DJANGO_SETTINGS_MODULE": "primacy.web.settings"}
            subprocess.run([sys.executable, "-c", MAKES], env=environment, check=True)
            (first / "whole").touch()
        shutil.copy(first / "primacy.sqlite3", folder)
    return folder


def start(folder: Path) -> tuple["subprocess.Popen[str]", str]:
    """The running site and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from primacy.cli import main; main()", "serve", "--port", str(port)]
    environment = {**os.environ, "PRIMACY_DATA": str(folder)}
    site = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    said = site.stdout.readline()
    return site, re.search(r"http://\S+", said).group()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_the_site_opens_asks_to_sign_in_and_takes_its_worker_along_when_it_ends(folder):
    site, address = start(folder)
    try:
        with urllib.request.urlopen(address) as answer:
            assert answer.url.startswith(f"{address}/sign-in/")
            assert b"Sign in" in answer.read()
        with urllib.request.urlopen(f"{address}/static/ui/primacy.css") as answer:
            assert answer.status == 200
        started = children(site.pid)
        assert len(started) == 2  # the worker of jobs and the one that answers
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(timeout=60)
    assert not any(Path(f"/proc/{child}").exists() for child in started)


def test_of_many_who_use_the_address_of_the_first_start_at_once_one_becomes_administrator(ready):
    site, _address = start(ready)
    try:
        said = site.stdout.readline() + site.stdout.readline()
        address = re.search(r"http://localhost:\d+/set-up/\S+/", said).group()
        visitors = [requests.Session() for _ in range(4)]
        forms = [re.search(r'csrfmiddlewaretoken" value="(\w+)', each.get(address).text).group(1) for each in visitors]
        together = threading.Barrier(len(visitors))

        def race(number: int) -> int:
            given = {"csrfmiddlewaretoken": forms[number], "name": f"racer-{number}", "new": GOOD, "again": GOOD}
            together.wait()
            return visitors[number].post(address, data=given, allow_redirects=False).status_code

        with ThreadPoolExecutor(len(visitors)) as racers:
            assert sorted(racers.map(race, range(len(visitors)))) == [302, 404, 404, 404]
        with closing(sqlite3.connect(ready / "primacy.sqlite3")) as database:
            assert database.execute("SELECT COUNT(*) FROM access_user WHERE role = 'administrator'").fetchone() == (1,)
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(timeout=60)


def test_before_there_is_an_administrator_it_opens_to_no_other_machine(ready):
    command = [sys.executable, "-m", "primacy", "serve", "--port", "0", "--host", "0.0.0.0"]
    environment = {**os.environ, "PRIMACY_DATA": str(ready)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "opens to this machine alone" in done.stderr
    assert "set-up/" not in done.stdout + done.stderr


def test_the_second_start_keeps_the_key_of_the_sessions(ready):
    keys = []
    for _ in range(2):
        site, _address = start(ready)
        keys.append((ready / "secret.key").read_text())
        site.send_signal(signal.SIGTERM)
        site.wait(timeout=60)
    assert keys[0] == keys[1]


def test_a_port_that_is_taken_is_said_in_one_sentence(ready):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "primacy", "serve", "--port", port]
        environment = {**os.environ, "PRIMACY_DATA": str(ready)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"port {port}: another program listens there. Choose another:" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_an_instance_it_says_what_to_do(tmp_path):
    command = [sys.executable, "-c", "from primacy.cli import main; main()", "serve"]
    environment = {**os.environ, "PRIMACY_DATA": str(tmp_path / "absent")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "primacy init" in done.stderr
