"""For the facilitator of an exercise: each finding beside the truth, and what the decisions have truly changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from primacy.assessment.finding import Finding
from primacy.exercise.deciding import Effect, effects
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
    decisions = [
        {"decision": plan.named, "since": game.first_day(plan.from_).isoformat(), "months": game.months - plan.from_,
         "effects": [_plain(each) for each in moved[:MOST_EFFECTS]]}
        for plan, moved in effects(game)
    ]  # fmt: skip
    return {"today": game.today.isoformat(), "findings": told, "decisions": decisions}


def _plain(each: Effect) -> dict[str, Any]:
    return {"what": each.what, "is": round(each.is_, 3), "without": round(each.without, 3), "events": each.events,
            "meant": each.meant}  # fmt: skip


def lines(beside: Mapping[str, Any]) -> Iterator[str]:
    """The same for people. It gives the truth away: for facilitators alone."""
    yield f"The truth on {beside['today']}, which a team must not see:"
    for each in beside["findings"]:
        mark = "  <- wrong" if each["wrong"] else ""
        yield f"{each['benchmark']:<6} {each['status']:<22} {each['truly']}{mark}"
    if not beside["decisions"]:
        yield "No decision has had an effect yet."
        return
    yield "What each decision has truly changed, beside the same history without it and with the same luck:"
    for each in beside["decisions"]:
        yield f"{each['decision']}, in force since {each['since']} ({_months(each['months'])}); * what it is meant for"
        yield from (f"  {_moved(one)}" for one in each["effects"])


def _moved(each: Mapping[str, Any]) -> str:
    """One effect in words and numbers."""
    mark = "* " if each["meant"] else "  "
    apart = each["is"] - each["without"]
    if each["events"]:
        change = "as many" if not apart else f"{abs(apart):.0f} {'more' if apart > 0 else 'fewer'}"
        return f"{mark}{each['what']} since then: {each['is']:.0f}, without it {each['without']:.0f} ({change})"
    change = "no change" if abs(apart) < 0.0005 else f"{'higher' if apart > 0 else 'lower'} by {abs(apart):.3f}"
    return f"{mark}{each['what']}, from 0 to 1: {each['is']:.3f}, without it {each['without']:.3f} ({change})"


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"
