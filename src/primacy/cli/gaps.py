"""primacy gaps: what evidence is missing, and what to collect first."""

import json
from datetime import UTC, date, datetime

import click


@click.command()
@click.option("--area", default="", metavar="CODE", help="The months of one report area; default: the whole country.")
@click.option("--months", type=click.IntRange(1, 240), default=24, show_default=True, help="How many months to show.")
def gaps(area: str, months: int) -> None:
    """Show by kind, area and month what is known, too old, thin or missing; what to collect first; reporting delays.

    Findings are those of the newest assessment, and the months end on its day; what was imported since then counts.

    Example: primacy gaps --months 12
    """
    context = click.get_current_context().obj
    from primacy.assessment.finding import Finding
    from primacy.assessment.packages.package import findings_of, part_of
    from primacy.assessment.told.gaps_told import lines, shown, shown_object
    from primacy.assessment.told.telling import newest_package
    from primacy.evidence.errors import BadInput
    from primacy.framework import load, read_mission
    from primacy.places.areas import Areas

    instance, now = context.instance, datetime.now(UTC)
    findings: tuple[Finding, ...] = ()
    day = now.date()
    if assessed := any(instance.assessments.glob("*.zip")):
        package = newest_package(instance, None)
        findings, day = findings_of(package), date.fromisoformat(json.loads(part_of(package, "package.json"))["as_of"])
    framework, mission = load(instance.overlay, day), read_mission(instance.mission_file).in_force(day)
    areas = Areas.load(instance.places)
    if area and area not in areas.level(mission.report_level):
        known = ", ".join(areas.level(mission.report_level)) or "none, because no boundaries were imported"
        raise BadInput(f"'{area}' is no area of the report's level", "", f"Areas: {known}")
    told = shown(framework, mission, instance, findings, as_of=day, known=now, months=months)
    if context.json:
        click.echo(json.dumps(shown_object(told, area), ensure_ascii=False))
        return
    click.echo("\n".join(lines(told, areas, area)))
    if not assessed:
        context.say("No assessment yet: after `primacy assess` this also says which findings lack what.")
