"""For the facilitator of an exercise: each finding beside the truth, and what the decisions have changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from primacy.assessment.finding import Finding
from primacy.exercise.deciding import effects
from primacy.exercise.game import Game
from primacy.exercise.ledger.making import make
from primacy.exercise.mission_file import mission_of
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.framework import Framework
from primacy.places.areas import Areas

MOST_EFFECTS = 12
TRULY = {True: "holds", False: "does not hold", None: "does not arise"}
SAYS = {"met": True, "not met": False, "reversed": False}


def beside_the_truth(game: Game, findings: Sequence[Finding], framework: Framework, areas: Areas) -> Mapping[str, Any]:
    """As plain data: each benchmark with its status and whether it truly holds, and the effects of the decisions."""
    history = game.history()
    truth, _made = make(history)
    world = World(truth, framework, mission_of(history, game.months), areas)
    told = []
    for each in findings:
        holds = of_code(int(judged(world, each.benchmark).course[game.months - 1]))
        wrong = holds is not None and SAYS.get(each.status, holds) != holds
        told.append({"benchmark": each.benchmark, "status": each.status, "truly": TRULY[holds], "wrong": wrong})
    moved = [
        {"variable": each.variable, "is": round(each.is_, 3), "without": round(each.without, 3)}
        for each in effects(game)[:MOST_EFFECTS]
    ]
    return {"today": game.today.isoformat(), "findings": told, "effects": moved}


def lines(beside: Mapping[str, Any]) -> Iterator[str]:
    """The same for people. It gives the truth away: for facilitators alone."""
    yield f"The truth on {beside['today']}, which a team must not see:"
    for each in beside["findings"]:
        mark = "  <- wrong" if each["wrong"] else ""
        yield f"{each['benchmark']:<6} {each['status']:<22} {each['truly']}{mark}"
    if not beside["effects"]:
        yield "No decision has had an effect yet."
        return
    yield "What the decisions have changed, of numbers between 0 and 1 (now, and what it would be without them):"
    for each in beside["effects"]:
        yield f"  {each['variable']:<26} {each['is']:.3f}   {each['without']:.3f}"
