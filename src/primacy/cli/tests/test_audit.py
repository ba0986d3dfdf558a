"""The check of the audit trail answers people, scripts, and by its exit code."""

import json
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.utils import timezone

from primacy.access.services import create_first_administrator, record
from primacy.cli import Context
from primacy.cli.audit import audit
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db


def run(tmp_path, *, as_json: bool = False):
    return CliRunner().invoke(audit, ["verify"], obj=Context(Instance(tmp_path), as_json, False))


@pytest.fixture(autouse=True)
def _trail(monkeypatch, tmp_path):
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    for number in range(3):
        record("planner", "looked at evidence", f"O2.M{number}")


def test_a_whole_trail_is_said_with_its_last_hash(tmp_path):
    done = run(tmp_path, as_json=True)
    said = json.loads(done.output)
    assert (done.exit_code, said["entries"], said["sound"], said["breaks"]) == (0, 3, True, [])
    assert len(said["last"]) == 64
    assert "whole" in run(tmp_path).output


def test_a_trail_that_lacks_the_entries_of_versions_is_not_whole(tmp_path):
    """As where somebody emptied it, or cut its end off."""
    from primacy.records.models import Version

    by = create_first_administrator("eve", "correct-horse-battery")
    for number in (1, 2):
        Version.objects.create(
            type="contact", record=UUID(int=7), number=number, at=timezone.now(), known=timezone.now(), by=by, deed="x", state="written",
            facts={},
        )  # fmt: skip
    done = run(tmp_path, as_json=True)
    said = json.loads(done.output)
    assert (done.exit_code, said["sound"], said["versions_without_entry"]) == (1, False, 2)
    assert "it lacks entries for 2 versions of records" in run(tmp_path).output


def test_a_trail_that_lacks_what_somebody_holds_is_not_whole(tmp_path):
    """As where somebody made an administrator in the database."""
    from primacy.access.models import User

    User.objects.create(username="eve", role="administrator")
    done = run(tmp_path, as_json=True)
    said = json.loads(done.output)
    assert (done.exit_code, said["sound"], said["grants_not_as_told"]) == (1, False, 1)
    assert "1 things that people hold are not as it says" in run(tmp_path).output


def test_a_changed_trail_is_told_by_entry_and_by_exit_code(tmp_path):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_auditentry SET subject = 'O1.S1' WHERE number = 2")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "entry 2 was changed" in done.output
