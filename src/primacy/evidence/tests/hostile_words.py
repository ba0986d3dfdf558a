"""What hostile or unlucky cells, names and attributes hold."""

from random import Random

WORDS = (
    "", " ", "\t", "x", "None", "NULL", "nan", "NaN", "inf", "-inf", "Infinity", "true", "{}", "[]", "\\", "\\N", "/", "'",
    # formulae of spreadsheets, and what shells, templates and pages would run
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", " =1+1", "＝1+1", "=HYPERLINK(\"http://x\",\"y\")",
    "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "%s%n", "'; DROP TABLE x; --", "../../etc/passwd", "file:///etc/passwd",
    # letters that are not seen, turn the direction of text, or control a terminal
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1a", "\x1b[31mred", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b",
    "\u200fx", "\u202egnp.exe", "\u2066x\u2069", "\u061c1", "\ufffe", "\U0001f600", "\U000e0041", "e" + "\u0301" * 200, "ß", "İ", "ﷺ",
    # numbers
    "0", "-0", "-1", "0.5", ".5", "5.", "1e5", "1e999", "-1e999", "1e-999", "1e308", "-1e308", "1e18", "1.7976931348623157e308",
    "0x1F", "1_000", "1,234", "1.234", "1.234,5", "1,234.5", "1 234", "1'234", "١٢٣", "٣٫٥", "²", "½", "1/2", "45 %", "145%", "--1", "+-1",
    "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999", "0." + "3" * 400, "9" * 400, "1e", "e1",
    # places: in the sea, on no globe, unknown
    "91", "-91", "180.1", "-180.1", "1e9", "0,0", "XX999", "ZZ", "ZZZ", "CAF", "XX", "XX11", "Nowhere", "District 1|District 2",
    # days
    "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "9999-99-99", "10000-01-01", "2024-02-30", "2024-13-01", "2024-5-1",
    "2031-01-01", "2199-12-31", "2200-01-01", "1899-12-31", "31/12/2024", "12/31/2024", "03/04/2024", "31.12.24", "12/30/88",
    "44926", "60", "2024", "2024-Q1", "May 2024", "31 December 2022", "32 December 2022", "2024-05-01T25:61", "2024-05-01 10:00",
    "-2024-05-01", "٢٠٢٤-٠٥-٠١", "2024-05-01/2024-05-02", "1700000000", "99999999999", "-1700000000", "1e12",
    # what parts fields and lines
    ",", ";", "|", "a,b;c\td|e", "a\nb", "a\r\nb", "a\rb", "\n", "\n\n\n", '"', '""', '"a', 'a"b', "#", "#adm1+code", "# coverage: x; y",
    "sep=;", "a|b|c", "a;b;c=d;=e;;", "sex=f;sex=m", "=;=", "violence/one-sided", "//", "a/b/c/d/e/f/g/h", "adopted", "B2", "G9",
)  # fmt: skip
LONG = (
    "A" * 300,
    "é" * 5_000,
    "9" * 5_000,
    "a b " * 5_000,
    "[" * 5_000,
    "=" * 1_000,
    "(" * 2_000 + "a" * 2_000,
    "\u202e" * 1_000,
    "Ab " * 5_000,
    "(Ab Cd " * 2_000,
    "forces of " * 2_000,
    "1," * 5_000,
    "1 " * 5_000,
    "Supporters of " * 1_000,
)


def word(random: Random) -> str:
    """One of them, now and then a long one, or letters from anywhere in Unicode."""
    choice = random.random()
    if choice < 0.85:
        return random.choice(WORDS)
    if choice < 0.93:
        return random.choice(LONG)
    letters = [random.randrange(0x20, 0x3000) for _ in range(random.randrange(1, 12))]
    return "".join(map(chr, letters))
