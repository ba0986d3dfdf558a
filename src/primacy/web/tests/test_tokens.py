"""Colours in the light, the dark and the printed set: readable for people who see little contrast."""

import re

import pytest

from primacy.web import tokens

SETS = tokens.sets()
STATUSES = ("met", "progressing", "no-clear-change", "not-met", "reversed", "insufficient", "faint", "soft")
GROUNDS = ("paper", "card")
TEXTS = (("ink", GROUNDS), ("soft", GROUNDS), ("faint", GROUNDS), ("accent", GROUNDS), ("on-accent", ("accent",)),
         ("on-banner", ("banner",)), ("now-text", GROUNDS), ("ink", ("warn", "bad", "accent-soft")))  # fmt: skip


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("status", STATUSES)
def test_a_mark_stands_out_from_its_ground_by_three_to_one(name, status):
    found = SETS[name]
    assert min(contrast(found[status], found[ground]) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("text", "grounds"), TEXTS)
def test_text_stands_out_from_its_ground_by_four_and_a_half_to_one(name, text, grounds):
    found = SETS[name]
    assert min(contrast(found[text], found[ground]) for ground in grounds) >= 4.5


def test_what_is_printed_has_no_hue():
    printed = [value for value in SETS["print"].values() if value.startswith("#")]
    own = re.search(tokens.SETS["print"], tokens.SHEET.read_text(encoding="utf-8"), re.DOTALL)
    assert own is not None
    told = dict(re.findall(r"--([\w-]+):\s*(#\w+);", own[1]))
    assert printed
    assert [
        name
        for name, value in told.items()
        if len(set(re.findall("..", value[1:]) if len(value) == 7 else value[1:])) > 1
    ] == []


def test_every_colour_that_a_sheet_uses_is_a_token():
    """A sheet that wrote a colour of its own would keep it in the dark and on paper."""
    literal = re.compile(r"(?<![\w-])#[0-9a-fA-F]{3,8}\b|\brgb\(")
    found = {}
    for sheet in tokens.SHEET.parent.glob("*.css"):
        if sheet.name != tokens.SHEET.name:
            text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
            found[sheet.name] = literal.findall(text)
    assert {name: own for name, own in found.items() if own} == {}


def test_every_token_that_a_sheet_names_is_declared():
    named = {
        token
        for sheet in tokens.SHEET.parent.glob("*.css")
        for token in re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    assert named - set(SETS["light"]) == set()
