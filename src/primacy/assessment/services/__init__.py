"""Writes: an assessment is run, stored as a package and entered into the index; the index is rebuilt from packages."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment import queries
from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.checks.rewritten import rewritten
from primacy.assessment.double_coding import CODERS, SCORES, label_of, point, schemes
from primacy.assessment.front import pictures_kept
from primacy.assessment.inputs import FULL, Inputs, open_inputs, refuse_too_early
from primacy.assessment.models import CodedItem, CodedScore, LeadershipView, StoredAssessment
from primacy.assessment.over_time.comparison import compared
from primacy.assessment.packages import package
from primacy.assessment.packages.sharing import share
from primacy.assessment.packages.signing import key_of
from primacy.assessment.queries.entered import LINEAGE_OF_SIGNS
from primacy.assessment.rules.signs import RECENT
from primacy.assessment.told.signs_told import CONFIRMED, SEEN, SignReports
from primacy.assessment.views import STATUSES, View, seen_hash, veiled
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.bringing.personal import reads_as_person
from primacy.evidence.queries import read_until
from primacy.evidence.services import keep_points
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import FrameworkError, Instance, load, read_mission
from primacy.framework.languages import languages
from primacy.framework.mission import day_of
from primacy.framework.names import bare
from primacy.places.areas import Areas


class OneOrigin(ValueError):
    """Who reported a sign before, under another label: what one person writes is of one origin."""


Progress = Callable[[float, str], None]


def run_assessment(
    *, by: User | str, as_of: date | None, known: datetime | None, level: int = FULL, out: Path | None = None,
    progress: Progress | None = None, engine: str = "duckdb", purpose: str = "", scope: int = FULL,
) -> StoredAssessment:  # fmt: skip
    """Assess this instance, store the package, enter it into the index. Defaults: today, and what is known now.

    Raises FrameworkError where what decides was rewritten since the last assessment: a finding is never judged by a bar
    that was moved without the signatures and the round that this takes; TooEarly for a day before the mandate and all
    evidence.

    `out` receives a package of data points up to `level`; what is stored here holds everything, or the data points up
    to `scope`. `purpose`: what it is for, in a few words.
    """
    instance = Instance.here()
    moment = datetime.now(UTC)
    today = day_of(instance, moment.date())
    day = as_of or today
    if (last := package.last_of(instance.assessments)) is not None:
        moved = list(rewritten(instance.overlay, read_mission(instance.mission_file), last))
        if moved:
            raise FrameworkError(moved)
    inputs = open_inputs(instance, on=min(day, today), engine=engine)  # a day to come shows no bar to come
    refuse_too_early(day, inputs.mission, inputs.store)
    inputs = inputs if scope >= FULL else replace(inputs, level=scope)
    tell = (lambda share: progress(0.9 * share, "")) if progress is not None else None
    assessment = assess(inputs, as_of=day, known=known or read_until(moment), progress=tell)
    if progress is not None:
        progress(0.95, "")  # the last moment to stop it: from here on it is stored as a whole
    stored = store_assessment(inputs, assessment, by=by, at=moment, purpose=purpose)
    if out is not None:
        hand_out(inputs, assessment, level=level, to=out, by=by)
    return stored


def hand_out(inputs: Inputs, assessment: Assessment, *, level: int, to: Path, by: User | str) -> None:
    """Write the package that may leave the house; the audit trail keeps by its hash which one that was."""
    whole = (inputs, assessment) if level >= FULL else share(inputs, assessment, level=level)
    views = queries.views_of_month(assessment.as_of)
    package.write(to, *whole, key=key_of(Instance.here().signing_key), views=views)
    with to.open("rb") as file:
        hash = hashlib.file_digest(file, "sha256").hexdigest()
    closed = package.closed_in(inputs, known=assessment.known)
    told = {"not_to_be_passed_on": closed} if closed else {}
    record(by, "handed out a package", assessment.id, {"level": level, "sha256": hash} | told)


def store_assessment(
    inputs: Inputs, assessment: Assessment, *, by: User | str, at: datetime, purpose: str = ""
) -> StoredAssessment:
    """Package first, index second: an index entry never points at nothing. One that is made again stays where it was in
    the history."""
    path = Instance.here().package(assessment.id)
    if not path.is_file():
        package.write(path, inputs, assessment, key=key_of(Instance.here().signing_key))
    with transaction.atomic():
        first_time = {"created": at, "created_by": by if isinstance(by, str) else by.username}
        found = {
            "as_of": assessment.as_of,
            "known": assessment.known,
            "code": assessment.code,
            "framework_hash": assessment.framework,
            "evidence_hash": assessment.evidence,
            "level": inputs.level,
            "counts": dict(Counter(finding.status for finding in assessment.findings)),
            **({"purpose": purpose} if purpose else {}),
        }
        stored, new = StoredAssessment.objects.update_or_create(
            pk=assessment.id, defaults=found, create_defaults=found | first_time
        )
        record(by, "ran an assessment", assessment.id, {"as_of": assessment.as_of.isoformat(), "new": new})
    return stored


def explain_changes(
    *, by: User | str, assessment_id: str, before_id: str = "", progress: Callable[[float], None] | None = None
) -> None:
    """Find and keep what caused each change since another assessment, or since the one that was stored before; nothing
    for the first."""
    shown = StoredAssessment.objects.filter(pk=assessment_id).first()
    earlier = None if shown is None or before_id else queries.before_it(shown)
    before = before_id or (earlier.pk if earlier is not None else "")
    if not before:
        return
    instance = Instance.here()
    old, new = (instance.package(each) for each in (before, assessment_id))
    compared(old, new, instance, progress=progress)
    record(by, "found the causes of changes", assessment_id, {"before": before})


def draw_pictures(*, assessment_id: str, progress: Callable[[float], None]) -> None:
    """Draw and keep what pages show of an assessment. It changes nothing that anybody reads, so it leaves no entry in
    the audit trail; the findings are those as computed, and each reader's page chooses what it shows of them."""
    instance, today = Instance.here(), queries.today()
    framework, mission = load(instance.overlay, today), read_mission(instance.mission_file).in_force(today)
    found = package.findings_of(instance.package(assessment_id))
    for done in pictures_kept.draw_all(instance, assessment_id, found, framework, mission, list(languages())):
        progress(done)


def draw_newest(*, progress: Callable[[float], None]) -> None:
    """The same of the newest assessment, where it was not done: what a command stores, nobody asked to be drawn."""
    newest = StoredAssessment.objects.first()
    if newest is not None and not pictures_kept.all_drawn(Instance.here(), newest.pk):
        draw_pictures(assessment_id=newest.pk, progress=progress)


def explain_newest(*, progress: Callable[[float], None]) -> None:
    """Find the causes of what changed to the newest assessment, where nobody did: what a command stored has none. Like
    the pictures it is drawn from what is stored, by nobody, so it leaves no entry in the audit trail."""
    newest = StoredAssessment.objects.first()
    before = queries.before_it(newest) if newest is not None else None
    if newest is not None and before is not None:
        instance = Instance.here()
        compared(instance.package(before.pk), instance.package(newest.pk), instance, progress=progress)


def give_view(*, by: User, assessment_id: str, benchmark_id: str, status: str, reason: str) -> View:
    """Keep what a person of the leadership says of a finding, beside it and beside what was said before.

    An empty `status` passes on it, which the reason explains. The instance signs the view as it was given.
    Raises   LookupError for what this person may not see, ValueError for no reason, another status, or passing on what
             is shown already, or where the view on another benchmark comes first.
    """
    asking = queries.asking(viewer=by, assessment_id=assessment_id)
    hidden = benchmark_id in asking.owed
    stored, computed = queries.judged(viewer=by, assessment_id=assessment_id, benchmark_id=benchmark_id)
    if not reason.strip() or (status not in STATUSES if status else not hidden) or computed.status not in STATUSES:
        raise ValueError("a view says a status and the reason")
    if benchmark_id in asking.waits:
        raise ValueError("its status would tell of another benchmark, on which the view comes first")
    given = View(
        assessment=stored.id, as_of=stored.as_of, benchmark=benchmark_id, by=by.username, role=by.role,
        at=datetime.now(UTC), status=status, reason=reason.strip(), computed=computed.status, blind=hidden,
        seen=seen_hash(veiled(computed) if hidden else computed),
    ).signed_by(key_of(Instance.here().signing_key))  # fmt: skip
    with transaction.atomic():
        LeadershipView(**{each.name: getattr(given, each.name) for each in fields(View)}).save()
        what, detail = f"{stored.id} {benchmark_id}", {"before the status": hidden, "signature": given.signature}
        record(by, "passed on a view" if given.passed else "gave a view", what, detail)
    return given


def report_sign(
    *, by: User, benchmark_id: str, item: str, origin: str, day: date, confidentiality: int
) -> DatasetVersion:  # fmt: skip
    """Keep that an origin saw a reversal sign, as a data point. `origin` is a label of who saw it, never a person.

    Raises   LookupError where the benchmark has no such sign, ValueError for a day that does not count and for an
             origin that reads as a person's name, OneOrigin where this person reported it under another label.
    """
    sign = _named_sign(benchmark_id, item)
    if reads_as_person(origin, Areas.load(Instance.here().places)):
        raise ValueError("an origin is a label, never the name of a person")
    today = queries.today()
    if not today - timedelta(days=RECENT) < day <= today or not origin.strip():
        raise ValueError("a report has an origin and a day of the last year")
    if any(each.writer == by.username and bare(each.origin) != bare(origin) for each in sign.reports):
        raise OneOrigin(item)
    said = {"date": day, "until": day, "measure": SEEN, "origin": origin.strip(), "confidentiality": confidentiality}
    kept = _keep_sign(by, item, said)
    record(by, "reported a sign", item, {"dataset": kept.id})
    return kept


def confirm_sign(*, by: User, benchmark_id: str, item: str, because: str) -> DatasetVersion:
    """Keep that a person confirmed a sign which two independent origins saw. It counts from the next assessment on.

    The reason stays in the trail: the data point says no more than that it was confirmed.
    Raises   LookupError where there is no such sign, ValueError without two origins that two people wrote, without
             a reason, or where who confirms also entered every report.
    """
    sign = _named_sign(benchmark_id, item)
    versions = {each.id: each for each in Store(Instance.here().evidence).versions()}
    entered = {versions[each.dataset].imported_by for each in sign.reports if each.dataset in versions}
    if not sign.enough or not because.strip() or entered <= {by.username}:
        raise ValueError("two origins, somebody else's report, and a reason are needed")
    today, highest = queries.today(), max(each.confidentiality for each in sign.reports)
    said = {"date": today, "until": today, "measure": CONFIRMED, "confidentiality": highest}
    kept = _keep_sign(by, item, said)
    record(by, "confirmed a sign", item, {"dataset": kept.id, "origins": sign.independent, "because": because.strip()})
    return kept


def _named_sign(benchmark_id: str, item: str) -> SignReports:
    for each in queries.reported_signs(benchmark_id):
        if each.item == item:
            return each
    raise LookupError(item)


def _keep_sign(by: User, item: str, said: Mapping[str, object]) -> DatasetVersion:
    instance = Instance.here()
    country = Locator(Areas.load(instance.places)).country_code(read_mission(instance.mission_file).country)
    row = {"kind": "sign", "item": item, "area": country, "level": 0, "value": 1.0, **said}

    return keep_points(by=by, instance=instance, name="Reversal signs", lineage=LINEAGE_OF_SIGNS, rows=[row])


def open_item(*, by: User, category: str, item: str, area: str, day: date, confidentiality: int) -> CodedItem:
    """An item to be scored by two coders; the same one again is the one that is there.

    Raises   ValueError for a day to come, for no name, and for a category that no rule asks coders about.
    """
    today = queries.today()
    known = {each.category for each in schemes(load(Instance.here().overlay, today))}
    if category not in known or not item.strip() or day > today:
        raise ValueError("an item has a name, a day that has come and a rubric of the framework")
    with transaction.atomic():
        opened, new = CodedItem.objects.get_or_create(
            category=category, item=item.strip(), area=area, day=day, defaults={"confidentiality": confidentiality}
        )
        if new:
            record(by, "opened an item to score", f"{category} {opened.pk}")
    return opened


def give_score(*, by: User, item_id: int, score: int, reason: str) -> CodedItem:
    """One person's score of an item: of the first two people as coders, of a third where these differ.

    With the second score both become data points at once, with the third its decision does; until then none.
    Raises   LookupError for no such item, ValueError where this person has scored it, or nothing is left to score.
    """
    with transaction.atomic():
        item = CodedItem.objects.select_for_update().filter(pk=item_id).first()
        if item is None:
            raise LookupError(item_id)
        seen = queries.coded_as_seen(item, by.username)
        if not seen.waits or score not in SCORES or not reason.strip():
            raise ValueError("each person scores an item once, with a reason, while it is open or in dispute")
        settles = seen.state == "differ"
        now, why = datetime.now(UTC), reason.strip()
        CodedScore(of=item, by=by.username, at=now, score=score, reason=why, settles=settles).save()
        record(by, "settled a score" if settles else "gave a score", f"{item.category} {item.pk}")
        if settles or seen.given + 1 == CODERS:
            _keep_scores(by, item, settles=settles)
    return item


def _keep_scores(by: User, item: CodedItem, *, settles: bool) -> None:
    areas, role = Areas.load(Instance.here().places), "third" if settles else "coder"
    level, seen = areas.level_of(item.area) or 0, queries.coded_as_seen(item, by.username)
    place = {"area": item.area, "level": level, "confidentiality": item.confidentiality}
    rows = [
        point(seen, each.score, label_of(each.by, settings.SECRET_KEY, role=role), settles=settles) | place
        for each in item.scores.order_by("by")
        if each.settles is settles
    ]

    keep_points(by=by, instance=Instance.here(), name="Scores of coders", lineage="site/scores", rows=rows)


def rebuild_index(*, by: User | str) -> int:
    """Enter every package of the folder that the index lacks; returns how many."""
    added = 0
    for path in sorted(Instance.here().assessments.glob("*.zip")):
        if StoredAssessment.objects.filter(pk=path.stem).exists():
            continue
        opened = package.read(path)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        store_assessment(opened.inputs, opened.assessment, by=by, at=at)
        added += 1
    return added
