"""What a team is told between two turns of an exercise, in its language."""

from collections.abc import Collection, Iterator, Sequence

from primacy.assessment.finding import Finding
from primacy.assessment.told.sentences import date_text, percent_text, status_word
from primacy.exercise.deciding import in_force, options
from primacy.exercise.game import Game
from primacy.exercise.world.scenario import text_in
from primacy.exercise.world.state import TASKS
from primacy.framework import Framework
from primacy.framework.saying import ENGLISH, Said, isolated, said


def changed(before: Sequence[Finding], after: Sequence[Finding], hidden: Collection[str]) -> list[dict[str, str]]:
    """Findings whose status is another now. Nothing of those that are `hidden`: the leadership's own view comes first,
    and whoever reads the terminal reads it with the leadership."""
    was = {each.benchmark: each.status for each in before}
    return [
        {"benchmark": each.benchmark, "from": was[each.benchmark], "to": each.status}
        for each in after
        if each.benchmark not in hidden and was.get(each.benchmark, each.status) != each.status
    ]


def told(
    game: Game, changes: Sequence[dict[str, str]], hidden: Collection[str], framework: Framework,
    language: str = ENGLISH,
) -> Iterator[str]:  # fmt: skip
    """What a team reads after a turn."""
    yield said("exercise/turn.day", day=_today(game, language), count=len(changes)).told(language)
    for each in changes:
        before, now = (status_word(each[name], language) for name in ("from", "to"))
        title = framework.text(each["benchmark"], "title", language)[0]
        words = said("exercise/turn.changed", before=before, now=now, title=title)
        yield f"{each['benchmark']:<6} {words.told(language)}"
    yield from waiting(hidden, framework, language)
    yield said("exercise/turn.hints").told(language)


def waiting(hidden: Collection[str], framework: Framework, language: str = ENGLISH) -> Iterator[str]:
    """Of which benchmarks nothing is told yet, in the framework's order; nothing where no view is due."""
    if ids := [id for id in framework.benchmarks if id in hidden]:
        yield said("exercise/turn.waits", ids=ids).told(language)


def doing(game: Game) -> dict[str, object]:
    """What the mission does now, and every decision taken, as plain data."""
    plan = in_force(game)
    return {
        "today": game.today.isoformat(),
        "tasks": {task: plan.tasks.get(task, 0.0) for task in TASKS},
        "decisions": [{"month": each.from_, "decision": each.named} for each in game.decisions],
        "options": list(options()),
    }


def decisions_told(game: Game, language: str = ENGLISH) -> Iterator[str]:
    plan = in_force(game)
    yield said("exercise/doing.day", day=_today(game, language)).told(language)
    for task in sorted(TASKS, key=lambda each: -plan.tasks.get(each, 0.0)):
        share = percent_text(plan.tasks.get(task, 0.0) / plan.whole, language)
        yield f"  {Said(f'exercise/task.{task}').told(language):<26} {share:>6}"
    yield said("exercise/doing.options").told(language)
    for name, option in options().items():
        yield f"  {isolated(name, language):<22} {text_in(option.about, language)}"


def decided_told(game: Game, name: str, language: str = ENGLISH) -> str:
    month = date_text(game.today.isoformat(), language, form="month")
    return said("exercise/decided", name=name, month=month).told(language)


def now_told(game: Game, language: str = ENGLISH) -> str:
    """What day it is in an exercise that has begun."""
    return said("exercise/it-is", day=_today(game, language)).told(language)


def _today(game: Game, language: str) -> str:
    return date_text(game.today.isoformat(), language)
