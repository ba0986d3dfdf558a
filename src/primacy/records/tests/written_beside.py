"""Run in a process of its own, with the database in a file: an export is written while others save."""

import sqlite3
import sys

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)

from primacy.framework import Instance  # noqa: E402
from primacy.jobs.models import Job  # noqa: E402
from primacy.records import queries  # noqa: E402
from primacy.records.queries import exporting  # noqa: E402
from primacy.records.showing import Asked  # noqa: E402
from primacy.records.tests.written import FACTS, in_post  # noqa: E402

exporting.AT_A_TIME = 2
by, contacts = in_post("writer", "civil-affairs"), queries.record_types()["contact"]
for number in range(5):
    contacts.model(component="civil-affairs", author=by, created="2026-06-03T00:00Z", changed="2026-06-03T00:00Z",
                   week=FACTS["day"], district="OST", **{**FACTS, "subject": str(number)}).save()  # fmt: skip
job, rows = Job.objects.create(kind="record-export", by=by), 0
with sqlite3.connect(Instance.here().database, isolation_level=None) as another:
    for _row in exporting.export(viewer=by, type_=contacts, asked=Asked()).rows:
        another.execute("UPDATE access_user SET first_name = first_name || 'x'")
        job.progress = rows / 5
        job.save()
        rows += 1
sys.stdout.write(f"{rows}\n")
