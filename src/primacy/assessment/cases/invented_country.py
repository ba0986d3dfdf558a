"""A country for cases: four invented provinces, so that a case needs no boundaries of anybody."""

from primacy.places.areas import Area, Areas

COUNTRY = "XX"
CAPITAL = "XX01"


def country() -> Areas:
    """Four invented provinces in a row, west to east, with 40, 30, 20 and 10 % of the people."""
    codes = ["XX01", "XX02", "XX03", "XX04"]
    names = ["Morand", "Belwe", "Tasso", "Ouve"]
    areas = [Area(COUNTRY, 0, "", {"en": "Ostara"})]
    areas += [Area(code, 1, COUNTRY, {"en": name}) for code, name in zip(codes, names, strict=True)]
    areas += [Area("XX0101", 2, "XX01", {"en": "Upper Morand"}), Area("XX0102", 2, "XX01", {"en": "Lower Morand"})]
    beside = {"XX01": ["XX02"], "XX02": ["XX01", "XX03"], "XX03": ["XX02", "XX04"], "XX04": ["XX03"]}
    people = {"XX01": 400_000.0, "XX02": 300_000.0, "XX03": 200_000.0, "XX04": 100_000.0}
    return Areas(areas, people, beside)
