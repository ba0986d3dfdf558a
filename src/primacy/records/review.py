"""The way of a record: written, checked by a colleague, published by who heads a component. Pure.

What is published counts as evidence, and is seen beyond the component that wrote it. Who changes it begins again; until
that is published too, the evidence says what was published before, and it is as protected as it was (`protecting.py`).
What is recalled counts no more, is seen by its own component again, and is checked anew. Nobody checks or publishes
words of which they saved any; a change that was undone is none.
"""

from dataclasses import dataclass

WRITTEN, RETURNED, CHECKED, PUBLISHED, RECALLED = "written", "returned", "checked", "published", "recalled"

FORWARD = (CHECKED, PUBLISHED)  # where somebody must bring it who wrote none of the words
CHANGED = "changed a record"
UNDONE = "undid a change of a record"
WRITING = ("created a record", CHANGED, "restored a record")


@dataclass(frozen=True)
class Step:
    """From one state to another. `right`: of the table of rights; `reasoned`: not done without a reason."""

    name: str
    before: str
    right: str
    after: str
    deed: str
    reasoned: bool = False


STEPS = (
    Step("check", WRITTEN, "check", CHECKED, deed="checked a record"),
    Step("return", WRITTEN, "check", RETURNED, deed="sent a record back", reasoned=True),
    Step("publish", CHECKED, "publish", PUBLISHED, deed="published a record"),
    Step("uncheck", CHECKED, "check", WRITTEN, deed="took a check back"),
    Step("return", CHECKED, "publish", RETURNED, deed="sent a record back", reasoned=True),
    *(
        Step("recall", before, "publish", RECALLED, deed="recalled a record", reasoned=True)
        for before in (PUBLISHED, WRITTEN, RETURNED, CHECKED)  # of the others where earlier words are published
    ),
    Step("check", RECALLED, "check", CHECKED, deed="checked a record"),
)

TAKES_TO = {each.deed: each.after for each in STEPS if each.after in FORWARD}
TAKES_BACK = frozenset(each.deed for each in STEPS if each.after not in FORWARD)
REASONED = frozenset(each.deed for each in STEPS if each.reasoned)


def step(name: str, state: str) -> Step:
    """Raises LookupError where there is none of this name from this state."""
    found = next((each for each in STEPS if each.name == name and each.before == state), None)
    if found is None:
        raise LookupError(name)
    return found
