"""The remarks of a draft told in another language than the one it was drafted in.

A draft is a file that people read, copy and correct, so its remarks stand in it as sentences. Each was made from a
template; from the sentence the template and what fills it are found again, whichever language it is in. A remark that
somebody wrote or changed by hand fits none and stays as it is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from primacy.framework.languages import codes, room_templates, words
from primacy.framework.saying import CLOSED, OPENED, Said, Words, said

ROOM = "evidence"
OF_DRAFTS = re.compile(r"draft\.|days-|days-first|months-first")
JOINED = "draft.whys"  # two remarks, one after the other: it would fit every remark that has its mark in it
BLANK = re.compile(r"\{(\w+)\}")
REMARK = re.compile(r"^(?P<before>\s*|[^#\n]*\s{2})# (?P<said>.+)$")
FEWEST = 3  # letters of its own: a template of less would fit what it did not make
LISTS = ("types", "columns", "names")
LONGEST = 400  # letters of a remark


@lru_cache(maxsize=1)
def _templates() -> list[tuple[str, re.Pattern[str]]]:
    """(key, what fits it) of each template of drafts in each language, those with most words of their own first."""
    found: list[tuple[int, str, re.Pattern[str]]] = []
    for language in codes():
        for key, template in room_templates(ROOM, language).items():
            own = BLANK.sub("", template)
            if OF_DRAFTS.match(key) and key != JOINED and len(own.strip()) >= FEWEST:
                found.append((len(own), key, _pattern(" ".join(template.split()))))
    return [(key, pattern) for _, key, pattern in sorted(found, key=lambda each: -each[0])]


def _pattern(template: str) -> re.Pattern[str]:
    parts = BLANK.split(template)  # words, name of a blank, words, ...
    seen: set[str] = set()
    pattern = ""
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pattern += re.escape(part.replace("{{", "{").replace("}}", "}"))
        else:
            pattern += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(pattern)


def remark_said(text: str) -> Words:
    """A remark before it had a language; the text itself where no template made it."""
    plain = " ".join(text.replace(OPENED, "").replace(CLOSED, "").split())
    if len(plain) > LONGEST:
        return text
    for key, pattern in _templates():
        if (match := pattern.fullmatch(plain)) is not None:
            return said(f"{ROOM}/{key}", **{name: _filling(name, value) for name, value in match.groupdict().items()})
    return _parted(plain) or text


def _filling(name: str, written: str) -> Words | tuple[str, ...]:
    """What filled a blank: a list of names, which each language parts by its own comma, a remark, or a text."""
    if name in LISTS:
        commas = (re.escape(str(words(language, "list_comma"))) for language in codes())
        return tuple(re.split("|".join(commas), written))
    return remark_said(written)


def _parted(text: str) -> Said | None:
    """Two remarks one after the other; None where either is no remark of a draft."""
    for language in codes():
        between = BLANK.split(room_templates(ROOM, language)[JOINED])[2]
        first, mark, then = text.partition(" ".join(["", *between.split(), ""]) if between[0].isspace() else between)
        if mark:
            parts = remark_said(first), remark_said(then)
            if all(isinstance(each, Said) for each in parts):
                return said(f"{ROOM}/{JOINED}", first=parts[0], then=parts[1])
    return None


def retold(text: str, language: str) -> str:
    """A draft with every remark of it in a language."""
    return "\n".join(_lines(text, language))


def _lines(text: str, language: str) -> Iterator[str]:
    for line in text.split("\n"):
        match = REMARK.match(line)
        found = remark_said(match["said"]) if match else ""
        if match and isinstance(found, Said):
            told = found.told(language).replace(OPENED, "").replace(CLOSED, "")
            yield f"{match['before']}# {' '.join(told.split())}"
        else:
            yield line
