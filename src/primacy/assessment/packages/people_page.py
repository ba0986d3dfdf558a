"""The page for people in a package, rendered when it is written and again when it is checked.

All that the page says comes from what the package computes and carries, save four things, which `about.json` names:
the key that it says it was signed with, the code whose words it uses, what a mission words or translates itself, and in
which languages nobody has confirmed all of the translation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from primacy import __version__
from primacy.assessment.assessing import Assessment
from primacy.assessment.inputs import Inputs
from primacy.assessment.packages.sheet import Sheet
from primacy.assessment.views import View
from primacy.framework import Framework, load
from primacy.framework.translations import apart, held, unreviewed

PAGE = "index.html"
SAME, OTHER, OTHER_CODE = "same", "other", "other code"
Tree = dict[str, Any]


@dataclass(frozen=True)
class PageCheck:
    """Whether the page says what its package computes: `same`, `other`, or not to be said because `other code` wrote
    it. `own`: how many words on it are the mission's own, which nothing computes."""

    state: str = SAME
    own: int = 0


UNCHANGED = PageCheck()


def with_texts(framework: Framework, own: Mapping[str, Mapping[str, Tree]]) -> Framework:
    """A framework of a package, with the shipped translations where the English is the same, and with its own."""
    return replace(framework, texts=held(framework, load(), own))


def own_texts(framework: Framework, languages: Sequence[str]) -> dict[str, dict[str, Tree]]:
    """What the mission itself words or translates, by language: what no reader of the package has otherwise."""
    bare = with_texts(framework, {})
    found = {code: apart(framework.texts.get(code, {}), bare.texts.get(code, {})) for code in languages}
    return {code: texts for code, texts in found.items() if texts}


def waiting(framework: Framework, languages: Sequence[str]) -> list[str]:
    """The languages in which something may be shown that nobody has read and confirmed."""
    return [code for code in languages if unreviewed(framework, code)]


def page_of(
    inputs: Inputs, assessment: Assessment, views: Sequence[View], hash: str, key: str | None,
    unconfirmed: Sequence[str] = (),
) -> str:  # fmt: skip
    """The page, by the texts of the framework of `inputs`. `hash`: of package.json; `unconfirmed`: languages."""
    given = inputs.framework, inputs.mission, inputs.areas, assessment, inputs.level, hash, key, views
    return Sheet(*given, unconfirmed).html()


def checked_page(
    page: str, inputs: Inputs, assessment: Assessment, views: Sequence[View], hash: str, about: Mapping[str, Any]
) -> PageCheck:  # fmt: skip
    """Compare a page with what the findings of its package give. `about` is the content of about.json."""
    own = about.get("texts", {})
    worded = replace(inputs, framework=with_texts(inputs.framework, own))
    words = sum(len(texts) for texts in own.values())
    if page == page_of(worded, assessment, views, hash, about.get("key"), about.get("unreviewed", ())):
        return PageCheck(SAME, words)
    mine = about.get("code") == __version__ and about.get("standard") == load().hash
    return PageCheck(OTHER if mine else OTHER_CODE, words)
