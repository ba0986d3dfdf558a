"""A headless browser on a running site of the invented country."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def faults() -> Callable[[Page], list[str]]:
    """What axe finds on a page against WCAG 2.2 AA and good practice."""

    def found(page: Page) -> list[str]:
        # Only violations are told node by node: telling what passes as well takes three times as long.
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{each['id']}: {node['html'][:160]}" for each in violations for node in each["nodes"]]

    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's own loop runs in the thread of the tests
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Visit:
    """One page with all that it asked for and all that it complained of."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "request", lambda request: self.elsewhere.append(request.url) if not request.url.startswith(home) else None
        )

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture
def visits(browser: Browser, live_server: Any, people: dict[str, Any]) -> Iterator[Callable[..., Visit]]:
    """Open the site as a role, in a language, on a screen, with or without JavaScript, whatever instance there is."""
    contexts = []

    def start(
        role: str = "administrator", language: str = "en", width: int = 1280, script: bool = True, dark: bool = False
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        client = Client()
        client.force_login(people[role])
        session = client.cookies["primacy_session"].value
        given = {"primacy_session": session, "django_language": language}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in given.items()])
        return Visit(context.new_page(), live_server.url)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visits: Callable[..., Visit], country: Any) -> Callable[..., Visit]:
    """The same on the invented country."""
    return visits
