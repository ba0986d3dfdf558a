"""For the facilitator of an exercise: each finding beside the truth, and what the decisions have truly changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from primacy.assessment.finding import Finding
from primacy.assessment.told.sentences import date_text, status_word
from primacy.exercise.deciding import Effect, effects
from primacy.exercise.game import Game
from primacy.exercise.ledger.making import make
from primacy.exercise.mission_file import mission_of
from primacy.exercise.true_rules import judged, of_code
from primacy.exercise.true_things import World
from primacy.exercise.world.scenario import Scenario, text_in
from primacy.framework import Framework
from primacy.framework.saying import ENGLISH, Said, said
from primacy.places.areas import Areas
from primacy.ui.wording import number_text

MOST_EFFECTS = 12
TRULY = {True: "holds", False: "does not hold", None: "does not arise"}
TRULY_SAID = {
    "holds": said("exercise/truly.holds"), "does not hold": said("exercise/truly.holds-not"),
    "does not arise": said("exercise/truly.arises-not"),
}  # fmt: skip
WRONG = said("exercise/truth.wrong")
CHANGES = {
    (True, True): Said("exercise/truth.more"), (True, False): Said("exercise/truth.fewer"),
    (False, True): Said("exercise/truth.higher"), (False, False): Said("exercise/truth.lower"),
}  # fmt: skip
"""By whether it is of events, and whether there is more of it."""
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
    return {"name": each.name, "what": _what(each.name).told(), "is": round(each.is_, 3),
            "without": round(each.without, 3), "events": each.events, "meant": each.meant}  # fmt: skip


def _what(name: str) -> Said:
    """A variable of the world or an event in words."""
    return Said(f"exercise/what.{name}")


def lines(beside: Mapping[str, Any], scenario: Scenario, language: str = ENGLISH) -> Iterator[str]:
    """The same for people. It gives the truth away, and the story: for facilitators alone."""
    title, about = (text_in(each, language) for each in (scenario.title, scenario.about))
    day = date_text(beside["today"], language)
    yield said("exercise/truth.head", day=day, title=title, about=about).told(language)
    for each in beside["findings"]:
        mark = f"  {WRONG.told(language)}" if each["wrong"] else ""
        truly = TRULY_SAID[each["truly"]].told(language)
        yield f"{each['benchmark']:<6} {status_word(each['status'], language):<22} {truly}{mark}"
    if not beside["decisions"]:
        yield said("exercise/truth.none").told(language)
        return
    yield said("exercise/truth.changed").told(language)
    for each in beside["decisions"]:
        yield said(
            "exercise/truth.decision", decision=each["decision"], since=date_text(each["since"], language),
            months=each["months"],
        ).told(language)  # fmt: skip
        yield from (f"  {_moved(one, language)}" for one in each["effects"])


def _moved(each: Mapping[str, Any], language: str) -> str:
    """One effect in words and numbers."""
    digits, nothing = (0, 0.5) if each["events"] else (3, 0.0005)
    apart = each["is"] - each["without"]
    if abs(apart) < nothing:
        change = said("exercise/truth.as-many" if each["events"] else "exercise/truth.no-change")
    else:
        change = CHANGES[each["events"], apart > 0].filled(apart=number_text(abs(apart), digits, language))
    is_, without = (number_text(each[name], digits, language) for name in ("is", "without"))
    told = said("exercise/truth.events" if each["events"] else "exercise/truth.level").filled(
        what=_what(each["name"]), is_=is_, without=without, change=change
    )
    return f"{'* ' if each['meant'] else '  '}{told.told(language)}"
