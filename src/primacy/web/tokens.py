"""The tokens of the style sheets, read from `tokens.css` itself, so that the page of components cannot drift."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).parents[1] / "ui" / "static" / "ui" / "tokens.css"
SETS = {
    "light": r"\A.*?:root \{(.*?)\n\}",
    "dark": r"color-scheme: dark\) \{\s*:root \{(.*?)\}",
    "print": r"@media print \{\s*:root \{(.*?)\}",
}
_DECLARED = re.compile(r"--([\w-]+):\s*([^;]+);")


@dataclass(frozen=True)
class Colour:
    """One colour in the three sets."""

    name: str
    light: str
    dark: str
    print: str


def sets() -> Mapping[str, Mapping[str, str]]:
    """Tokens by set; what dark or print leave out is as in light."""
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = {name: dict(_DECLARED.findall(_inside(pattern, text))) for name, pattern in SETS.items()}
    return {name: {**found["light"], **own} for name, own in found.items()}


def _inside(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.DOTALL)
    if match is None:
        raise ValueError(f"{SHEET.name} lacks a set of tokens: {pattern}")
    return match[1]


def colours() -> list[Colour]:
    light, dark, paper = (sets()[name] for name in ("light", "dark", "print"))
    return [Colour(name, value, dark[name], paper[name]) for name, value in light.items() if value.startswith("#")]


def measures(kind: str) -> list[tuple[str, str]]:
    """Sizes of type (`size`) or gaps (`gap`) with their values."""
    return [(name, value) for name, value in sets()["light"].items() if name.startswith(f"{kind}-")]
