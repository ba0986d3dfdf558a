"""primacy framework: the standard and the mission's overlay, shown, checked, compared."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.framework.languages import codes
from primacy.framework.saying import said

if TYPE_CHECKING:
    from primacy.assessment.packages.package import JudgedBy
    from primacy.framework import Problem
    from primacy.framework.instance import Instance

WARNING, NO_FAULT, NO_CHANGE = said("warning"), said("no-fault"), said("mission-changes-nothing")
AGREES, OTHERWISE = said("case.agrees"), said("case.otherwise")


@click.group()
def framework() -> None:
    """Read, check and compare the framework."""


def today() -> date:
    """The day whose framework is in force: in an exercise its own."""
    from primacy.framework.mission import day_of

    return day_of(click.get_current_context().obj.instance, datetime.now(UTC).date())


@framework.command()
@click.argument("id", required=False)
@click.option("--all", "whole", is_flag=True, help="Every entry in full, as one document.")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def show(id: str | None, whole: bool, language: str) -> None:
    """List activities, benchmarks, risks, choices and components, or show one of them or an output in full.

    Example: primacy framework show O2.M2
    """
    context = click.get_current_context().obj
    from primacy.assessment.told import handbook, handbook_lines
    from primacy.assessment.told.changes_told import change_trees
    from primacy.framework import load
    from primacy.framework.in_language import told_in

    loaded = load(context.instance.overlay, today())
    if id is not None:
        known, nearest = handbook.meant(loaded, id)
        if known is None:
            near = f"; the nearest: {', '.join(nearest)}" if nearest else ""
            raise click.UsageError(f"{id} is nothing in the framework; `primacy framework show` lists all{near}.")
        id = known
    if context.json:
        if id is None:
            trees = {**loaded.as_dict(), "retired": [loaded.tree_of(each) for each in loaded.retired]}
            told = {name: [told_in(loaded, each, language) for each in listed] for name, listed in trees.items()}
        else:
            told = {**told_in(loaded, loaded.tree_of(id), language), "changes": change_trees(loaded, id)}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif id is not None:
        mark = handbook_lines.reviewing(loaded, language, id)
        click.echo("\n".join([*mark, *handbook_lines.lines(handbook.page(loaded, id, language), language)]))
    else:
        whole_or_contents = handbook_lines.document if whole else handbook_lines.contents
        click.echo("\n".join(whole_or_contents(loaded, language)))


@framework.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def check(folder: Path | None, language: str) -> None:
    """Report every fault of the framework, of an overlay and of the mission file at once.

    Example: primacy framework check primacy-data/framework
    """
    context = click.get_current_context()
    from primacy.assessment.checks.checking import check_all
    from primacy.assessment.packages.package import last_of

    instance = context.obj.instance
    overlay, mission_file = folder or instance.overlay, instance.mission_file
    last = last_of(instance.assessments)
    problems = check_all(overlay, mission_file if mission_file.is_file() else None, last, instance.places, today())
    warnings = [*_overtaken_reviews(overlay), *_to_look_at(instance, overlay, last)]
    if context.obj.json:
        told = {
            "problems": [each.as_dict(language) for each in problems],
            "warnings": [each.as_dict(language) for each in warnings],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for each in problems:
            click.echo(each.told(language))
        for each in warnings:
            click.echo(f"{WARNING.told(language)} {each.told(language)}")
        if not problems:
            context.obj.say(NO_FAULT.told(language))
    context.exit(1 if problems else 0)


def _overtaken_reviews(overlay: Path) -> list["Problem"]:
    """Reviews of translations that hold no longer: they ask for another reading and hinder nothing."""
    from primacy.framework.loading import read_framework
    from primacy.framework.translations import reviews

    found = [reviews(read_framework(overlay).framework, code) for code in codes()]
    return [problem for each in found for problem in (*each.problems, *each.overtaken)]


def _to_look_at(instance: "Instance", overlay: Path, last: "JudgedBy | None") -> Iterator["Problem"]:
    """What may be meant as it is, and hinders nothing: parties called nearly like those of the evidence, and benchmarks
    that the mission file leaves out and the last assessment judged."""
    from primacy.assessment.checks.misspelt import misspelt
    from primacy.assessment.checks.placing import placed_here
    from primacy.assessment.checks.rewritten import narrowed
    from primacy.evidence import Store
    from primacy.framework.loading import read_framework
    from primacy.framework.mission_mending import read_mended

    mission = read_mended(instance.mission_file)[0] if instance.mission_file.is_file() else None
    if mission is None:
        return
    framework = read_framework(overlay).framework
    found = [*misspelt(framework, mission, Store(instance.evidence), datetime.now(UTC))]
    found += narrowed(mission, framework, last) if last is not None else ()
    yield from (placed_here(each, instance) for each in found)


@framework.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def cases(files: tuple[Path, ...], language: str) -> None:
    """Try what planners expect of the rules: a few lines of invented evidence, and the status that they ought to give.

    Without FILES, all of the instance's folder `cases`. The rules are those of the framework with every change that the
    mission has written, signed or not, so that a rule can be tried before anybody signs it.

    Example: primacy framework cases primacy-data/cases/ceasefire.yaml
    """
    context = click.get_current_context()
    from primacy.assessment.cases.trying import differences, read_files
    from primacy.assessment.inputs import read_model
    from primacy.framework import FrameworkError
    from primacy.framework.loading import read_framework
    from primacy.framework.overlay import of_signature

    instance = context.obj.instance
    read = read_framework(instance.overlay, unsigned=True)
    if stopping := [each for each in read.problems if not of_signature(each)]:
        raise FrameworkError(stopping)
    paths = files or tuple(sorted(instance.cases.glob("*.yaml")))
    if not paths:
        raise click.UsageError(said("no-cases", folder=str(instance.cases)).told(language))
    context.obj.need_instance()
    tried, model = [], read_model(instance.calibration)
    found, problems = read_files(paths, read.framework)
    for case in found:
        finding = case.judged(model)
        tried.append((case, finding, tuple(differences(case, finding))))
    if context.obj.json:
        told = [
            {
                "file": case.file, "case": case.name, "benchmark": case.subject, "status": finding.status,
                "differs": [each.told(language) for each in differs], "sentence": case.sentence(finding, language),
            }
            for case, finding, differs in tried
        ]  # fmt: skip
        faults = [each.as_dict(language) for each in problems]
        click.echo(json.dumps({"cases": told, "problems": faults}, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem.told(language))
        for case, finding, differs in tried:
            verdict = OTHERWISE if differs else AGREES
            click.echo(f"{case.file}: {case.name}: {verdict.told(language)}")
            for each in differs:
                click.echo(f"  {each.told(language)}")
            if differs:
                click.echo(f"  {case.sentence(finding, language)}")
        differing = sum(bool(differs) for *_rest, differs in tried)
        context.obj.say(said("case.counted", count=len(tried), differing=differing).told(language))
    context.exit(1 if problems or any(differs for *_rest, differs in tried) else 0)


@framework.command()
@click.argument("ids", nargs=-1)
@click.option("--language", type=click.Choice(codes()[1:]), required=True, help="The language of the translation.")
@click.option("--by", metavar="ROLE", help="Confirm these translations: the role of whoever has read them.")
def review(ids: tuple[str, ...], language: str, by: str | None) -> None:
    """List translations that nobody has confirmed, show some beside their English, or confirm them.

    Example: primacy framework review O2.M2 --language fr --by political-affairs
    """
    context = click.get_current_context().obj
    from primacy.assessment.checks.signers import known_signer, use_a_signer
    from primacy.framework import load
    from primacy.framework.names import bare
    from primacy.framework.translations import confirm, pairs, reviews

    loaded, overlay = load(context.instance.overlay, today()), context.instance.overlay
    found = reviews(loaded, language)
    if unknown := [id for id in ids if id not in found.units]:
        raise click.UsageError(
            f"{unknown[0]} has no translation; `primacy framework review --language {language}` lists."
        )
    if by is not None and not bare(by):
        raise click.UsageError("Say who has read the translation: --by ROLE, such as --by political-affairs.")
    if by is not None and not known_signer(loaded, by):
        raise click.UsageError(f"{by} is no component of the mission and no role: {use_a_signer(loaded, by).told()}.")
    if not ids:
        if by:
            raise click.UsageError("Name the ids of what was read.")
        told: dict[str, object] = {"waiting": found.waiting, "of": len(found.units)}
        lines = [
            *found.waiting,
            f"{len(found.waiting)} of {len(found.units)} wait for somebody who reads and confirms them.",
        ]
    elif by is None:
        texts = [(id, *each) for id in ids for each in pairs(loaded, id, language)]
        told = {"texts": [dict(zip(("id", "field", "english", "text"), each, strict=True)) for each in texts]}
        lines = [f"{id} {field}\n  {source or '-'}\n  {text}" for id, field, source, text in texts]
    else:
        confirm(loaded, ids, language, overlay, by=by, on=today().isoformat())
        context.audit("confirmed translations", ", ".join(ids), language=language, by=by)
        told = {"confirmed": list(ids)}
        lines = [f"{', '.join(ids)} ({language}): confirmed by {by}."]
    if context.json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in lines:
        click.echo(line)


@framework.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def diff(folder: Path | None, language: str) -> None:
    """Show what the mission changes against the standard, who signed it, from which day it counts, and in whose favour.

    Example: primacy framework diff primacy-data/framework
    """
    context = click.get_current_context().obj
    from primacy.assessment.checks.rewritten import rewritten
    from primacy.assessment.packages.package import last_of
    from primacy.assessment.told import changes_document, changes_told
    from primacy.framework import load, read_mission
    from primacy.framework.loading import to_come

    instance = context.instance
    loaded, ahead = load(folder or instance.overlay, today()), to_come(folder or instance.overlay)
    mission = read_mission(instance.mission_file) if instance.mission_file.is_file() else None
    if context.json:
        click.echo(json.dumps(changes_told.as_tree(loaded, mission, today(), ahead), ensure_ascii=False))
        return
    found = list(changes_document.lines(loaded, ahead, mission, language, today()))
    last = last_of(instance.assessments)
    moved = [] if last is None else list(rewritten(folder or instance.overlay, mission, last))
    for line in (*found, *(f"{WARNING.told(language)} {each.told(language)}" for each in moved)):
        click.echo(line)
    if not found and not moved:
        context.say(NO_CHANGE.told(language))
