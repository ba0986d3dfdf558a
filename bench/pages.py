"""Pages: how long the site takes for each kind of page, and what its first load weighs.

    python bench/pages.py [INSTANCE]

The invented country of `primacy init --exercise` on the site that `primacy serve` opens, with its worker. Every kind of
page that links lead to from the front page on is asked forty times over the loopback by each of two people, a few
addresses of it in turn, each of which was asked before: from the question until the last byte, the middle and the 95th
of a hundred. The processor's time is that of the site's process, without the asking. The first load is the page with
everything it loads, as it travels (compressed where the browser may have it so), the library of maps left out: of the
heaviest address. What is made to be printed as a whole has no target.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

READERS = {"lena-leader": "leader", "amir-analyst": "analyst"}
BEGIN = ("/", "/design/", "/search/?q=consent", "/?view=projector", "/help/tours/analyst/")
ON_PAPER = ("assessment whole-handbook",)
OF_MAPS = "/static/leaflet/"
EXAMPLES = 3
TIMES = 6 if os.environ.get("PRIMACY_BENCH_SMALL") else 40
PRIMACY = (sys.executable, "-m", "primacy")
LOADED = re.compile(r"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="([^"#]+\.(?:css|js|svg|png|woff2?))["?]""")
LOADED_BY_SHEETS = re.compile(r"""url\(["']?([^"')#:]+)["']?\)""")
TICKS = os.sysconf("SC_CLK_TCK")


def table(instance: Path | None = None) -> str:
    """A line for each kind of page and reader."""
    head = ("page", "ours, p50, ms", "ours, p95, ms", "target ours, p95, ms", "of the processor, ms",
            "first load, kB", "target first load, kB")  # fmt: skip
    lines = [head, ("---",) * len(head)]
    with tempfile.TemporaryDirectory() as made:
        folder = instance or Path(made) / "instance"
        if instance is None:
            subprocess.run([*PRIMACY, "--data", str(folder), "init", "--exercise"], check=True, capture_output=True)
        with site(folder) as (home, server):
            for who, role in READERS.items():
                for page, told in alone(folder, home, server, who).items():
                    middle, late, processor, weight = told
                    aim = "" if page in ON_PAPER else "at most 100"
                    figures = (f"{middle:.0f}", f"{late:.0f}", aim, f"{processor:.0f}", f"{weight:.0f}", aim)
                    lines.append((f"{page}, {role}", *figures))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


@contextmanager
def site(folder: Path) -> Iterator[tuple[str, int]]:
    """Where the site of an instance answers, and the process that does."""
    command = [*PRIMACY, "--data", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield (
                next(found[1] for line in server.stdout if (found := re.search(r"http://([^\s/]+)", line))),
                server.pid,
            )
        finally:
            server.terminate()


def alone(folder: Path, home: str, server: int, who: str) -> dict[str, tuple[float, float, float, float]]:
    """What `measured` prints, in a process of its own that knows the instance."""
    command = [sys.executable, __file__, "--alone", home, str(server), who]
    environment = {**os.environ, "PRIMACY_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "primacy.web.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


# ---- in a process of its own


def measured(home: str, server: int, who: str) -> dict[str, tuple[float, float, float, float]]:
    """Page -> milliseconds in the middle and late, those of the processor, and kilobytes of the first load."""
    browser = Browser(home, who)
    answering = _answering(server)
    found = {}
    for kind, addresses in sorted(_kinds(browser).items()):
        times = []
        for address in addresses:  # what is drawn once is drawn now
            browser.get(address)
        before = _processor(answering)
        for n in range(TIMES):
            start = time.perf_counter()
            browser.get(addresses[n % len(addresses)])
            times.append(1000 * (time.perf_counter() - start))
        processor = 1000 * (_processor(answering) - before) / TIMES
        weight = max(sum(map(browser.weight, _loaded(browser, each))) for each in addresses)
        times.sort()
        found[kind] = (times[TIMES // 2], times[min(TIMES - 1, round(0.95 * TIMES))], processor, weight / 1000)
    return found


class Browser:
    """One signed-in person who asks for pages over one lasting connection."""

    def __init__(self, home: str, who: str) -> None:
        from django.conf import settings
        from django.test import Client

        from primacy.access.models import User

        client = Client()
        client.force_login(User.objects.get(username=who))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Accept-Encoding": "gzip"}
        self.connection = HTTPConnection(home, timeout=120)
        self.weights: dict[str, int] = {}

    def get(self, address: str) -> tuple[HTTPResponse, bytes]:
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def text(self, address: str) -> str:
        """A page or a sheet that is there, as it reads; nothing where there is none."""
        answer, body = self.get(address)
        kind = answer.headers.get_content_type()
        if answer.status != 200 or kind not in ("text/html", "text/css"):
            return ""
        return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode()

    def weight(self, address: str) -> int:
        """Bytes as they travel."""
        if address not in self.weights:
            answer, body = self.get(address)
            if answer.status != 200:
                raise RuntimeError(f"{address}: {answer.status}")
            self.weights[address] = len(body)
        return self.weights[address]


def _kinds(browser: Browser) -> dict[str, list[str]]:
    """Kind of page -> the first few addresses of it that links lead to."""
    waiting = list(BEGIN)
    known, read, found = set(waiting), Counter[str](), dict[str, list[str]]()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind is None or read[kind] >= EXAMPLES:
            continue
        read[kind] += 1
        if not (text := browser.text(address)):
            continue
        found.setdefault(kind, []).append(address)
        links = (
            urldefrag(urljoin(address, unescape(href)))[0] for href in re.findall(r'<a\b[^>]*?href="([^"]+)"', text)
        )
        new = [each for each in dict.fromkeys(links) if each.startswith("/") and each not in known]
        known.update(new)
        waiting += new
    return found


def _kind(address: str) -> str | None:
    """What tells pages apart that are made differently: the route, and with it the type of record or the way it is
    shown. None is no page: files, and descriptions for scripts."""
    from django.urls import Resolver404, resolve

    parts = urlsplit(address)
    try:
        route = resolve(parts.path)
    except Resolver404:
        return None
    if route.namespaces[:1] == ["api"] or not parts.path.endswith("/"):
        return None
    more: list[Any] = [route.kwargs[each] for each in ("record_type", "role", "kind") if each in route.kwargs]
    more += ["projector"] if "view=projector" in parts.query else []
    return " ".join([route.view_name.replace(":", " "), *map(str, more)])


def _loaded(browser: Browser, address: str) -> set[str]:
    """The page itself and every file that a browser loads with it."""
    files = {urljoin(address, unescape(each)) for each in LOADED.findall(browser.text(address))}
    for sheet in [each for each in files if each.endswith(".css")]:
        files |= {urljoin(sheet, each) for each in LOADED_BY_SHEETS.findall(browser.text(sheet))}
    return {address, *(each for each in files if not each.startswith(OF_MAPS))}


def _answering(server: int) -> int:
    """The process that answers: the child of the site that is not its worker in the background."""
    every = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    children = [each for each in every if _stat(each)[1] == str(server)]
    return next(each for each in children if b"\0work\0" not in Path(f"/proc/{each}/cmdline").read_bytes())


def _processor(process: int) -> float:
    """Seconds of the processor that a process took so far."""
    return sum(map(int, _stat(process)[11:13])) / TICKS


def _stat(process: int) -> list[str]:
    """What the system tells of a process, after its name; nothing of one that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return [""] * 13


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        import django

        django.setup()
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]), sys.argv[4])))
    else:
        print(table(*map(Path, sys.argv[1:])))
