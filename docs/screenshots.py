"""Pictures of the invented country's pages, taken with Chromium.

python docs/screenshots.py [FOLDER]

Every page that a link leads to is taken in each look, into a folder outside of this project, made where none is
named: a page of pages (`index.html`) shows them side by side. The few small ones of the README are taken anew into
docs/images.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext, Browser, BrowserContext, sync_playwright

HERE = Path(__file__).parent
IMAGES = HERE / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
OF_README = (
    # name             page                   width  height
    ("front-page", "/", 1280, 1000),
    ("benchmark", "/benchmarks/O2.M2/", 1280, 1000),
    ("data-points", "/evidence/points/?kind=incident", 1280, 1000),
    ("front-page-phone", "/", 360, 740),
)


@dataclass(frozen=True)
class Look:
    width: int
    language: str = "en"
    dark: bool = False
    paper: bool = False


LOOKS = {
    "phone": Look(360), "desktop": Look(1280), "arabic": Look(1280, "ar"), "arabic-phone": Look(360, "ar"),
    "french": Look(1280, "fr"), "dark": Look(1280, dark=True), "print": Look(720, paper=True),
}  # fmt: skip
SEEN_BY = ("lena-leader", "amir-analyst", "administrator")
"""Each page is taken as the first of these sees it."""
BEGIN = ("/", "/design/", "/search/?q=consent", "/?view=projector", "/no-such-page/", "/help/tours/analyst/")
EXAMPLES = 3  # addresses of one kind of page that are read for links; the first of them is taken
TALL = 6000  # pixels of a page, so that a long list is no long picture
SLOW = 120_000  # milliseconds: the first look at a page draws its charts
PRIMACY = (str(Path(sys.executable).parent / "primacy"),)


def main(folder: Path) -> None:
    """Make an invented country in a folder that is thrown away, open it, and take each picture."""
    if folder.resolve().is_relative_to(HERE.parent.resolve()):
        sys.exit(f"{folder} lies in this project, which keeps no pictures of all pages. Name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, _site(Path(made)) as home, sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        sessions = {name: _session(name) for name in SEEN_BY}
        _take_of_readme(browser, home, sessions["amir-analyst"])
        pages = _pages(browser, home, sessions)
        for name, look in LOOKS.items():
            sys.stdout.write(f"{name}: {len(pages)} pages\n")
            sys.stdout.flush()
            for person, session in sessions.items():
                seen = {kind: address for kind, (address, by) in pages.items() if by == person}
                _take(browser, home, session, seen, name, look, folder)
        browser.close()
    (folder / "index.html").write_text(_overview(sorted(pages)), encoding="utf-8")
    sys.stdout.write(f"{len(pages)} pages in {len(LOOKS)} looks: {folder / 'index.html'}\n")


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """The address of the site of a new invented country."""
    os.environ["PRIMACY_DATA"] = str(folder / "instance")
    subprocess.run([*PRIMACY, "init", "--exercise"], check=True, capture_output=True)
    with subprocess.Popen([*PRIMACY, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://[^\s/]+", line)))
        finally:
            server.terminate()


def _session(name: str) -> str:
    """Be one of the invented people, or an administrator, who is not among those whom a click makes."""
    import django

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's own loop runs in this thread
    os.environ["DJANGO_SETTINGS_MODULE"] = "primacy.web.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    from primacy.access.models import User

    client = Client()
    client.force_login(User.objects.get_or_create(username=name, defaults={"role": "administrator"})[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _opened(browser: Browser, home: str, session: str, look: Look) -> BrowserContext:
    from django.conf import settings

    context = browser.new_context(
        viewport={"width": look.width, "height": 900}, color_scheme="dark" if look.dark else "light"
    )
    given = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: look.language}
    context.add_cookies([{"name": name, "value": value, "url": home} for name, value in given.items()])
    return context


def _take_of_readme(browser: Browser, home: str, session: str) -> None:
    for name, path, width, height in OF_README:
        context = _opened(browser, home, session, Look(width))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(home + path, timeout=SLOW)
        page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def _pages(browser: Browser, home: str, sessions: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Kind of page -> (the first address of it that a link leads to, who sees it)."""
    found: dict[str, tuple[str, str]] = {}
    for person, session in sessions.items():
        context = _opened(browser, home, session, LOOKS["desktop"])
        for kind, address in _linked(context.request, home, frozenset(found)):
            found.setdefault(kind, (address, person))
        context.close()
    return found


def _linked(asking: APIRequestContext, home: str, seen: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(kind, address) of all pages that links lead to from the front page: a few of each kind, one of a kind that
    somebody else saw, since it may link to what only this person sees."""
    waiting, read = [home + path for path in BEGIN], Counter[str]()
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address.removeprefix(home))
        if kind is None or read[kind] >= (1 if kind in seen else EXAMPLES):
            continue
        read[kind] += 1
        answer = asking.get(address, timeout=SLOW)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield kind, address
        text = answer.text()
        links = (urldefrag(urljoin(address, unescape(href)))[0] for href in re.findall(r'href="([^"]+)"', text))
        new = [link for link in dict.fromkeys(links) if link.startswith(home + "/") and link not in known]
        known.update(new)
        waiting += new


def _kind(path: str) -> str | None:
    """What tells pages apart that look different: the route, and with it the type of record or the tour. None is no
    page of a person: descriptions for scripts."""
    from django.urls import Resolver404, resolve

    parts = urlsplit(path)
    try:
        route = resolve(parts.path)
    except Resolver404:
        return "missing"
    if route.namespaces[:1] == ["api"]:
        return None
    types = [route.kwargs[each] for each in ("record_type", "role", "kind") if each in route.kwargs]
    view = ["projector"] if "view=projector" in parts.query else []
    return "-".join([route.view_name.replace(":", "-"), *map(str, types), *view])


def _take(
    browser: Browser, home: str, session: str, pages: dict[str, str], name: str, look: Look, folder: Path
) -> None:
    context = _opened(browser, home, session, look)
    page = context.new_page()
    page.emulate_media(media="print" if look.paper else "screen")
    for kind, address in pages.items():
        page.goto(address, timeout=SLOW)
        page.wait_for_load_state("networkidle")
        height = min(TALL, page.evaluate("document.documentElement.scrollHeight"))
        clip: Any = {"x": 0, "y": 0, "width": look.width, "height": height}
        page.screenshot(path=folder / f"{kind}.{name}.png", full_page=True, clip=clip)
    context.close()


def _overview(kinds: list[str]) -> str:
    """All pictures side by side, a page a row."""

    def row(kind: str) -> str:
        files = [f"{kind}.{look}.png" for look in LOOKS]
        cells = (f'<td><a href="{file}"><img src="{file}" width="240" alt=""></a></td>' for file in files)
        return f"<tr><th>{escape(kind)}</th>{''.join(cells)}</tr>"

    heads = "".join(f"<th>{look}</th>" for look in LOOKS)
    table = f"<table><tr><th></th>{heads}</tr>{''.join(map(row, kinds))}</table>"
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Pages</title>{table}'


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="primacy-pages-")))
