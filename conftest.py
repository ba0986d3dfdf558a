"""What every test may ask for, and an honest account of the groups of tests that a run leaves out."""

import os
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
REFERENCE_DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", HERE.parent / "shared" / "data"))
REFERENCE_TEXTS = Path(os.environ.get("PRIMACY_REFERENCE_TEXTS", REFERENCE_DATA.parent / "reference"))
CHROMIUM = Path("/usr/bin/chromium")
ABSENT_REFERENCE = "reference data: the folder is not there"
ABSENT_BROWSER = "browser: Chromium is not installed"
MAY_BE_ABSENT = (ABSENT_REFERENCE,)

# The modules that may know Django, by name; what they need is not there when only the pure modules are tested.
KNOW_DJANGO = ("models", "queries", "services", "forms", "pages", "urls", "api", "tasks", "apps", "templatetags")
PURE_ROOMS = ("framework", "places", "evidence", "assessment")
WITHOUT_DJANGO = find_spec("django") is None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Where Django is not installed, only the tests of modules that work without it are collected."""
    if not WITHOUT_DJANGO:
        return None
    inside = collection_path.relative_to(HERE).parts
    if inside[:2] != ("src", "primacy")[: len(inside)]:
        return True
    room = inside[2] if len(inside) > 2 else PURE_ROOMS[0]
    return None if room in PURE_ROOMS and collection_path.stem.removeprefix("test_") not in KNOW_DJANGO else True


def pytest_configure(config: pytest.Config) -> None:
    # A busy machine must not fail a property, and a run that nobody watches must be the same every time.
    settings.register_profile("primacy", deadline=None, derandomize=bool(os.environ.get("CI")))
    settings.load_profile("primacy")
    if WITHOUT_DJANGO:
        config.addinivalue_line("markers", "django_db: needs the database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    left_out = (
        ("reference_data", REFERENCE_DATA.is_dir(), ABSENT_REFERENCE),
        ("browser", CHROMIUM.is_file(), ABSENT_BROWSER),
    )
    for marker, present, reason in left_out:
        for item in items:
            if not present and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say before the closing line which groups were left out and why."""
    yield
    for reason, count in _left_out(terminalreporter).items():
        terminalreporter.write_line(f"Left out: {count} tests; {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nobody watches, a group left out is a failure, save those on data that cannot be handed on."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or not isinstance(reporter, pytest.TerminalReporter):
        return
    unexpected = [reason for reason in _left_out(reporter) if reason not in MAY_BE_ABSENT]
    if unexpected and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _left_out(reporter: pytest.TerminalReporter) -> Counter[str]:
    reasons = (each.longrepr[2] for each in reporter.stats.get("skipped", []) if isinstance(each.longrepr, tuple))
    return Counter(str(reason).removeprefix("Skipped: ") for reason in reasons)


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real data sets."""
    return REFERENCE_DATA


@pytest.fixture(scope="session")
def reference_texts() -> Path:
    """The folder of other people's texts whose sentences must not appear here."""
    return REFERENCE_TEXTS
