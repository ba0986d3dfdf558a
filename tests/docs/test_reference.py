"""The reference pages say what the code does."""

import importlib.util
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from primacy.evidence.mapped.mapping import Mapping
from primacy.framework.grammar import VERBS
from primacy.framework.mission import Mission
from primacy.framework.yaml_files import read_yaml

HERE = Path(__file__).parents[2]
DOCS = HERE / "docs"


def pages() -> dict[str, str]:
    """The generated pages as the code would write them now."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: page() for name, page in module.PAGES.items()}


@pytest.mark.parametrize("name", ["cli.md", "kinds.md", "verbs.md"])
def test_a_generated_page_is_what_make_docs_would_write(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def example() -> dict[str, object]:
    page = (DOCS / "reference" / "mission-file.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    assert block is not None
    content = read_yaml(block[1])
    assert isinstance(content, dict)
    return content


def test_the_example_of_a_mission_file_is_valid_and_shows_every_field() -> None:
    assert set(example()) == set(Mission.model_validate(example()).model_dump(by_alias=True))


def fields(model: type[BaseModel]) -> set[str]:
    own = {field.alias or name for name, field in model.model_fields.items()}
    nested = [each for each in _models(model) if each is not model]
    return own.union(*(fields(each) for each in nested))


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    kinds = [field.annotation for field in model.model_fields.values()]
    parts = [part for kind in kinds for part in (kind, *getattr(kind, "__args__", ()))]
    return [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]


def test_the_page_on_the_mission_file_names_every_field() -> None:
    page = (DOCS / "reference" / "mission-file.md").read_text(encoding="utf-8")
    assert fields(Mission) - set(re.findall(r"`(?:\w+\.)?(\w+)`", page)) == set()


def test_the_page_on_mappings_names_every_field() -> None:
    page = (DOCS / "how-to" / "map-a-file.md").read_text(encoding="utf-8")
    assert fields(Mapping) - _named(page) == set()


def _named(page: str) -> set[str]:
    """Every word that stands as code in the part on fields."""
    table = page[page.index("## What a mapping may say") :]
    return {word for code in re.findall(r"`([^`]+)`", table) for word in re.findall(r"\w+", code)}


def links(path: Path) -> list[str]:
    return re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))


PAGES = [HERE / "README.md", HERE / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(HERE)))
def test_every_link_of_a_page_leads_somewhere(path: Path) -> None:
    assert [link for link in links(path) if not link.startswith("https://") and not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES[2:], ids=lambda path: str(path.relative_to(HERE)))
def test_every_page_is_reached_from_the_index(path: Path) -> None:
    reached = {DOCS / "index.md", *((DOCS / link).resolve() for link in links(DOCS / "index.md"))}
    assert path in reached or path.parent in reached


def test_the_map_of_the_readme_names_every_room() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (HERE / "src" / "primacy").iterdir() if (path / "__init__.py").is_file()}
    table = readme[readme.index("| room |") :]
    named = [line.split("|")[1] for line in table.splitlines()[2:] if line.startswith("|")]
    assert rooms == set(re.findall(r"`(\w+)`", "".join(named)))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (HERE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_targets_that_scripts_rely_on_are_there() -> None:
    assert {"install", "run", "test", "lint", "bench", "screenshots", "lock"} <= targets()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(HERE)))
def test_a_page_names_only_targets_that_exist(path: Path) -> None:
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)) <= targets()


def test_what_runs_for_every_change_runs_the_tests_as_the_readme_says() -> None:
    assert "make test " in (HERE / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^\{ make .*\btest\b", (HERE / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_page_on_verbs_tells_each_with_its_condition_and_every_parameter() -> None:
    page = (DOCS / "reference" / "verbs.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `(\w+)`\n\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    assert set(sections) == set(VERBS)
    for verb, section in sections.items():
        condition, table = section.split("| says |")
        assert len(condition.split()) > 5
        assert set(re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE)) == {
            field.alias or name for name, field in VERBS[verb].model_fields.items()
        }
