"""All tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_key", models.CharField(max_length=255)),
                ("key", models.CharField(db_index=True, max_length=255)),
                ("type", models.CharField(max_length=80)),
                ("family", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=20)),
                ("negated", models.BooleanField()),
                ("background", models.BooleanField()),
                ("place", models.TextField()),
                ("iso2", models.CharField(max_length=2, null=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("precision", models.PositiveSmallIntegerField(null=True)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("killed_low", models.BigIntegerField(null=True)),
                ("killed_high", models.BigIntegerField(null=True)),
                ("injured_low", models.BigIntegerField(null=True)),
                ("injured_high", models.BigIntegerField(null=True)),
                ("voice", models.TextField()),
                ("voice_folded", models.TextField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("evidence", models.TextField()),
                ("record", models.TextField()),
                ("day", models.DateField()),
                ("merging", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("subject_kind", models.CharField(max_length=12)),
                ("subject", models.CharField(db_index=True, max_length=255)),
                ("other", models.CharField(max_length=255, null=True)),
                ("verdict", models.CharField(max_length=12)),
                ("correction", models.TextField(null=True)),
                ("by", models.TextField()),
                ("when", models.DateTimeField()),
                ("why", models.TextField(null=True)),
                ("report", models.CharField(max_length=255, null=True)),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                ("other_report", models.CharField(max_length=255, null=True)),
                ("other_start", models.PositiveIntegerField(null=True)),
                ("other_end", models.PositiveIntegerField(null=True)),
                ("undone_by", models.TextField(null=True)),
                ("undone_when", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("text_sha256", models.CharField(db_index=True, max_length=64)),
                ("title", models.TextField(null=True)),
                ("byline", models.TextField(null=True)),
                ("address", models.TextField(null=True)),
                ("published", models.CharField(max_length=64, null=True)),
                ("published_on", models.DateField(null=True)),
                ("published_basis", models.TextField(null=True)),
                ("language", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("unread", models.TextField(null=True)),
                ("duplicate_kind", models.CharField(max_length=8, null=True)),
                ("added", models.DateTimeField()),
                ("day", models.DateField()),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="copies", to="casebook.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started", models.DateTimeField()),
                ("finished", models.DateTimeField(null=True)),
                ("version", models.CharField(max_length=200)),
                ("read", models.PositiveBigIntegerField(default=0)),
                ("unchanged", models.PositiveBigIntegerField(default=0)),
                ("duplicates", models.PositiveBigIntegerField(default=0)),
                ("failed", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=40, null=True)),
                ("speaks_for", models.TextField(null=True)),
                ("owner", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClaimActor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=8)),
                ("name", models.TextField()),
                ("folded", models.TextField()),
                ("kind", models.CharField(max_length=40)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="casebook.actor"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="casebook.claim"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=200)),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="casebook.claim"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("type", models.CharField(max_length=80)),
                ("family", models.CharField(max_length=40)),
                ("standing", models.CharField(max_length=40)),
                ("review", models.CharField(default="candidate", max_length=12)),
                ("place", models.TextField()),
                ("iso2", models.CharField(max_length=2, null=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("claims", models.PositiveIntegerField()),
                ("reports", models.PositiveIntegerField()),
                ("record", models.TextField()),
                ("day", models.DateField()),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="absorbed", to="casebook.incident"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncidentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("when", models.DateTimeField()),
                ("claims", models.PositiveIntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="casebook.incident"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casebook.incident"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncidentClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=8)),
                ("score", models.FloatField()),
                ("reasons", models.JSONField()),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="casebook.claim"),
                ),
                (
                    "incident",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="casebook.incident"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to="casebook.report"
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="claim",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="casebook.report"),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reader", models.CharField(max_length=200)),
                ("record", models.TextField()),
                ("current", models.BooleanField()),
                ("added", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="casebook.report"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_key", models.CharField(max_length=255)),
                ("key", models.CharField(db_index=True, max_length=255)),
                ("kind", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=20)),
                ("a_folded", models.TextField()),
                ("b_folded", models.TextField()),
                ("voice", models.TextField()),
                ("voice_folded", models.TextField()),
                ("record", models.TextField()),
                ("day", models.DateField()),
                (
                    "a",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.actor"
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casebook.actor"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="casebook.report"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="report",
            name="source",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="casebook.source"
            ),
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=200)),
                ("state", models.CharField(default="pending", max_length=8)),
                ("where", models.TextField(null=True)),
                ("error", models.TextField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="items", to="casebook.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("reasons", models.JSONField()),
                ("a", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casebook.claim")),
                ("b", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casebook.claim")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("a", "b"), name="pair_once")],
            },
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["day", "key"], name="incident_order"),
        ),
        migrations.AddConstraint(
            model_name="incidentclaim",
            constraint=models.UniqueConstraint(fields=("claim", "incident"), name="link_once"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["day", "report_key", "start", "key"], name="claim_order"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["family", "day"], name="claim_family"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["type", "day"], name="claim_type"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["iso2", "day"], name="claim_country"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("merging", 2), _negated=True), fields=["merging"], name="claim_merging"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("report", "key"), name="claim_once"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("report", "reader"), name="reading_once"),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["day", "report_key", "key"], name="relation_order"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("report", "key"), name="relation_once"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["day", "key"], name="report_order"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("sha256", "text_sha256"), name="report_once"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(fields=["state", "version"], name="work_state"),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(fields=("hash", "version"), name="work_once"),
        ),
    ]
