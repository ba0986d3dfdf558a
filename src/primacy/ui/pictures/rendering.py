"""A specification drawn as SVG for pages, and as PNG for papers. vl-convert does it inside this process, offline."""

import re
from functools import lru_cache
from hashlib import sha256
from json import dumps, loads
from typing import Any
from xml.etree import ElementTree

from primacy.ui.pictures.theme import CARD, HATCHED, TOKENS

SVG = "http://www.w3.org/2000/svg"
IN_MEMORY = 256  # drawn charts of some 20 kB each
SCALE = 2.0  # of a PNG: sharp on paper and on dense screens
KEPT = ("d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "points", "transform", "fill",
        "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "opacity",
        "text-anchor", "font-size", "font-weight", "font-family")  # fmt: skip


@lru_cache(maxsize=IN_MEMORY)
def svg_once(text: str) -> str:
    """The SVG of a specification that is written as JSON, drawn once in a process."""
    return svg(loads(text))


def svg(spec: dict[str, Any]) -> str:
    """The chart as an SVG element with its description as text alternative.

    It has no style attribute, no script and no outside reference; colours are custom properties of the style sheet with
    the light colour behind them, so that the same text is right inside a page and as a file of its own.
    """
    root = _drawn(spec)
    pattern = f"hatch-{sha256(dumps(spec, sort_keys=True).encode()).hexdigest()[:12]}"
    _hatch(root, pattern)
    for element in root.iter():
        for name in ("fill", "stroke"):
            colour = element.get(name, "")
            if colour in TOKENS:
                element.set(name, f"var(--{TOKENS[colour]}, {colour})")
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def png(spec: dict[str, Any]) -> bytes:
    """The chart as a PNG on white."""
    import vl_convert

    text = re.sub(r"var\(--[a-z-]+, (#[0-9a-f]{6})\)", r"\1", svg(spec))
    at = text.index(">") + 1
    return bytes(
        vl_convert.svg_to_png(f'{text[:at]}<rect width="100%" height="100%" fill="{CARD}"/>{text[at:]}', scale=SCALE)
    )


def _drawn(spec: dict[str, Any]) -> ElementTree.Element:
    """What vl-convert draws, without what a page has no use for."""
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing, not a file from outside
    size = {name: root.get(name, "0") for name in ("width", "height", "viewBox")}
    for element in root.iter():
        for name in [name for name in element.attrib if name not in KEPT]:
            del element.attrib[name]
    _bare(root)
    root.attrib.clear()
    root.attrib.update({"class": "picture", **size, "role": "img", "aria-label": str(spec.get("description", ""))})
    return root


def _bare(element: ElementTree.Element) -> None:
    """Drop shapes that draw nothing, and groups that hold nothing."""
    for child in list(element):
        _bare(child)
        tag = child.tag.rpartition("}")[2]
        empty = not len(child) and not (child.text or "").strip()
        invisible = tag == "path" and child.get("fill") in (None, "none") and child.get("stroke") is None
        invisible = invisible or child.get("fill") == "transparent"
        if (tag in ("g", "text", "defs") and empty) or invisible or (tag == "path" and not child.get("d")):
            element.remove(child)


def _hatch(root: ElementTree.Element, id: str) -> None:
    """Fill with lines from corner to corner what stands for "not covered" and for "incomplete"."""
    used = [colour for colour in HATCHED if any(each.get("fill") == colour for each in root.iter())]
    if not used:
        return
    definitions = ElementTree.Element(f"{{{SVG}}}defs")
    for index, colour in enumerate(used):
        name = f"{id}-{index}"
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
        pattern = ElementTree.SubElement(definitions, f"{{{SVG}}}pattern", {"id": name, **size})
        ElementTree.SubElement(
            pattern, f"{{{SVG}}}path", {"d": "M0 0V6", "stroke": HATCHED[colour], "stroke-width": "2"}
        )
        for element in root.iter():
            if element.get("fill") == colour:
                element.set("fill", f"url(#{name})")
    root.insert(0, definitions)
