"""Categories of data points as people call them, step by step; what no table has stays as its source writes it."""

from primacy.evidence.kinds import KINDS
from primacy.framework.languages import named, room_templates, words
from primacy.framework.saying import ENGLISH, isolated

BELOW = " › "  # turns round by itself in a line that runs from right to left


def category_words(path: str, language: str, kind: str = "") -> str:
    """A path as people read it, `violence/one-sided` as `violence › attacks on civilians`.

    kind   the kind that stands beside it and is not said again; empty for a path that stands alone
    """
    steps = path.removeprefix(f"{kind}/").split("/") if path != kind else []
    told = [_word(step, above, language) for above, step in zip(["", *steps], steps, strict=False)]
    if kind and len(told) > 1 and told[0] == named(language, "kinds", kind):
        told = told[1:]
    return BELOW.join(told)


def _word(step: str, above: str, language: str) -> str:
    for key in (f"category.{above}/{step}", f"category.{step}"):
        for table in (room_templates("evidence", language), room_templates("evidence", ENGLISH)):
            if key in table:
                return table[key]
    return named(language, "kinds", step) if step in KINDS else isolated(step, language)


def topic_words(topic: str, language: str) -> str:
    """A topic as people call it: the kind, then the category below it."""
    kind, _slash, path = topic.partition("/")
    word = named(language, "kinds", kind)
    return f"{word}{words(language, 'colon')}{category_words(path, language, kind)}" if path else word


def group_words(group: str, language: str) -> str:
    """A group of people by its word, `sex=f` as women; several joined as a list, what no table has as it is written."""
    known = words(language, "members")
    said = (str(known.get(each, each.partition("=")[2])) for each in group.split(";") if each)
    return str(words(language, "list_comma")).join(said)


def with_identifier(told: str, written: str) -> str:
    """Words with what mappings, commands and scripts write for them beside, where that is something else."""
    return told if told == written else f"{told} ({written})"
