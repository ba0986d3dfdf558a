"""Tasks move on one by one or several at once, and one's own last step is taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from primacy.work.models import Notice, Task
from primacy.work.queries.tasks import GIVEN, MINE, due_by, listed
from primacy.work.services import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(house):
    """Three tasks that the head of mission gave: to a person, to a component, and one of yesterday."""
    head, polly = house.person("head", "head-of-mission"), house.person("polly", "political-affairs")
    today = timezone.localdate()
    made = [
        tasks.give_task(by=head, about=None, values={"action": "write", "note": note, "owner": owner, "component": to, "due": due})
        for note, owner, to, due in (("one", polly, "", today + timedelta(days=9)), ("two", None, "political-affairs", None),
                                     ("three", polly, "", today - timedelta(days=1)))
    ]  # fmt: skip
    return head, polly, made


def test_lists_hold_what_is_asked_of_a_person_what_they_gave_and_what_a_component_is_asked(house, given):
    head, polly, _made = given
    notes = lambda viewer, which: [each.task.note for each in listed(viewer=viewer, which=which)]  # noqa: E731
    assert notes(polly, MINE) == ["three", "one", "two"], "what is due first stands first"
    assert notes(head, GIVEN) == notes(head, "political-affairs") == ["three", "one", "two"]
    assert notes(polly, "head-of-mission") == notes(polly, MINE), "a component of which one is not is not listed"
    assert due_by(viewer=polly, day=timezone.localdate()) == 1
    mate, other = house.person("mate", "political-affairs"), house.person("other", "planning")
    assert notes(mate, MINE) == ["two"]
    assert notes(mate, "political-affairs") == ["three", "one", "two"]
    assert notes(other, MINE) == notes(other, GIVEN) == []


def test_several_are_done_at_once_and_taken_back_together_where_nobody_went_on(house, as_, given):
    head, polly, made = given
    browser = as_(polly)
    ids = [str(each.pk) for each in made]
    page = browser.post(reverse("work:several-tasks"), {"task": [*ids, "none"], "state": "done"}, follow=True)
    assert "3 tasks were moved on." in page.content.decode()
    assert {each.state for each in Task.objects.all()} == {"done"}
    assert Notice.objects.filter(person=head, what="task").count() == 3
    tasks.move_on(by=head, ids=[made[0].pk], state="doing")
    batch = made[1].steps.last().batch
    assert as_(head).post(reverse("work:undo", args=[batch])).status_code == 404, "not one's own"
    assert tasks.undo(by=polly, batch=batch) == 2
    assert [Task.objects.get(pk=each.pk).state for each in made] == ["doing", "open", "open"]
    assert tasks.undo(by=polly, batch=batch) == 0
    assert Task.objects.get(pk=made[2].pk).due == made[2].due


def test_a_task_is_dropped_with_a_reason_by_those_who_are_asked_or_asked_for_it(house, as_, given):
    _head, polly, made = given
    with pytest.raises(ValueError, match="dropped"):
        tasks.move_on(by=polly, ids=[made[0].pk], state="dropped", because=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task(
            action="ask", by=polly, owner=polly, state="dropped", created=made[0].created, changed=made[0].created
        ).save()
    address, given_ = reverse("work:move-task", args=[made[0].pk]), {"version": 1, "state": "dropped"}
    assert "Say why it is dropped." in as_(polly).post(address, given_).content.decode()
    mate = house.person("mate", "political-affairs")
    assert as_(mate).get(reverse("work:task", args=[made[0].pk])).status_code == 200
    assert as_(mate).post(address, {**given_, "because": "late"}).status_code == 404
    assert as_(polly).post(address, {**given_, "because": "done elsewhere"}).status_code == 302
    assert Task.objects.get(pk=made[0].pk).state == "dropped"


def test_two_who_change_one_task_do_not_overwrite_each_other(given):
    head, polly, made = given
    tasks.move_on(by=polly, ids=[made[0].pk], state="doing", version=1)
    for deed in (
        lambda: tasks.move_on(by=head, ids=[made[0].pk], state="done", version=1),
        lambda: tasks.change_task(by=head, id=made[0].pk, version=1, values={"note": "other"}),
    ):
        with pytest.raises(tasks.Moved):
            deed()


def test_who_is_given_a_task_anew_is_told_of_it_and_who_has_it_by_post_as_well(house, given):
    head, polly, made = given
    assert Notice.objects.filter(person=polly).count() == 3
    mate = house.person("mate", "political-affairs")
    tasks.change_task(by=head, id=made[1].pk, version=1, values={"owner": mate, "component": ""})
    assert Notice.objects.filter(person=mate, what="task").count() == 1
