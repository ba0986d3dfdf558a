"""Pictures of the invented country's pages for the README, taken with Chromium.

python docs/screenshots.py
"""

import os
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
        _site(Path(folder)) as home,
        sync_playwright() as browsers,
    ):
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        state = _signed_in(browser, home)
        for name, path, width, height in PICTURES:
            context = browser.new_context(storage_state=state, viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto(home + path)
            page.screenshot(path=IMAGES / f"{name}.png")
            context.close()
        browser.close()


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """The address of the site of a new invented country."""
    environment = os.environ | {"PRIMACY_DATA": str(folder / "instance")}
    subprocess.run([*PRIMACY, "init", "--exercise"], env=environment, check=True, capture_output=True)
    command = [*PRIMACY, "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


def _signed_in(browser: Browser, home: str) -> object:
    """Be the analyst of the exercise."""
    page: Page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto(home)
    page.click("text=amir-analyst")
    state = page.context.storage_state()
    page.close()
    return state


if __name__ == "__main__":
    main()
