"""A small invented country, so that every page of a new instance shows something."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import yaml

from primacy.evidence import Store
from primacy.evidence.entered import keep_entered
from primacy.evidence.errors import BadInput
from primacy.evidence.importing import import_files
from primacy.evidence.mission_country import NOT_YET_SAID
from primacy.framework import Instance, read_mission
from primacy.web.sample.country import country, write_boundaries, write_population
from primacy.web.sample.dates import Calendar
from primacy.web.sample.tables import CUT, HERE, entered, evidence, write_release

HEAD = "# Ostara is invented: no such country, party or person exists. For practice only.\n"
REPORTING_DAYS = 8  # after the end of a month its tables are in


def fill(instance: Instance, *, say: Callable[[str], None], today: date | None = None) -> None:
    """Give an empty instance a mission, places, evidence in two releases, and an assessment after each.

    `today` (UTC) is the day by which everything is dated; its months are counted back from there.
    Raises   BadInput where the instance belongs to another country or holds evidence already.
    """
    if read_mission(instance.mission_file).country not in (NOT_YET_SAID, country().code):
        raise BadInput("belongs to another country", instance.mission_file.name, "Use a new folder for the sample")
    if Store(instance.evidence).versions():
        say("There is evidence here already; nothing was added.")
        return
    calendar = Calendar(today or datetime.now(UTC).date())
    mission = calendar.resolved(yaml.safe_load((HERE / "mission.yaml").read_text("utf-8")))
    instance.mission_file.write_text(HEAD + yaml.safe_dump(mission, sort_keys=False, allow_unicode=True), "utf-8")
    say("Ostara is an invented country; nothing here is about a real one.")
    cut = calendar.end(CUT)
    first, second = cut + timedelta(days=REPORTING_DAYS), calendar.today
    with tempfile.TemporaryDirectory() as scratch:
        _import(instance, Path(scratch), calendar, known={False: first, True: second})
    _assess(instance, cut, known=_morning(first + timedelta(days=1)))
    change = calendar.resolved(yaml.safe_load((HERE / "thresholds.yaml").read_text("utf-8")))
    (instance.overlay / "O4.S6.yaml").write_text(yaml.safe_dump(change, sort_keys=False, allow_unicode=True), "utf-8")
    _explain(_assess(instance, calendar.today, known=None))
    say("Two assessments are in: one of half a year ago and one of today.")


def _import(instance: Instance, scratch: Path, calendar: Calendar, *, known: dict[bool, date]) -> None:
    """Places first, then both releases of the evidence, by the importers that everybody uses; what no importer takes
    is entered in the name of the sample."""
    places = [write_boundaries(scratch), write_population(scratch, calendar.start(-60).year)]
    import_files(places, instance=instance, known=_morning(calendar.start(-60)), imported_by="sample")
    said = evidence(calendar)
    for second, day in known.items():
        folder = scratch / ("second" if second else "first")
        folder.mkdir()
        files = write_release(folder, calendar, said, second=second)
        import_files(files, instance=instance, known=_morning(day), imported_by="sample")
        for name, rows in entered(said, second=second).items():
            store = Store(instance.evidence)
            keep_entered(store, rows, name=name, lineage=f"sample/{name}", by="sample", at=_morning(day))


def _assess(instance: Instance, day: date, *, known: datetime | None) -> str:
    """The id of the assessment."""
    from primacy.assessment.services import run_assessment  # needs the database, which only the command line sets up

    return str(run_assessment(by="sample", as_of=day, known=known).id)


def _explain(assessment: str) -> None:
    from primacy.assessment.services import explain_changes

    explain_changes(by="sample", assessment_id=assessment)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
