"""What holds for every file of the project: no traces of one machine, nothing broken, nothing that slips past the audit trail."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import yaml

HERE = Path(__file__).parents[2]
PACKAGE = HERE / "src" / "primacy"
LARGEST = 1_000_000  # bytes
SHARED_RUN = 8  # words


def files() -> list[Path]:
    """Every file under version control, and new ones that are not ignored."""
    command = ["git", "-C", str(HERE), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := HERE / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def name(path: Path) -> str:
    return str(path.relative_to(HERE))


INDEX = re.compile(
    r"--(?:extra-)?index-url\s+\S|--find-links\s+\S|--trusted-host\s+\S|\bpypi\.\w|pythonhosted|https?://[^\s/]*/simple\b"
)
OWN_PATH = re.compile(r"(?<![\w.])/(?:work|home|Users|root|opt|mnt)/\w")


def test_no_file_names_a_package_index() -> None:
    assert [name(path) for path, text in texts() if path != Path(__file__) and INDEX.search(text)] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert [name(path) for path, text in texts() if path != Path(__file__) and OWN_PATH.search(text)] == []


def test_every_pinned_requirement_has_a_hash() -> None:
    for lock in (HERE / "requirements").glob("*.txt"):
        pins = re.findall(
            r"^[\w.-]+(?:\[\w+\])?==\S+ \\\n +--hash=sha256:", lock.read_text(encoding="utf-8"), re.MULTILINE
        )
        named = re.findall(r"^\w\S*==", lock.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(pins) == len(named) > 0, lock.name


def test_no_file_is_large() -> None:
    assert [name(path) for path in files() if path.stat().st_size > LARGEST] == []


class OneKeyOnce(yaml.CSafeLoader):
    """Refuses a mapping with the same key twice, of which YAML itself would keep the last in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"{', '.join(twice)} twice", node.start_mark)
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("path", [path for path in files() if path.suffix in (".yaml", ".yml")], ids=name)
def test_a_yaml_file_is_well_formed_and_has_each_key_once(path: Path) -> None:
    yaml.load(path.read_text(encoding="utf-8"), Loader=OneKeyOnce)


@pytest.mark.parametrize("path", [path for path in files() if path.suffix == ".po"], ids=name)
def test_a_catalogue_is_whole_and_keeps_every_blank_to_fill(path: Path) -> None:
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []
    blanks = re.compile(r"%\(\w+\)[sd]")
    wrong = [e.msgid for e in entries if e.msgstr and set(blanks.findall(e.msgid)) != set(blanks.findall(e.msgstr))]
    assert wrong == []


def test_no_table_with_an_audit_trail_is_changed_past_it() -> None:
    """`QuerySet.update`, `bulk_update` and raw SQL leave no trace; only the room that keeps the trail may know better."""
    silent = []
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts or "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _silent(node.func):
                silent.append(f"{name(path)}:{node.lineno}")
    assert silent == []


def _silent(called: ast.Attribute) -> bool:
    """A write on a chain that began at `.objects`."""
    if called.attr not in ("update", "bulk_update", "raw"):
        return False
    below: ast.AST = called.value
    while isinstance(below, ast.Attribute | ast.Call):
        if isinstance(below, ast.Attribute) and below.attr in ("objects", "_base_manager", "_default_manager"):
            return True
        below = below.value if isinstance(below, ast.Attribute) else below.func
    return False


UNFINISHED = re.compile(r"\b(?:TODO|FIXME|raise NotImplementedError)\b|@pytest\.mark\.(?:skip|xfail)\b")


def test_nothing_is_left_unfinished() -> None:
    found = [name(path) for path, text in texts() if path.suffix == ".py" and UNFINISHED.search(text)]
    assert [each for each in found if each not in (name(Path(__file__)), "conftest.py")] == []


@pytest.mark.parametrize(
    "path", [path.parent for path in sorted(PACKAGE.glob("*/__init__.py"))], ids=lambda path: path.name
)
def test_a_room_says_its_question_in_about_ten_lines(path: Path) -> None:
    text = (path / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name}: ")


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
    assert [name(path) for path in PACKAGE.rglob("*.py") if path.stem in empty] == []


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_no_run_of_eight_words_is_taken_from_the_guidance(reference_texts: Path) -> None:
    guidance = reference_texts / "political-process-guidance.txt"
    if not guidance.is_file():
        pytest.skip("reference data: the folder is not there")
    source = words(guidance.read_text(encoding="utf-8"))
    runs = {tuple(source[i : i + SHARED_RUN]) for i in range(len(source) - SHARED_RUN + 1)}
    taken = []
    for path, text in texts():
        if path.suffix in (".txt",) and path.parent.name == "requirements":
            continue
        own = words(text)
        shared = (
            own[i : i + SHARED_RUN] for i in range(len(own) - SHARED_RUN + 1) if tuple(own[i : i + SHARED_RUN]) in runs
        )
        taken += [f"{name(path)}: {' '.join(run)}" for run in shared]
    assert taken == []
