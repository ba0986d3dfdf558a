"""primacy exercise: play on, decide, and see how well the findings did."""

import json
from datetime import UTC, datetime

import click


@click.group()
def exercise() -> None:
    """Play an exercise that `primacy init --exercise` began: let time pass, decide, compare with the truth.

    Example: primacy exercise advance --months 1
    """


@exercise.command()
@click.option("--months", type=click.IntRange(1, 24), default=1, show_default=True, help="How many months pass.")
def advance(months: int) -> None:
    """Let time pass: import what became known, assess, and say what changed.

    Example: primacy exercise advance --months 3
    """
    context = click.get_current_context().obj
    context.start_django()
    from primacy.access.services import record
    from primacy.assessment.package import findings_of
    from primacy.assessment.services import explain_changes, run_assessment
    from primacy.assessment.telling import newest_package
    from primacy.exercise import services
    from primacy.exercise.turns import changed, told
    from primacy.framework import load

    before = findings_of(newest_package(context.instance, None))
    game = services.advance(context.instance, months, today=datetime.now(UTC).date())
    record(context.actor, "played an exercise on", game.scenario.name, {"months": months})
    stored = run_assessment(by=context.actor, as_of=None, known=None)
    explain_changes(by=context.actor, assessment_id=stored.pk)
    after = findings_of(context.instance.assessments / f"{stored.pk}.zip")
    changes = changed(before, after)
    if context.json:
        click.echo(json.dumps({"today": game.today.isoformat(), "assessment": stored.pk, "changes": changes}))
        return
    titles = {id: each.title for id, each in load(context.instance.overlay, game.today).benchmarks.items()}
    click.echo("\n".join(told(game, changes, titles)))


@exercise.command()
@click.argument("decision", required=False, default="", metavar="[DECISION]")
def decide(decision: str) -> None:
    """Take a decision that counts from the next month on; without one, list them and what the mission does now.

    Example: primacy exercise decide protect-civilians
    """
    context = click.get_current_context().obj
    from primacy.exercise import services
    from primacy.exercise.turns import decisions_told, doing

    if not decision:
        game = services.read_game(context.instance)
        if context.json:
            click.echo(json.dumps(doing(game)))
        else:
            click.echo("\n".join(decisions_told(game)))
        return
    game = services.decide(context.instance, decision)
    context.audit("decided in an exercise", decision, months=game.months)
    if context.json:
        click.echo(json.dumps(doing(game)))
    else:
        context.say(
            f"Decided: {decision}. It counts from the month after {game.today:%B %Y} on: `primacy exercise advance`."
        )
