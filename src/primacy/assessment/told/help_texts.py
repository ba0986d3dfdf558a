"""What words on pages mean, with worked examples: data in the folder `help`, one file for each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.framework.yaml_files import read_yaml

FOLDER = Path(__file__).parents[1] / "help"
SECTIONS = ("statuses", "flags", "reasons", "verbs", "grades", "errors")
OTHERWISE = "en"


@dataclass(frozen=True)
class Meaning:
    """One word: what it means, and a worked example."""

    key: str
    means: str
    example: str


@lru_cache(maxsize=8)
def content(language: str) -> Mapping[str, Any]:
    """The whole file of a language; English where there is none."""
    path = FOLDER / f"{language}.yaml"
    found: Mapping[str, Any] = read_yaml((path if path.is_file() else FOLDER / f"{OTHERWISE}.yaml").read_bytes())
    return found


def meanings(section: str, language: str) -> list[Meaning]:
    """The words of a section in the order of the file. Raises KeyError for no section."""
    return [Meaning(str(key), each["means"], each["example"]) for key, each in content(language)[section].items()]


def tour(role: str, language: str) -> list[tuple[str, str]]:
    """The steps of a tour: (key, what to do there)."""
    return list(content(language)["tours"][role].items())
