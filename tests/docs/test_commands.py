"""The commands in the documentation are run, in order, and must answer as printed there.

A block marked `console` holds commands after `$ ` and what they answer; a line `...` stands for any lines, and `...` within a
line for any text. A block with a file's name after its language is written to that file. The commands of the README are
processes of their own, from its installation on; those of other pages are asked of one that has read its modules (`forked.py`).
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

import pytest
from tests.docs.forked import Forked

from primacy.assessment.inputs import write_model
from primacy.assessment.trends.calibration import SIMULATIONS

HERE = Path(__file__).parents[2]
SHOWS_NUMBERS = ("docs/tutorial-car.md", "docs/case-car.md")
AS_INSTALLED = "README.md"
ON_REAL_DATA = [AS_INSTALLED, *SHOWS_NUMBERS, "docs/how-to/type-evidence.md"]
WITHOUT_DATA = [
    "docs/how-to/load-data.md", "docs/how-to/own-thresholds.md", "docs/how-to/translate.md", "docs/how-to/map-a-file.md",
    "docs/how-to/logs-and-lists.md", "docs/how-to/grow.md", "docs/how-to/hand-out.md", "docs/how-to/practise.md",
    "docs/how-to/compartments.md", "docs/how-to/lock-down.md", "docs/how-to/back-up.md",
]  # fmt: skip
QUICK = 4000
BEFORE = {
    "docs/how-to/type-evidence.md": (
        "primacy init --country CAF",
        "primacy import $FILES/boundaries_caf_2024/caf_admin1_simplified.geojson.gz",
        "primacy assess --as-of 2022-12-31",
    ),
    "docs/how-to/load-data.md": ("primacy init --country CAF",),
    "docs/how-to/own-thresholds.md": ("primacy init --country CAF",),
    "docs/how-to/grow.md": ("primacy init --country CAF",),
    "docs/how-to/hand-out.md": ("primacy init --country CAF",),
    "docs/how-to/translate.md": ("primacy init --country CAF",),
    "docs/how-to/map-a-file.md": ("primacy init --country CAF",),
    "docs/how-to/logs-and-lists.md": ("primacy init --country CAF",),
    "docs/how-to/compartments.md": ("primacy init --country CAF",),
    "docs/how-to/lock-down.md": ("primacy init --country CAF",),
    "docs/how-to/back-up.md": ("primacy init --country CAF",),
    "docs/how-to/practise.md": (),
}


class Command(NamedTuple):
    line: str
    answer: list[str]


class File(NamedTuple):
    path: str
    content: str


def steps(text: str) -> Iterator[Command | File]:
    """What a reader would do, from the fenced blocks of a page."""
    for head, body in re.findall(r"^```([^\n]+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        language, _, path = head.partition(" ")
        if path:
            yield File(path, body)
        elif language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                line, *answer = part.rstrip("\n").split("\n")
                yield Command(line, answer)


def same(said: list[str], printed: list[str]) -> bool:
    """Whether the answer is the one printed, where `...` stands for anything."""
    if not printed:
        return not said
    if printed[0] == "...":
        return any(same(said[start:], printed[1:]) for start in range(len(said) + 1))
    pattern = ".*".join(re.escape(piece) for piece in printed[0].split("..."))
    return bool(said) and re.fullmatch(pattern, said[0]) is not None and same(said[1:], printed[1:])


class Reader:
    """Somebody with an empty home who types what the page says. `asked`: folders of a `primacy`, which take turns."""

    def __init__(self, home: Path, files: Path, asked: Sequence[Path]) -> None:
        self.home, self.asked = home, asked
        self.typed = 0
        self.environment = os.environ | {
            "HOME": str(home), "FILES": str(files), "PRIMACY_DATA": str(home / "primacy-data"),
        }  # fmt: skip
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def type(self, line: str) -> list[str]:
        """What the command says; each has another order of sets than the one before, on which no answer may depend."""
        before = self.asked[self.typed % len(self.asked)], Path(sys.executable).parent, os.environ["PATH"]
        self.typed += 1
        self.environment |= {"PATH": os.pathsep.join(map(str, before)), "PYTHONHASHSEED": str(self.typed)}
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.home, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout.rstrip("\n").split("\n") if done.stdout else []

    def serve(self, line: str, lines: int) -> list[str]:
        """The first lines of a command that goes on until it is stopped; on a free port, told as the printed one."""
        port = re.search(r"--port (\d+)", line)
        assert port is not None
        command = ["bash", "-c", "exec " + line.replace(port[0], "--port 0")]
        with subprocess.Popen(command, cwd=self.home, env=self.environment, stdout=subprocess.PIPE, text=True) as site:
            assert site.stdout is not None
            late = Timer(60, site.kill)
            late.start()
            said = [site.stdout.readline().rstrip("\n") for _ in range(lines)]
            late.cancel()
            site.terminate()
        return [re.sub(r":\d+(?=/|$)", f":{port[1]}", each) for each in said]

    def write(self, file: File) -> None:
        path = self.home / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content, encoding="utf-8")

    def follow(self, page: str, begun: Path) -> None:
        """`begun`: the instance as it is before the page begins."""
        shutil.copytree(begun, self.home / "primacy-data")
        for step in steps((HERE / page).read_text(encoding="utf-8")):
            if isinstance(step, File):
                self.write(step)
                continue
            stays = step.line.startswith("primacy serve")
            said = self.serve(step.line, len(step.answer)) if stays else self.type(step.line)
            assert same(said, step.answer), f"{step.line} said\n" + "\n".join(said)


Begin = Callable[..., Path]


@pytest.fixture(scope="session")
def forked() -> Iterator[tuple[Path, ...]]:
    """Two processes that order their sets in different ways."""
    with ExitStack() as stack:
        yield tuple([stack.enter_context(Forked(seed)).folder for seed in (1, 2)])


@pytest.fixture
def begin(made_once: Callable[..., Any], forked: tuple[Path, ...]) -> Begin:
    """The instance as it is before a page begins: what several pages begin with is typed once.

    Where a page prints numbers, the calibration is that of `primacy init`; elsewhere a quick one does.
    """

    def begun(page: str, files: Path | None = None) -> Path:
        lines, simulations = BEFORE.get(page, ()), SIMULATIONS if page in SHOWS_NUMBERS else QUICK
        with made_once(f"begun-{sha256(repr((lines, simulations)).encode()).hexdigest()[:12]}") as home:
            if not (home / "whole").is_file():
                write_model(home / "primacy-data" / "calibration", simulations=simulations)
                (home / "primacy-data").chmod(0o700)  # as `primacy init` makes it
                reader = Reader(home, files or home, forked)
                for line in lines:
                    reader.type(line)
                (home / "whole").touch()
        return home / "primacy-data"

    return begun


def followed_by(page: str, forked: tuple[Path, ...]) -> tuple[Path, ...]:
    return (Path(sys.executable).parent,) if page == AS_INSTALLED else forked


@pytest.mark.reference_data
@pytest.mark.parametrize("page", ON_REAL_DATA)
def test_the_commands_of_a_page_answer_as_printed_on_real_data(
    page: str, tmp_path: Path, reference_data: Path, begin: Begin, forked: tuple[Path, ...]
) -> None:
    Reader(tmp_path, reference_data, followed_by(page, forked)).follow(page, begin(page, reference_data))


@pytest.mark.parametrize("page", WITHOUT_DATA)
def test_the_commands_of_a_page_answer_as_printed(
    page: str, tmp_path: Path, begin: Begin, forked: tuple[Path, ...]
) -> None:
    Reader(tmp_path, tmp_path, followed_by(page, forked)).follow(page, begin(page))


def test_every_page_with_commands_is_followed() -> None:
    pages = [HERE / "README.md", *(HERE / "docs").rglob("*.md")]
    with_commands = {str(page.relative_to(HERE)) for page in pages if "```console" in page.read_text(encoding="utf-8")}
    assert with_commands == {*ON_REAL_DATA, *WITHOUT_DATA}


SAID = [
    # rule it shows                             said               printed             same
    ("equal lines are the same",                ["a", "b"],        ["a", "b"],         True),
    ("a line too many is not",                  ["a", "b"],        ["a"],              False),
    ("dots stand for any lines",                ["a", "x", "b"],   ["a", "...", "b"],  True),
    ("dots stand for no line too",              ["a", "b"],        ["a", "...", "b"],  True),
    ("dots in a line stand for any text",       ["dataset 12: 3"], ["dataset ...: 3"], True),
    ("the rest of a line counts",               ["dataset 12: 3"], ["dataset ...: 4"], False),
]  # fmt: skip


@pytest.mark.parametrize(("said", "printed", "expected"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_how_an_answer_is_compared(said: list[str], printed: list[str], expected: bool) -> None:
    assert same(said, printed) is expected
