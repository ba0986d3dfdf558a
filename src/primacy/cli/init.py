"""primacy init: a new instance, or what an existing one lacks."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.framework.languages import codes
from primacy.framework.saying import Said, said

if TYPE_CHECKING:
    from primacy.exercise.game import Game

SIMULATIONS = 600_000
QUARTER = 3
NO_COUNTRY = "XXX"
MISSION = """\
# The mission file. Only `country` is required; every field is explained in docs/reference/mission-file.md.
country: {country}
# mandate: {{resolution: "", start: 2026-01-01, renewal: 2026-12-31, electoral: assistance}}
# baselines:
#   - {{name: the year before, from: 2025-01-01, to: 2025-12-31, signed: [planning, political-affairs], because: "..."}}
# horizons: {{short: [2026-01-01, 2026-12-31], medium: [2026-01-01, 2028-12-31], long: [2027-01-01, 2032-12-31]}}
# capital: ""
# core: [O2.S1, O2.M2, O2.M6]
# priority_counterparts: []
"""


@click.command()
@click.option("--country", default=NO_COUNTRY, metavar="C", help="ISO code of the country, such as CAF.")
@click.option("--exercise", is_flag=True, help="An invented country to practise on, with evidence until a year ago.")
@click.option("--scenario", default="steady-progress", metavar="NAME", help="With --exercise: what happens in it.")
@click.option(
    "--seed", default=1, type=click.IntRange(0), help="With --exercise: the same seed makes the same country."
)
@click.option("--scale", default=1.0, type=float, help="With --exercise: how large it is, 1 (24 districts) or more.")
@click.option("--months", default=36, type=click.IntRange(1, 96), help="With --exercise: months since the deployment.")
@click.option("--begin", type=click.DateTime(["%Y-%m-%d"]), help="With --exercise: the month in which play begins.")
@click.option(
    "--framework",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder with the mission's own changes of the framework; it is checked and copied into the instance.",
)
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
@click.option("--simulations", default=SIMULATIONS, hidden=True, type=int)
def init(
    country: str, exercise: bool, scenario: str, seed: int, scale: float, months: int,
    begin: datetime | None,
    framework: Path | None, language: str, simulations: int,
) -> None:  # fmt: skip
    """Make an instance: mission file, database, evidence store, calibration. What is there already stays.

    Example: primacy init --country CAF
    """
    context = click.get_current_context().obj
    instance = context.instance
    if exercise and country != NO_COUNTRY:
        raise click.UsageError("--country names a real one, and an exercise has a country of its own: leave one out.")
    if framework is not None:
        _refuse_faulty(framework)
    game = _game(scenario, seed, scale, months, begin) if exercise else None
    for folder in (instance.folder, instance.overlay, instance.evidence, instance.places, instance.assessments):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not instance.exists:
        instance.mission_file.write_text(MISSION.format(country=country.upper()), encoding="utf-8")
    if framework is not None:
        shutil.copytree(framework, instance.overlay, dirs_exist_ok=True)
    _calibrate(context, simulations, language)
    _database(context)
    if game is not None:
        _exercise(context, game, language)
    context.say(said("init.instance", folder=str(instance.folder)).told(language))
    context.say(said("init.serve").told(language))


def _refuse_faulty(framework: Path) -> None:
    """Nothing is made from a folder with faults: every page would stand still until they are mended."""
    from primacy.assessment.checks.checking import check
    from primacy.cli.framework import today
    from primacy.framework.problems import FrameworkError

    if faults := check(framework, today=today()):
        raise FrameworkError(faults)


def _calibrate(context: object, simulations: int, language: str) -> None:
    from primacy.assessment.inputs import MODEL, write_model

    instance = context.instance  # type: ignore[attr-defined]
    if (instance.calibration / MODEL).is_file():
        return
    quiet = context.quiet or context.json  # type: ignore[attr-defined]
    if quiet:
        write_model(instance.calibration, simulations=simulations)
        return
    with click.progressbar(length=100, label=said("init.calibrating").told(language), show_eta=True) as bar:
        write_model(
            instance.calibration, simulations=simulations, progress=lambda share: bar.update(int(100 * share) - bar.pos)
        )


def _database(context: object) -> None:
    """Bring the database up to date. Nobody is made: the first administrator is, on the site."""
    context.start_django()  # type: ignore[attr-defined]
    from primacy.web.migrating import bring_up_to_date

    bring_up_to_date()


def _game(scenario: str, seed: int, scale: float, months: int, begin: datetime | None) -> "Game":
    """What is to be played, looked at before anything is made."""
    from primacy.cli.framework import today
    from primacy.exercise.game import a_year_before, found_scenario, new_game

    day = begin.date() if begin else a_year_before(today())
    return new_game(found_scenario(scenario), seed=seed, scale=scale, months=months, begin=day)


def _exercise(context: object, game: "Game", language: str) -> None:
    """The exercise, and an assessment of a quarter ago beside that of its present, so that there is something new."""
    from primacy.assessment.services import run_assessment
    from primacy.exercise.game import late_vote
    from primacy.exercise.services import ALREADY, BY, begin, read_game
    from primacy.exercise.services.inventing import invent_people, invent_records
    from primacy.exercise.turns import now_told

    instance = context.instance  # type: ignore[attr-defined]

    def say(words: Said) -> None:
        context.say(words.told(language))  # type: ignore[attr-defined]

    if instance.is_exercise:
        say(ALREADY)
        game = read_game(instance)
    else:
        begin(instance, game, say=say, language=language)
        if (note := late_vote(game)) is not None:
            say(note)
    invent_people()
    quarters = (game.earlier(QUARTER), game)
    if sum(1 for _ in instance.assessments.glob("*.zip")) < len(quarters):
        for passed in quarters:
            run_assessment(by=BY, as_of=passed.today, known=passed.reported)
    invent_records(game)
    context.say(now_told(game, language))  # type: ignore[attr-defined]
