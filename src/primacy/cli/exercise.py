"""primacy exercise: play on, decide, see what came of it, and how well the findings did."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.cli.init import SIMULATIONS
from primacy.framework.languages import codes

if TYPE_CHECKING:
    from primacy.assessment.trends.trend import TrendModel
    from primacy.cli import Context
    from primacy.exercise.game import Game


@click.group()
def exercise() -> None:
    """Play an exercise that `primacy init --exercise` began: let time pass, decide, compare with the truth.

    Example: primacy exercise advance --months 1
    """


@exercise.command()
@click.option("--months", type=click.IntRange(1, 24), default=1, show_default=True, help="How many months pass.")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def advance(months: int, language: str) -> None:
    """Let time pass: import what became known, assess, and say what changed. Of benchmarks on which the leadership
    still owes its own view nothing is said, as on the site.

    Example: primacy exercise advance --months 3
    """
    context = click.get_current_context().obj
    context.start_django()
    from primacy.access.services import record
    from primacy.assessment.packages.package import findings_of
    from primacy.assessment.queries import asked_of_anybody
    from primacy.assessment.services import explain_changes, run_assessment
    from primacy.exercise import follow_up, services
    from primacy.exercise.turns import changed, told
    from primacy.framework import load

    was = services.read_game(context.instance)
    if _assessed(context, was) is None:  # somebody ended the last turn before its assessment
        run_assessment(by=context.actor, as_of=was.today, known=was.reported)
    before = findings_of(_newest(context, was))
    game = services.advance(context.instance, months)
    record(context.actor, "played an exercise on", game.today.isoformat(), {"months": months})
    stored = run_assessment(by=context.actor, as_of=game.today, known=game.reported)
    explain_changes(by=context.actor, assessment_id=stored.pk)
    after, hidden = findings_of(context.instance.package(stored.pk)), asked_of_anybody(assessment_id=stored.pk)
    changes, framework = changed(before, after, hidden), load(context.instance.overlay, game.today)
    followed = follow_up.followed_up(game, after, hidden)
    if context.json:
        plain = {"today": game.today.isoformat(), "assessment": stored.pk, "changes": changes}
        waits = [id for id in framework.benchmarks if id in hidden]
        click.echo(json.dumps({**plain, "view_due": waits, "follow_up": follow_up.as_data(followed, framework)}))
        return
    said = follow_up.told(followed, framework, language)
    click.echo("\n".join([*said, *told(game, changes, hidden, framework, language)]))


@exercise.command()
@click.argument("decision", required=False, default="", metavar="[DECISION]")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def decide(decision: str, language: str) -> None:
    """Take a decision that counts from the next month on; without one, list them, what the mission does now, and what
    the evidence shows since each that was taken.

    Example: primacy exercise decide protect-civilians
    """
    context = click.get_current_context().obj
    from primacy.exercise import services
    from primacy.exercise.turns import decided_told, decisions_told, doing

    if not decision:
        game = services.read_game(context.instance)
        data, lines = _followed_up(context, game, language)
        if context.json:
            click.echo(json.dumps({**doing(game), "follow_up": data}))
        else:
            click.echo("\n".join([*lines, *decisions_told(game, language)]))
        return
    game = services.decide(context.instance, decision)
    context.audit("decided in an exercise", decision, months=game.months)
    if context.json:
        click.echo(json.dumps(doing(game)))
    else:
        context.say(decided_told(game, decision, language))


def _assessed(context: "Context", game: "Game") -> Path | None:
    """The assessment of the exercise's day: no other that somebody ran meanwhile, whatever its file's time says."""
    from primacy.assessment.packages.package import assessed

    return assessed(context.instance.assessments, as_of=game.today, known=game.reported)


def _newest(context: "Context", game: "Game") -> Path:
    from primacy.assessment.told.telling import newest_package

    return _assessed(context, game) or newest_package(context.instance, None)


def _followed_up(context: "Context", game: "Game", language: str) -> tuple[list[dict[str, object]], list[str]]:
    """What the newest assessment shows of the decisions, as plain data and for people; nothing before the first one."""
    if not game.decisions:
        return [], []
    context.start_django(pages=False)
    from primacy.assessment.packages.package import findings_of
    from primacy.assessment.queries import asked_of_anybody
    from primacy.exercise.follow_up import as_data, followed_up, told
    from primacy.exercise.turns import waiting
    from primacy.framework import load

    package = _newest(context, game)
    hidden, framework = asked_of_anybody(assessment_id=package.stem), load(context.instance.overlay, game.today)
    found = followed_up(game, findings_of(package), hidden)
    return as_data(found, framework), [*told(found, framework, language), *waiting(hidden, framework, language)]


@exercise.command()
@click.option("--histories", type=click.IntRange(1, 1000), default=None, help="So many new ones instead of this one.")
@click.option("--scenario", "named", multiple=True, metavar="NAME", help="With --histories: only these; repeatable.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many at a time.")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True, help="Of this exercise.")
@click.option("--simulations", default=SIMULATIONS, hidden=True, type=int)
def score(
    histories: int | None, named: tuple[str, ...], processes: int, language: str, simulations: int
) -> None:  # fmt: skip
    """Compare findings with what was truly so: of this exercise, for its facilitator, or of many new histories.

    New histories are judged with the calibration of the instance; where there is none, the standard one is made first.

    Example: primacy exercise score --histories 20 --processes 2
    """
    context = click.get_current_context().obj
    if histories:
        _score_many(context, histories, named, processes, simulations)
        return
    from primacy.assessment.packages.package import findings_of
    from primacy.exercise.facilitating import beside_the_truth, lines
    from primacy.exercise.services import read_game
    from primacy.framework import load
    from primacy.places.areas import Areas

    game = read_game(context.instance)
    findings = findings_of(_newest(context, game))
    framework = load(context.instance.overlay, game.today)
    beside = beside_the_truth(game, findings, framework, Areas.load(context.instance.places))
    if context.json:
        click.echo(json.dumps(beside, ensure_ascii=False))
        return
    click.echo("\n".join(lines(beside, game.scenario, language)))


def _score_many(context: "Context", histories: int, named: tuple[str, ...], processes: int, simulations: int) -> None:
    from primacy.cli.framework import today
    from primacy.exercise.rehearsing import games_of, records_of, rehearse_many, told_together
    from primacy.exercise.scoring import of_findings

    games, months = games_of(histories, named, begin=today())
    quiet = context.quiet or context.json
    model = _model(context, simulations, quiet)
    found = []
    with click.progressbar(length=len(games), label="Histories", show_eta=True, hidden=quiet, file=sys.stderr) as bar:
        for each in rehearse_many(games, months, model=model, processes=processes):
            found.append(each)
            bar.update(1)
    if context.json:
        records = records_of(found)
        scored = of_findings(records, "all")
        rates = {"met": scored.met, "not met": scored.not_met, "naive met": scored.naive_met}
        right = {name: asdict(rate) for name, rate in rates.items()}
        click.echo(json.dumps({"histories": len(found), "findings": len(records), "right": right}))
        return
    click.echo(told_together(found))


def _model(context: "Context", simulations: int, quiet: bool) -> "TrendModel":
    """The calibration of the instance; the standard one where there is no instance, of which nothing else is needed."""
    from primacy.assessment.inputs import read_model
    from primacy.assessment.trends.calibration import calibrate

    if context.instance.exists:
        return read_model(context.instance.calibration)
    if not quiet:
        click.echo("No instance is here: the histories are judged with the standard calibration, made now.", err=True)
    with click.progressbar(length=100, label="Calibrating", show_eta=True, hidden=quiet, file=sys.stderr) as bar:
        return calibrate(simulations=simulations, progress=lambda share: bar.update(int(100 * share) - bar.pos))
