"""Pictures of the invented country's pages for the README, taken with Chromium.

python docs/screenshots.py
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
PICTURES = (
    # name             page                   width  height
    ("front-page", "/", 1100, 660),
    ("benchmark", "/benchmarks/O2.M2/", 1100, 760),
    ("front-page-phone", "/", 360, 740),
)
PRIMACY = (str(Path(sys.executable).parent / "primacy"),)


def main() -> None:
    """Make an invented country in a folder that is thrown away, open it, and take each picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _site(Path(folder)) as (home, password),
        sync_playwright() as browsers,
    ):
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        state = _signed_in(browser, home, password)
        for name, path, width, height in PICTURES:
            context = browser.new_context(storage_state=state, viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto(home + path)
            page.screenshot(path=IMAGES / f"{name}.png")
            context.close()
        browser.close()


@contextmanager
def _site(folder: Path) -> Iterator[tuple[str, str]]:
    """The site of a new invented country: its address, and the administrator's first password."""
    environment = os.environ | {"PRIMACY_DATA": str(folder / "instance")}
    made = subprocess.run([*PRIMACY, "init", "--exercise"], env=environment, check=True, capture_output=True, text=True)
    password = re.search(r"password (\S+)", made.stdout)
    assert password is not None, made.stdout
    command = [*PRIMACY, "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1], password[1]
        finally:
            server.terminate()


def _signed_in(browser: Browser, home: str, password: str) -> object:
    """Sign in as the administrator, who must first choose a password of their own."""
    page: Page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto(home)
    page.fill("[name=name]", "admin")
    page.fill("[name=password]", password)
    page.click("main button")
    chosen = "a-long-enough-password"
    for field in page.locator("main input[type=password]").all():
        field.fill(password if field.get_attribute("name") == "old" else chosen)
    page.click("main button")
    state = page.context.storage_state()
    page.close()
    return state


if __name__ == "__main__":
    main()
