import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldReport",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("violence/state-based", "fighting with the state"),
                            ("violence/non-state", "fighting between groups"),
                            ("violence/one-sided", "attack on civilians"),
                            ("violence/one-sided/abduction", "abduction"),
                            ("violence/political", "political violence"),
                            ("violence/political/assassination", "assassination"),
                            ("violence/mob-justice", "mob justice"),
                            ("extortion/illegal-toll", "illegal checkpoint or toll"),
                            ("protest", "protest"),
                            ("protest/unmet-promises", "protest over unmet promises"),
                            ("speech/hate", "hate speech"),
                            ("violation/ceasefire", "breach of the ceasefire"),
                            ("violation/confidence-building", "breach of a confidence-building measure"),
                            ("violation/status-of-forces", "breach of the mission’s freedom of movement"),
                            ("violation/human-rights", "violation of human rights"),
                        ],
                        max_length=60,
                        verbose_name="What happened",
                    ),
                ),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("unknown", "unknown"),
                            ("state-forces", "forces of the state"),
                            ("allied-forces", "forces allied to it"),
                            ("armed-groups", "an armed group"),
                            ("self-defence", "a self-defence group"),
                            ("criminals", "criminals"),
                            ("community", "a community"),
                        ],
                        default="unknown",
                        max_length=40,
                        verbose_name="By whom",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nobody in particular"),
                            ("civilians", "civilians"),
                            ("institutions", "a school, clinic, court or office"),
                            ("civil-society", "civil society"),
                            ("journalists", "journalists"),
                            ("voters", "voters"),
                            ("election-staff", "election staff"),
                            ("polling-places", "polling places"),
                        ],
                        max_length=40,
                        verbose_name="Against whom",
                    ),
                ),
                ("killed", models.PositiveIntegerField(blank=True, null=True, verbose_name="Killed")),
                (
                    "civilians_killed",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Civilians among them"),
                ),
                ("injured", models.PositiveIntegerField(blank=True, null=True, verbose_name="Injured")),
                ("abducted", models.PositiveIntegerField(blank=True, null=True, verbose_name="Abducted")),
                ("displaced", models.PositiveIntegerField(blank=True, null=True, verbose_name="Driven from home")),
                ("summary", models.CharField(max_length=200, verbose_name="In one sentence")),
                (
                    "account",
                    models.TextField(
                        blank=True,
                        help_text="Posts and groups, never the names of sources, victims or witnesses.",
                        max_length=8000,
                        verbose_name="Account",
                    ),
                ),
                (
                    "source_type",
                    models.CharField(
                        choices=[
                            ("own", "the mission saw it"),
                            ("community", "a member of the community"),
                            ("authority", "a local authority"),
                            ("party", "a party to the conflict"),
                            ("partner", "an agency or organisation"),
                            ("media", "media"),
                        ],
                        max_length=20,
                        verbose_name="Who told it",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        help_text="A short label, the same for reports of one source. Never the name of a person.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[^A-Z@\\d]*\\Z", "Small letters only, such as “radio”."
                            )
                        ],
                        verbose_name="Origin",
                    ),
                ),
                (
                    "source_protected",
                    models.BooleanField(
                        default=False,
                        help_text="Evidence then has the district and the week only, and nothing of the source.",
                        verbose_name="The source must be protected",
                    ),
                ),
                (
                    "use_forbidden",
                    models.BooleanField(
                        default=False,
                        help_text="It is then no evidence at all.",
                        verbose_name="The source forbids its use",
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("A", "A: always reliable"),
                            ("B", "B: usually reliable"),
                            ("C", "C: fairly reliable"),
                            ("D", "D: not usually reliable"),
                            ("E", "E: unreliable"),
                            ("F", "F: cannot be judged"),
                        ],
                        default="F",
                        max_length=1,
                        verbose_name="Reliability of the source",
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        choices=[
                            ("1", "1: confirmed by others"),
                            ("2", "2: probably true"),
                            ("3", "3: possibly true"),
                            ("4", "4: doubtful"),
                            ("5", "5: improbable"),
                            ("6", "6: cannot be judged"),
                        ],
                        default="6",
                        max_length=1,
                        verbose_name="Credibility of what it says",
                    ),
                ),
                ("asked", models.TextField(blank=True, max_length=2000, verbose_name="What is asked of the mission")),
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
                "indexes": [
                    models.Index(
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
                        name="fieldreport_week",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=["state"],
                        name="fieldreport_on_its_way",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("confidentiality__range", (0, 3))), name="incidents_fieldreport_level"
                    )
                ],
            },
        ),
    ]
