"""What a team is told between two turns of an exercise."""

from collections.abc import Iterator, Mapping, Sequence

from primacy.assessment.finding import Finding
from primacy.exercise.deciding import in_force, options
from primacy.exercise.game import Game
from primacy.exercise.world.state import TASKS


def changed(before: Sequence[Finding], after: Sequence[Finding]) -> list[dict[str, str]]:
    """Findings whose status is another now."""
    was = {each.benchmark: each.status for each in before}
    return [
        {"benchmark": each.benchmark, "from": was[each.benchmark], "to": each.status}
        for each in after
        if was.get(each.benchmark, each.status) != each.status
    ]


def told(game: Game, changes: Sequence[dict[str, str]], titles: Mapping[str, str]) -> Iterator[str]:
    """What a team reads after a turn. `titles` by benchmark."""
    yield f"It is {game.today:%d %B %Y}. {len(changes)} findings have another status:"
    for each in changes:
        yield f"{each['benchmark']:<6} {each['from']} -> {each['to']}  {titles[each['benchmark']]}"
    yield "`primacy explain ID` says why, `primacy compare` what caused it, `primacy exercise decide` what can be done."


def doing(game: Game) -> dict[str, object]:
    """What the mission does now, and every decision taken, as plain data."""
    plan = in_force(game)
    return {
        "today": game.today.isoformat(),
        "tasks": {task: plan.tasks.get(task, 0.0) for task in TASKS},
        "decisions": [{"month": each.from_, "decision": each.named} for each in game.decisions],
        "options": list(options()),
    }


def decisions_told(game: Game) -> Iterator[str]:
    plan = in_force(game)
    yield f"It is {game.today:%d %B %Y}. Of its strength the mission puts into"
    for task in sorted(TASKS, key=lambda each: -plan.tasks.get(each, 0.0)):
        yield f"  {task:<20} {100 * plan.tasks.get(task, 0.0) / plan.whole:3.0f} %"
    yield "What can be decided:"
    for name, option in options().items():
        yield f"  {name:<22} {option.about['en']}"
