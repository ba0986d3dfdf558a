"""What is said to somebody at a terminal, as a page says it: with the page that does it instead of a command."""

from collections.abc import Mapping

from primacy.evidence.errors import BadInput
from primacy.framework.saying import Said, Words, told

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
    "evidence/codes-like": "evidence/page.codes-like",
    "evidence/names-unsure": "evidence/page.names-unsure",
    "evidence/other-editions": "evidence/page.other-editions",
    "evidence/do.hxl-draft": DRAFT,
    "evidence/do.write-design": "evidence/page.write-design",
    "evidence/do.list-datasets": "evidence/page.list-datasets",
    "evidence/do.withdraw-first": "evidence/page.withdraw-first",
    "evidence/do.if-less": "evidence/page.if-less",
    "evidence/do.name-mapping": "evidence/page.choose-mapping",
    "evidence/do.leave-format": "evidence/page.leave-format",
    "evidence/do.leave-format-or": "evidence/page.leave-format-or",
    "evidence/do.correct-known": "evidence/page.correct-known",
    "evidence/do.in-order": "evidence/page.in-order",
    "evidence/do.name-new-log": "evidence/page.name-new-log",
    "evidence/do.name-it-so": "evidence/page.name-it-so",
    "evidence/do.without-name": "evidence/page.without-name",
    "evidence/do.name-other-list": "evidence/page.name-other-list",
    "evidence/do.name-country-or": "evidence/page.check-country",
    "evidence/do.aid-projects": "evidence/page.aid-projects",
    "evidence/could-also-be": "evidence/page.could-also-be",
    "evidence/one-country-of-several": "evidence/page.one-country-of-several",
    "evidence/types-unread": "evidence/page.types-unread",
    "places/do.candidates": "places/page.candidates",
    "places/do.code-like": "places/page.code-like",
    "places/do.name-country": "places/page.add-country",
    "places/do.which-country": "places/page.one-country",
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


def told_on_page(error: BadInput, language: str) -> str:
    """The paragraph about a file, or about what else was refused, as a page says it."""
    return " ".join(told(on_page(each), language) for each in error.sayings)


def for_pages(error: BadInput) -> BadInput:
    """The same error, as whoever sees it on a page is told of it."""
    return BadInput(on_page(error.what), on_page(error.where), on_page(error.remedy), error.faults)
