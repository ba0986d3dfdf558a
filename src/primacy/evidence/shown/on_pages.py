"""What is said to somebody at a terminal, as a page says it: with the page that does it instead of a command."""

from collections.abc import Mapping

from primacy.framework.saying import Said, Words

DRAFT = "evidence/page.draft"
INSTEAD: Mapping[str, str] = {
    "evidence/do.draft": DRAFT,
    "evidence/do.draft-for-it": DRAFT,
    "evidence/do.map": DRAFT,
    "evidence/do.map-or-template": DRAFT,
    "evidence/do.hxl-map": "evidence/page.hxl-map",
    "evidence/do.json-rows": "evidence/page.json-rows",
    "evidence/do.other-edition": "evidence/page.other-edition",
    "evidence/do.and-decide": "evidence/page.and-decide",
    "evidence/do.correct-or-decide": "evidence/page.correct-or-decide",
    "evidence/code-like": "evidence/page.code-like",
    "evidence/codes-like": "evidence/page.codes-like",
    "evidence/names-unsure": "evidence/page.names-unsure",
    "evidence/other-editions": "evidence/page.other-editions",
}
"""Key -> the one that pages use, with the same blanks or fewer."""


def on_page(words: Words) -> Words:
    """The same with all that is said inside it."""
    if not isinstance(words, Said):
        return words
    return Said(INSTEAD.get(words.key, words.key), tuple((name, _inside(value)) for name, value in words.values))


def _inside(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_inside, value))
    return on_page(value) if isinstance(value, Said) else value
