"""Playing: an exercise begins, time passes, a decision is taken. Evidence comes in by the ordinary importers."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from primacy.evidence import Store
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.mission_country import NOT_YET_SAID
from primacy.evidence.bringing.summary import Provenance
from primacy.evidence.errors import BadInput
from primacy.evidence.store.numbered_days import first_day, month_index
from primacy.exercise.country.country import country
from primacy.exercise.country.writing import CITATION, LICENCE, OFFICE, write_boundaries, write_population
from primacy.exercise.deciding import decided, options
from primacy.exercise.game import Game
from primacy.exercise.ledger.making import make_each
from primacy.exercise.mission_file import OBJECTIVES, mission, own_benchmarks
from primacy.exercise.observation.observing import observe
from primacy.exercise.observation.sheets import Batch, told_since
from primacy.exercise.observation.tables import write_release
from primacy.exercise.world.simulating import History
from primacy.framework import Instance, read_mission
from primacy.framework.saying import ENGLISH, Said, said

Say = Callable[[Said], None]
BY = "exercise"
ALREADY = said("exercise/here-already")
MOVING = ("renewal", "reports")
NEXT = ("next", "next_on")
OF_STAGES: dict[str, list[Any]] = {"stage": list(OBJECTIVES), "objectives": list(OBJECTIVES.values())}


def begin(instance: Instance, game: Game, *, say: Say, language: str = ENGLISH) -> None:
    """Give an empty instance the country, its evidence until today, and an assessment. `language` is that of `say`.

    What an exercise that was broken off left here makes room: the file of an exercise comes last, and all evidence is
    of its own importing.

    Raises   BadInput where the instance belongs to another country or holds evidence already.
    """
    land = country(game.seed, game.scale)
    if read_mission(instance.mission_file).country not in (NOT_YET_SAID, land.code):
        raise BadInput(said("exercise/other-country"), instance.mission_file.name, said("exercise/do.new-folder"))
    versions = Store(instance.evidence).versions()
    if any(each.imported_by != BY for each in versions):
        raise BadInput(said("exercise/holds-evidence"), str(instance.folder), said("exercise/do.new-folder"))
    if versions:
        say(said("exercise/begins-again"))
        _clear(instance)
    say(said("exercise/invented", country=land.names.get(language, land.names[ENGLISH])))
    with tempfile.TemporaryDirectory() as scratch:
        places = [write_boundaries(land, Path(scratch)), write_population(land, Path(scratch), game.first.year)]
        # Their form is a real one, by which the importers know them; nobody real has anything to do with the figures.
        invented = Provenance(OFFICE, LICENCE, CITATION)
        import_files(
            places, instance=instance, known=_morning(game.first), now=game.reported, imported_by=BY,
            provenance=invented,
        )  # fmt: skip
    history, lines = _seen(game)
    _write_mission(instance, game, history)
    _release(instance, game, history, lines, since=0)
    _keep(instance, game)
    say(said("exercise/evidence-in", months=game.months))


def _clear(instance: Instance) -> None:
    """The list of the evidence goes after all that it lists: broken off in between, its files would be taken for those
    of a store that lost its list."""
    for folder in (*filter(Path.is_dir, instance.evidence.iterdir()), instance.evidence, instance.places):
        shutil.rmtree(folder)
    for folder in (instance.evidence, instance.places):
        folder.mkdir(mode=0o700)


def read_game(instance: Instance) -> Game:
    """Raises BadInput where the instance is no exercise."""
    path = instance.exercise_file
    if not path.is_file():
        raise BadInput(said("exercise/no-exercise"), str(instance.folder), said("exercise/do.begin"))
    return Game.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))


def advance(instance: Instance, months: int) -> Game:
    """Time passes, also past the day of the clock; what became known in it is imported, month by month: what is broken
    off ends with a whole month."""
    game = read_game(instance)
    later = game.model_copy(update={"months": game.months + months})
    history, seen = _seen(later)
    lines = list(seen)
    for month in range(game.months, later.months):
        passed = later.model_copy(update={"months": month + 1})
        _release(instance, passed, history, lines, since=month)
        _keep(instance, passed)
        _date_mission(instance, passed, history)
    return later


def decide(instance: Instance, name: str) -> Game:
    """A decision is taken; it counts from the next month on. Raises BadInput where there is no such decision."""
    game = read_game(instance)
    if name not in options():
        raise BadInput(said("exercise/no-decision", name=name), "", said("exercise/do.choose", names=list(options())))
    later = decided(game, name)
    _keep(instance, later)
    return later


def _seen(game: Game) -> tuple[History, Iterator[Batch]]:
    """The history so far, and all that producers wrote down of it or will."""
    history = game.history()
    return history, observe(history, make_each(history))


def _release(instance: Instance, game: Game, history: History, seen: Iterable[Batch], *, since: int) -> None:
    """Import what became known of and in the months from `since` on, until the last that has passed in `game`."""
    before = game.model_copy(update={"months": since})
    until, already = (game.today, game.told), (before.today, before.told) if since else None
    lines = (told_since(already, batch, until) for batch in seen)
    covered = (first_day(month_index(game.first) + since), game.today)
    with tempfile.TemporaryDirectory() as scratch:
        files = write_release(Path(scratch), lines, history.country, covered=covered)
        import_files(files, instance=instance, now=game.reported, imported_by=BY)


def _write_mission(instance: Instance, game: Game, history: History) -> None:
    for name, text in own_benchmarks(history):
        path = instance.overlay / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.write_text(text, "utf-8")
    head = f"# {history.country.names['en']} is invented: no such country, party or person exists. For practice only.\n"
    _put(instance.mission_file, head, mission(history, game.months))


def _date_mission(instance: Instance, game: Game, history: History) -> None:
    """What follows one another in the mission file as time passes: its dates, the stage and its objectives. What a team
    wrote into it stays, a next milestone of its own until its day.
    """
    standing = yaml.load(instance.mission_file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    fresh = mission(history, game.months)
    standing["practice_day"] = fresh["practice_day"]
    standing["mandate"] = {**standing.get("mandate", {}), **{name: fresh["mandate"][name] for name in MOVING}}
    line, now = standing.get("political_line", {}), fresh["political_line"]
    due = line.get("next_on") is None or line["next_on"] <= game.today
    moved = [*(NEXT if due else ()), *(name for name, shipped in OF_STAGES.items() if line.get(name) in shipped)]
    standing["political_line"] = {**line, **{name: now[name] for name in moved}}
    _put(instance.mission_file, "# Invented, for practice only.\n", standing)


def _keep(instance: Instance, game: Game) -> None:
    """The file tells what is to come: it is for whoever runs the exercise alone."""
    path = instance.exercise_file
    _put(path, "# An exercise: made from its seed, its scenario and its decisions.\n",
         game.model_dump(mode="json", by_alias=True))  # fmt: skip
    path.chmod(0o600)


def _put(path: Path, head: str, content: object) -> None:
    """Written whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")
    partial.replace(path)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
