# ruff: noqa: E501 - written by makemigrations

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import primacy.actors.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("component", models.CharField(editable=False, max_length=32)),
                ("one_hand", models.BooleanField(default=True, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "not checked yet"),
                            ("returned", "sent back"),
                            ("checked", "checked, not published"),
                            ("published", "published"),
                            ("recalled", "recalled"),
                        ],
                        default="written",
                        editable=False,
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("released", models.BooleanField(default=False, editable=False)),
                ("created", models.DateTimeField(editable=False)),
                ("changed", models.DateTimeField(editable=False)),
                ("archived", models.DateTimeField(editable=False, null=True)),
                ("disposed", models.DateTimeField(editable=False, null=True)),
                (
                    "confidentiality",
                    models.SmallIntegerField(
                        choices=[
                            (0, "Unclassified"),
                            (1, "Internal"),
                            (2, "Confidential"),
                            (3, "Strictly Confidential"),
                        ],
                        default=1,
                        help_text="The higher, the fewer read it. You keep seeing what you wrote yourself.",
                        verbose_name="Confidentiality",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Of an organisation or an office, never of a person.",
                        max_length=120,
                        verbose_name="Name",
                    ),
                ),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="In other languages, short forms, earlier ones, with commas between them. It is found by each.",
                        max_length=300,
                        verbose_name="Other names",
                    ),
                ),
                (
                    "category",
                    models.CharField(choices=primacy.actors.models.group_choices, max_length=40, verbose_name="Group"),
                ),
                (
                    "counterpart",
                    models.CharField(
                        blank=True,
                        choices=primacy.actors.models.counterpart_choices,
                        help_text="The name under which contacts with it count as evidence. Empty: the group.",
                        max_length=80,
                        verbose_name="In the mission file",
                    ),
                ),
                (
                    "permission",
                    models.CharField(
                        choices=[
                            ("allowed", "allowed"),
                            ("approval", "only with the approval of headquarters"),
                            ("prohibited", "prohibited"),
                        ],
                        default="allowed",
                        max_length=12,
                        verbose_name="Contact",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="What it does and wants in public. Never red lines, leanings or ties of people.",
                        max_length=4000,
                        verbose_name="About",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Only members of the group see it. Empty: whoever the rights allow.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.needtoknow",
                        verbose_name="Need to know",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("component", models.CharField(editable=False, max_length=32)),
                ("one_hand", models.BooleanField(default=True, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "not checked yet"),
                            ("returned", "sent back"),
                            ("checked", "checked, not published"),
                            ("published", "published"),
                            ("recalled", "recalled"),
                        ],
                        default="written",
                        editable=False,
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("released", models.BooleanField(default=False, editable=False)),
                ("created", models.DateTimeField(editable=False)),
                ("changed", models.DateTimeField(editable=False)),
                ("archived", models.DateTimeField(editable=False, null=True)),
                ("disposed", models.DateTimeField(editable=False, null=True)),
                (
                    "confidentiality",
                    models.SmallIntegerField(
                        choices=[
                            (0, "Unclassified"),
                            (1, "Internal"),
                            (2, "Confidential"),
                            (3, "Strictly Confidential"),
                        ],
                        default=1,
                        help_text="The higher, the fewer read it. You keep seeing what you wrote yourself.",
                        verbose_name="Confidentiality",
                    ),
                ),
                ("day", models.DateField(verbose_name="Day")),
                ("area", models.CharField(help_text="As fine as you know it.", max_length=32, verbose_name="Place")),
                ("week", models.DateField(editable=False)),
                ("district", models.CharField(editable=False, max_length=32)),
                ("level", models.SmallIntegerField(default=0, editable=False)),
                (
                    "counterpart",
                    models.CharField(
                        blank=True,
                        choices=primacy.actors.models.counterpart_choices,
                        help_text="A group or an office. May stay empty where an actor is chosen.",
                        max_length=80,
                        verbose_name="With whom",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("meeting", "meeting"),
                            ("visit", "visit in the field"),
                            ("call", "call"),
                            ("message", "message"),
                        ],
                        default="meeting",
                        max_length=12,
                        verbose_name="How",
                    ),
                ),
                ("asked_by_counterpart", models.BooleanField(default=False, verbose_name="They asked for it")),
                (
                    "sitting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No"),
                            ("session/dialogue", "a planned session of the dialogue"),
                            ("dialogue/institutions", "of the dialogue on institutions"),
                            ("council/local", "of a local council, in public"),
                        ],
                        max_length=40,
                        verbose_name="Was it a sitting?",
                    ),
                ),
                (
                    "focal_point",
                    models.CharField(
                        blank=True,
                        choices=primacy.actors.models.focal_point_choices,
                        help_text="Of which institution on the map of partners. Its office answered.",
                        max_length=200,
                        verbose_name="Focal point reached",
                    ),
                ),
                ("subject", models.CharField(max_length=160, verbose_name="Subject")),
                (
                    "present",
                    models.CharField(
                        blank=True,
                        help_text="Posts and groups, never the names of persons.",
                        max_length=200,
                        verbose_name="Who was there",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=8000, verbose_name="What was said")),
                (
                    "promised",
                    models.TextField(
                        blank=True,
                        help_text="By whom, what, and until when.",
                        max_length=2000,
                        verbose_name="What was promised",
                    ),
                ),
                (
                    "next_on",
                    models.DateField(
                        blank=True,
                        help_text="Only where both sides agreed on a day.",
                        null=True,
                        verbose_name="Next meeting",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="actors.actor",
                        verbose_name="Actor",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Only members of the group see it. Empty: whoever the rights allow.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.needtoknow",
                        verbose_name="Need to know",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(fields=["archived", "confidentiality"], name="actor_open"),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                condition=models.Q(("state", "published"), _negated=True), fields=["state"], name="actor_on_its_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidentiality__range", (0, 3))), name="actors_actor_level"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=[
                    "archived",
                    "-week",
                    "confidentiality",
                    "component",
                    "group",
                    "author",
                    "one_hand",
                    "released",
                    "disposed",
                ],
                name="contact_week",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("state", "published"), _negated=True), fields=["state"], name="contact_on_its_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidentiality__range", (0, 3))), name="actors_contact_level"
            ),
        ),
    ]
