"""The one theme of all charts: colours of the light style sheet, each with the custom property that carries it.

A specification holds plain colours, so that whoever takes it elsewhere sees what we see. In a page the same colours
become `var(--token, colour)`: dark and print sets of the style sheet follow by themselves.
"""

from typing import Any

INK, SOFT, LINE, CARD = "#17202a", "#566273", "#dfe4ea", "#ffffff"
BAR, NOW, NOW_TEXT, ASKED, HATCH = "#9fb2c3", "#c98a1b", "#8a5a06", "#0b5c8a", "#b9c0c9"
TOKENS = {
    INK: "ink",
    SOFT: "soft",
    LINE: "line",
    CARD: "card",
    BAR: "bar",
    NOW: "bar-now",
    NOW_TEXT: "now-text",
    ASKED: "accent",
    HATCH: "hatch",
}
# Fillings that no specification can say: drawn as lines from corner to corner by `rendering`.
NOT_COVERED, INCOMPLETE = "#e9ecef", "#e4c58e"
HATCHED = {NOT_COVERED: HATCH, INCOMPLETE: NOW}
FONT = "Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif"
SIZE = 12
LETTER = 6.7  # width of a letter at that size, rather too wide than too narrow

CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "background": "transparent",
    "aria": False,
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "title": None,
    },
    "axisY": {"grid": True, "gridColor": LINE},
    "text": {"fontSize": SIZE, "baseline": "middle", "align": "left"},
}
