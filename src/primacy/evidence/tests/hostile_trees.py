"""Ways to damage what is nested: JSON, XML, YAML."""

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

from primacy.evidence.tests.hostile_tables import damaged_text
from primacy.evidence.tests.hostile_words import word

DEEP = 100_000
MOST_TEXT = 8 * 2**20
LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
OUTSIDE = "<!DOCTYPE l [<!ENTITY a0 SYSTEM 'file:///etc/passwd'><!ENTITY a9 '&a0;'>]>"
DTD = "<!DOCTYPE l SYSTEM 'http://example.org/l.dtd'>"


# ---- JSON


def damaged_json(text: str, random: Random) -> str:
    if random.random() < 0.1:
        return _text_of_json(text, random)
    tree = json.loads(text)
    for _ in range(random.choice((1, 1, 2, 4))):
        tree = _changed(tree, random)
    text = json.dumps(tree, ensure_ascii=random.random() < 0.5)
    return damaged_text(text, random) if random.random() < 0.2 else text


def _text_of_json(text: str, random: Random) -> str:
    deep = random.choice(
        ("[" * DEEP, '{"a":' * DEEP, "[" * 500 + "]" * 500, '{"type": "FeatureCollection", "features": ' + "[" * DEEP)
    )
    number = random.choice(
        ("NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000, "0." + "1" * 5_000, "-0", "1E400", "\\ud800")
    )
    return random.choice(
        (deep, re.sub(r"(?<=[ \[:])\d+(\.\d+)?", lambda _: number, text, count=random.choice((1, 0))), text[:-1] + deep)
    )


def _hostile(random: Random) -> Any:
    deep: Any = 1
    for _ in range(random.choice((1, 40, 400))):
        deep = random.choice(([deep], {"a": deep}))
    return random.choice(
        (None, True, 0, -1, 1e300, 10**30, 2**63, float("nan"), float("inf"), "", [], {}, [[]], [None], [{}], {"": ""}, deep,
         [0, 0], [[0, 0]], [[0, 0], [1, 1], [0, 0]], {"type": "Point", "coordinates": [0, 0]}, {"type": "GeometryCollection", "geometries": []},
         {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [0, 2], [2, 0], [0, 0]]]}, {"type": "Polygon", "coordinates": []},
         {"type": "Polygon", "coordinates": [[[0, 0], [1e308, 0], [1e308, 1e308], [0, 0]]]}, {"type": "MultiPolygon", "coordinates": [[]]},
         word(random), word(random), word(random), [word(random)] * 3)
    )  # fmt: skip


def _changed(tree: Any, random: Random, depth: int = 0) -> Any:
    """The tree with something else at one place of it."""
    if not isinstance(tree, list | dict) or not tree or (depth and random.random() < 0.2):
        return _hostile(random)
    if isinstance(tree, list):
        place = random.randrange(len(tree))
        what = random.random()
        if what < 0.08:
            return tree[:place] + tree[place + 1 :]
        if what < 0.16:
            return tree + [tree[place]] * random.choice((1, 3, 300))
        if what < 0.2:
            return tree[::-1]
        return [_changed(each, random, depth + 1) if n == place else each for n, each in enumerate(tree)]
    key = random.choice(list(tree))
    what = random.random()
    if what < 0.08:
        return {name: each for name, each in tree.items() if name != key}
    if what < 0.16:
        return {(word(random) if name == key else name): each for name, each in tree.items()}
    if what < 0.2:
        return tree | {word(random): tree[key]}
    return tree | {key: _changed(tree[key], random, depth + 1)}


# ---- XML


def damaged_xml(text: str, random: Random) -> str:
    for _ in range(random.choice((1, 1, 2, 4))):
        text = random.choice(XML)(text, random)[:MOST_TEXT]
    return text


def escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _one(text: str, pattern: str, random: Random, change: Callable[[str], str]) -> str:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    chosen = random.choice(found)
    return text[: chosen.start()] + change(chosen[0]) + text[chosen.end() :]


def _attribute(text: str, random: Random) -> str:
    return _one(text, r'="[^"]*"', random, lambda _: f'="{escaped(word(random))}"')


def _content(text: str, random: Random) -> str:
    return _one(text, r">[^<>]+<", random, lambda _: f">{escaped(word(random))}<")


def _raw(text: str, random: Random) -> str:
    return _one(
        text,
        r">[^<>]*<",
        random,
        lambda _: f">{random.choice((word(random), '&a9;', '&#0;', '&#x1F600;', '<![CDATA[=1+1]]>', '&lt;'))}<",
    )


def _tag(text: str, random: Random) -> str:
    names = (
        "",
        "<a>",
        "</a>",
        "<iati-activity>",
        "<transaction/>",
        "<?php x?>",
        "<!-- -- -->",
        "<x:y xmlns:x='z'/>",
        "<" + "b" * 5_000 + "/>",
    )
    return _one(text, r"<[^<>!?]+>", random, lambda _: random.choice(names))


def _repeat(text: str, random: Random) -> str:
    return _one(
        text,
        r"<([\w-]+)[^<>]*/>|<transaction>.*?</transaction>|<iati-activity .*?</iati-activity>",
        random,
        lambda each: each * random.choice((2, 3, 300)),
    )


def _doctype(text: str, random: Random) -> str:
    at = text.find("<iati-activities")
    return (
        text[: max(0, at)]
        + random.choice((LAUGHS, OUTSIDE, DTD, "<!DOCTYPE l>"))
        + text[max(0, at) :].replace("</iati-identifier>", "&a9;</iati-identifier>")
    )


def _deep(text: str, random: Random) -> str:
    count = random.choice((10, 40, DEEP))
    return _one(text, r"<transaction>", random, lambda each: "<a>" * count + "</a>" * random.choice((0, count)) + each)


def _declared(text: str, random: Random) -> str:
    said = random.choice(("utf-16", "latin-1", "utf-7", "x", "IBM037", "", "UTF-8' standalone='no"))
    return re.sub(r"<\?xml.*?\?>", f"<?xml version='1.0' encoding='{said}'?>", text)


XML: tuple[Callable[[str, Random], str], ...] = (
    _attribute, _attribute, _attribute, _content, _content, _raw, _tag, _repeat, _doctype, _deep, _declared, damaged_text,
)  # fmt: skip


XML_PARTS: dict[str, Callable[[str, Random], str]] = {
    "attribute": _attribute, "content": _content, "raw": _raw, "tag": _tag,
}  # fmt: skip


# ---- YAML of mappings and designs


def damaged_yaml(text: str, random: Random) -> str:
    lines = text.split("\n")
    for _ in range(random.choice((1, 1, 2))):
        place = random.randrange(len(lines))
        name, _, value = lines[place].partition(":")
        lines[place] = random.choice(
            ("", f"{name}: {word(random)}", f"{name}: [{word(random)}]", f"{name}: {{a: {word(random)}}}", f"{name}:", f"{word(random)}:{value}",
             f"{lines[place]}\n{lines[place]}", f"  {lines[place]}", f"{name}: " + "[" * random.choice((10, 900, DEEP)), f"{name}: *x",
             f"{name}: !!python/object/apply:os.system [x]", f"{name}: &x [*x]", f"{name}: {LAUGHS_IN_YAML}", f"{name}: .nan", f"{name}: 1e999",
             f"{name}: 0000-00-00", f"{name}: 2024-05-01")
        )  # fmt: skip
    return "\n".join(lines)


LAUGHS_IN_YAML = "[&a0 [x], " + ", ".join(f"&a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)) + "]"
