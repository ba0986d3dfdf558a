"""What every test may ask for, and an honest account of the groups of tests that a run leaves out."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from primacy.assessment.trends.trend import TrendModel

HERE = Path(__file__).parent
REFERENCE_DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", HERE.parent / "shared" / "data"))
REFERENCE_TEXTS = Path(os.environ.get("PRIMACY_REFERENCE_TEXTS", REFERENCE_DATA.parent / "reference"))
CHROMIUM = Path("/usr/bin/chromium")
ABSENT_REFERENCE = "reference data: the folder is not there"
ABSENT_BROWSER = "browser: Chromium is not installed"
ABSENT_POSTGRES = "PostgreSQL: no server is installed (the package `postgresql` of the distribution)"
ABSENT_SPARK = "Spark: PySpark or Java is not installed (`make install-spark`)"
MAY_BE_ABSENT = (ABSENT_REFERENCE, ABSENT_SPARK)

# The modules that may know Django, by name; what they need is not there when only the pure modules are tested.
KNOW_DJANGO = (
    "list_work",
    "review",
    "protecting",
    "search",
    "documents",
    "models",
    "queries",
    "services",
    "forms",
    "pages",
    "urls",
    "api",
    "tasks",
    "apps",
    "templatetags",
)
PURE_ROOMS = ("framework", "places", "evidence", "records", "actors", "incidents", "assessment", "exercise")
WITHOUT_DJANGO = find_spec("django") is None
LONGEST = ("docs", "browser", "scale", "postgres")
PORTIONS = 12  # of a module
# What a page looks like in a language, to a role or as a description is the same on every database; so is what is read
# from packages and from the evidence, which are files.
SAME_ON_EVERY_DATABASE = {
    "test_languages.py", "test_access.py", "test_api_description.py", "test_api_examples.py", "test_explanation.py",
    "test_framework.py", "test_errors.py", "test_benchmark_page.py", "test_gaps.py", "test_front.py", "test_causes.py",
    "test_changes.py", "test_two_assessments.py", "test_shared_packages.py", "test_coarse_rows.py", "test_api_abuse.py",
    "test_api_access.py", "test_which_is_shown.py",
}  # fmt: skip
OF_THE_DATABASE = {"db", "transactional_db", "live_server"}
ON_BOTH = "tests/postgres"
HISTORIES = "primacy.exercise.tests.histories"
OPENED_MONTHS = 12  # since the deployment; those before it come on top
SIMULATIONS, SEED = 30_000, 3  # so few that seeds differ by 0.1: of the first six, one that says what larger ones say


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "Only the tests that use the database, without the browser's save those marked `both_databases`."
    parser.addoption("--only-database", action="store_true", help=told)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where Django is not installed, only the tests of modules that work without it are collected; and only those that
    may use the database, where only these are asked for."""
    if not WITHOUT_DJANGO:
        return True if config.getoption("only_database") and _speaks_of_no_database(collection_path) else None
    inside = collection_path.relative_to(HERE).parts
    if inside[:2] != ("src", "primacy")[: len(inside)]:
        return True
    room = inside[2] if len(inside) > 2 else PURE_ROOMS[0]
    return None if room in PURE_ROOMS and collection_path.stem.removeprefix("test_") not in KNOW_DJANGO else True


def _speaks_of_no_database(path: Path) -> bool:
    """Quick, so that a run on the database need not import all other tests."""
    if path.name in SAME_ON_EVERY_DATABASE:
        return True
    beside = path.parent.name in ("safety", "pages", "browser") or path.suffix != ".py" or path.name == "conftest.py"
    return not beside and not any(word in path.read_text("utf-8") for word in ("django_db", *OF_THE_DATABASE - {"db"}))


def pytest_configure(config: pytest.Config) -> None:
    # A busy machine must not fail a property, and a run that nobody watches must be the same every time.
    settings.register_profile("primacy", deadline=None, derandomize=bool(os.environ.get("CI")))
    settings.register_profile("one of each", settings.get_profile("primacy"), max_examples=2)
    settings.load_profile("one of each" if WITHOUT_DJANGO else "primacy")
    if WITHOUT_DJANGO:
        config.addinivalue_line("markers", "django_db: needs the database")


def pytest_runtest_setup() -> None:
    """A request of an earlier test leaves its language behind; each test begins with the one of the settings."""
    if not WITHOUT_DJANGO:
        from django.utils import translation

        translation.deactivate()


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if WITHOUT_DJANGO:
        _keep_one_of_each(items)
    if config.getoption("only_database"):
        items[:] = [item for item in items if _uses_the_database(item)]
    items.sort(key=lambda item: item.path.parent.name not in LONGEST)  # no processor waits for them at the end
    left_out = (
        ("reference_data", REFERENCE_DATA.is_dir(), ABSENT_REFERENCE),
        ("browser", CHROMIUM.is_file(), ABSENT_BROWSER),
        ("postgres", _a_server_is_installed(), ABSENT_POSTGRES),
        ("spark", find_spec("pyspark") is not None and shutil.which("java") is not None, ABSENT_SPARK),
    )
    for marker, present, reason in left_out:
        for item in items:
            if not present and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _uses_the_database(item: pytest.Item) -> bool:
    """Whether another database could make a difference to it. Pages look the same on both, so the browser's tests are
    left out save the stories in which people meet in one record."""
    if item.get_closest_marker("browser"):
        return item.get_closest_marker("both_databases") is not None
    asked = OF_THE_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
    return bool(asked) and not any(map(item.get_closest_marker, ("spark", "reference_data", "postgres")))


def _a_server_is_installed() -> bool:
    from tests.postgres.server import programs

    return programs() is not None and find_spec("psycopg") is not None


def _keep_one_of_each(items: list[pytest.Item]) -> None:
    """One case of each test, on invented data, shows that a module works without Django; elsewhere all are run."""
    invented = [item for item in items if not item.get_closest_marker("reference_data")]
    first = {(item.path, getattr(item, "originalname", item.name)): item for item in reversed(invented)}
    items[:] = [item for item in invented if first[item.path, getattr(item, "originalname", item.name)] is item]


if find_spec("xdist") is not None:
    from xdist.scheduler import LoadScopeScheduling

    class _Together(LoadScopeScheduling):
        """Tests for which something is made once stay in one process; of others a portion of a module goes where one is
        free, because to hand out each by itself takes longer than most of them do."""

        def _split_scope(self, nodeid: str) -> str:
            return _made_for(nodeid.split("::")[0]) or _portion(nodeid)

    def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
        return _Together(config, log)


@cache
def _portion(nodeid: str) -> str:
    path = nodeid.split("::")[0]
    return nodeid if path.split("/")[-2] in LONGEST else f"{path} {crc32(nodeid.encode()) % PORTIONS}"


@cache
def _made_for(path: str) -> str:
    """What the tests of a module share: the simulated histories, or what the module makes for itself; else nothing."""
    text = (HERE / path).read_text("utf-8")
    if f"from {HISTORIES} import" in text:
        return HISTORIES
    if path.startswith(ON_BOTH):
        return ON_BOTH
    return path if 'scope="module"' in text or "\n@cache\n" in text else ""


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


@pytest.fixture(autouse=True)
def _no_instance_is_left_to_the_next_test() -> Iterator[None]:
    """A command says in the environment which instance it is on, for whatever it starts."""
    before = os.environ.get("PRIMACY_DATA")
    yield
    if before is None:
        os.environ.pop("PRIMACY_DATA", None)
    else:
        os.environ["PRIMACY_DATA"] = before


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Passwords of tests are hashed once, not a million times."""
    if not WITHOUT_DJANGO:
        from django.conf import settings as of_django

        of_django.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_kept_for_a_while() -> None:
    """People of one test have the numbers of those of another."""
    if not WITHOUT_DJANGO:
        from primacy.access.once import something_done

        something_done()


@contextmanager
def _made_once(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A path that all processes of one run share; they take turns, and the first one makes what is to be there."""
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    with (shared / f".{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared / name


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], AbstractContextManager[Path]]:
    """The same for a test: under one name one thing, in all processes."""
    return lambda name: _made_once(tmp_path_factory, name)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> "TrendModel":
    """A trend model from few simulations."""
    from primacy.assessment.trends.calibration import calibrate
    from primacy.assessment.trends.trend import TrendModel

    with _made_once(tmp_path_factory, f"trend-{SIMULATIONS}.json") as path:
        if not path.is_file():
            path.write_text(json.dumps(calibrate(SEED, SIMULATIONS).as_dict()), "utf-8")
    return TrendModel.from_dict(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="session")
def opened(model: "TrendModel", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance that `make run` opens at the first time, a year after the deployment: places, evidence, people and
    two assessments. For reading alone: a test that writes works on a copy (`shutil.copytree`)."""
    from primacy.assessment.inputs import MODEL

    with _made_once(tmp_path_factory, "exercise") as folder:
        if not (folder / ".whole").is_file():
            (folder / "calibration").mkdir(parents=True)
            (folder / "calibration" / MODEL).write_text(json.dumps(model.as_dict()), "utf-8")
            words = ("--data", str(folder), "init", "--exercise", "--months", str(OPENED_MONTHS))
            elsewhere = {name: value for name, value in os.environ.items() if name != "PRIMACY_DATABASE_URL"}
            command = [sys.executable, "-m", "primacy", *words]
            done = subprocess.run(command, capture_output=True, text=True, env=elsewhere)
            assert done.returncode == 0, done.stdout + done.stderr
            (folder / ".whole").touch()
    return folder


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real data sets."""
    return REFERENCE_DATA


@pytest.fixture(scope="session")
def reference_texts() -> Path:
    """The folder of other people's texts whose sentences must not appear here."""
    return REFERENCE_TEXTS
