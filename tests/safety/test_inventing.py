"""What the invented people of an exercise have written: each sees something of it, and all of it passes the forms."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from primacy.access.demonstration import people
from primacy.access.readers import reader_of
from primacy.access.requiring import may
from primacy.assessment.queries import coded_items
from primacy.assessment.services import give_score, open_item
from primacy.evidence.bringing.importing import import_files
from primacy.exercise.country.country import country
from primacy.exercise.country.writing import write_boundaries
from primacy.exercise.mission_file import mission
from primacy.exercise.services.inventing import DESK, invent_people, invent_records
from primacy.exercise.tests.histories import game
from primacy.framework import Instance
from primacy.records.queries import record_types, visible
from primacy.work.models import Comment, Notice, Task

pytestmark = pytest.mark.django_db
TOLD = yaml.safe_load(DESK.read_text("utf-8"))


@pytest.fixture
def exercise(instance_folder: Path, tmp_path: Path) -> Path:
    """An exercise with its places and mission file, without evidence."""
    instance = Instance(instance_folder)
    for each in (instance.places, instance.evidence):
        each.mkdir()
    instance.mission_file.write_text(yaml.safe_dump(mission(game().history(), game().months)), "utf-8")
    instance.exercise_file.write_text("seed: 1\n", "utf-8")
    import_files([write_boundaries(country(1), tmp_path)], instance=instance)
    invent_people()
    invent_records(game())
    return instance_folder


def test_everything_is_there_once_and_seen(exercise: Path) -> None:
    invent_records(game())
    assert (Task.objects.count(), Comment.objects.count()) == (len(TOLD["tasks"]), len(TOLD["comments"]))
    kept = sum(each.model.objects.count() for each in record_types().values())
    assert kept == len(TOLD["records"])
    for person in people():
        seen = {key: visible(reader_of(person), each).count() for key, each in record_types().items()}
        assert min(seen["contact"], seen["field-report"], seen["actor"]) > 0, (person.username, seen)
    assert {each.person.username for each in Notice.objects.all()} >= {"amir-analyst", "ruben-reader"}


def test_what_is_for_a_group_is_for_its_members_alone(exercise: Path) -> None:
    type_ = record_types()["contact"]
    (group,) = TOLD["groups"]
    seeing = {each.username for each in people() if visible(reader_of(each), type_).filter(group__name=group).exists()}
    assert seeing == set(TOLD["groups"][group])


def test_two_score_an_item_and_a_third_settles_it(exercise: Path) -> None:
    first, second, third, *_ = [each for each in people() if may(each, "score.enter")]
    item = open_item(by=first, category="rubric/consent/national", item="cabinet", area="", day=date(2024, 6, 1),
                     confidentiality=1)  # fmt: skip
    for person, score in ((first, 3), (second, 1), (third, 2)):
        give_score(by=person, item_id=item.pk, score=score, reason="As it was seen.")
    (settled,) = coded_items(viewer=first)
    assert (settled.state, settled.settled) == ("settled", 2)
