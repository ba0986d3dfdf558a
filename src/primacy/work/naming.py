"""Who is named in a text: `@name`, as people sign in. Pure."""

import re

NAMED = re.compile(r"(?<![\w@.+-])@([\w@.+-]*\w)")


def named_in(text: str) -> list[str]:
    """The names after an at sign, each once, in their order; an address such as `a@b.org` names nobody."""
    return list(dict.fromkeys(NAMED.findall(text)))


def without_names(text: str) -> str:
    """The text without them, to be looked at for what must not be kept."""
    return NAMED.sub("", text)
