"""What a page kept for a meeting holds besides its assessment: all that would move otherwise, as plain data.

The findings never change once they are stored. What the page says of them does: the political line of the mission
file, the comparison with the assessment before, whether the leadership's views are due and differ.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from primacy.assessment.finding_json import as_tree, phrase_of
from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change
from primacy.framework import Mission

Tree = dict[str, Any]
OF_MISSION = {"country", "name", "mandate", "political_line", "core", "components"}


@dataclass(frozen=True)
class Seen:
    """The page as it stood. `due` and `differs`: benchmarks whose view was due, or other than what was computed.

    since   the ISO day of the assessment that `changes` compares with, None where there is none of an earlier day
    first   whether no assessment was stored before
    """

    mission: Mission
    changes: tuple[Change, ...]
    due: frozenset[str]
    differs: frozenset[str]
    since: str | None
    first: bool

    def as_dict(self) -> Tree:
        return {
            "mission": self.mission.model_dump(mode="json", by_alias=True, include=OF_MISSION),
            "changes": [as_tree(each) for each in self.changes],
            "due": sorted(self.due),
            "differs": sorted(self.differs),
            "since": self.since,
            "first": self.first,
        }


def seen_of(tree: Tree) -> Seen:
    """The way back from `as_dict`."""
    return Seen(
        Mission.model_validate(tree["mission"]), tuple(_change(each) for each in tree["changes"]),
        frozenset(tree["due"]), frozenset(tree["differs"]), tree["since"], tree["first"],
    )  # fmt: skip


def _change(tree: Tree) -> Change:
    before, after = tree["probability"]
    parts = tuple(Contribution(**each) for each in tree["contributions"])
    said = phrase_of(tree["sentence"])
    return Change(**{**tree, "sentence": said, "probability": (before, after), "contributions": parts})


def open_to(changes: Sequence[Change], hidden: Collection[str]) -> list[Change]:
    """Nothing of a benchmark on which the reader's own view comes first."""
    return [each for each in changes if each.benchmark not in hidden]
