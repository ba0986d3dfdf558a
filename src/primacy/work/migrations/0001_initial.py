import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=2000)),
                ("hidden", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("removed", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("sent", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=16)),
                ("about", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=120)),
                ("occasion", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("read", models.DateTimeField(null=True)),
                ("mailed", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("verify", "Verify"),
                            ("ask", "Ask"),
                            ("answer", "Answer"),
                            ("meet", "Arrange a meeting"),
                            ("visit", "Visit"),
                            ("collect", "Collect"),
                            ("write", "Write"),
                            ("prepare", "Prepare"),
                            ("decide", "Decide"),
                            ("other", "Take care of"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000)),
                ("about", models.CharField(blank=True, max_length=80)),
                ("component", models.CharField(blank=True, max_length=32)),
                ("due", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("doing", "under way"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=200)),
                ("by_component", models.CharField(blank=True, max_length=32)),
                ("created", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("batch", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="work.task"
                    ),
                ),
            ],
            options={
                "ordering": ["task", "number"],
            },
        ),
        migrations.CreateModel(
            name="Wishes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("muted", models.JSONField(default=list)),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        choices=[("", "never"), ("daily", "every day"), ("weekly", "every Monday")],
                        max_length=8,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("removed", models.BooleanField(default=False)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="work.comment"
                    ),
                ),
            ],
            options={
                "ordering": ["comment", "number"],
            },
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["about", "at"], name="work_comment_about"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "on"), name="work_digest_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "read"], name="work_notice_unread"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="work_notice_once"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["owner", "state"], name="work_task_owner"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["component", "state"], name="work_task_component"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["about"], name="work_task_about"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("component", ""), ("owner__isnull", False)),
                    models.Q(("owner__isnull", True), models.Q(("component", ""), _negated=True)),
                    _connector="OR",
                ),
                name="work_task_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), ("state", "dropped"), _negated=True),
                name="work_task_dropped_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["batch"], name="work_step_batch"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="work_step_once"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("comment", "number"), name="work_wording_once"),
        ),
    ]
