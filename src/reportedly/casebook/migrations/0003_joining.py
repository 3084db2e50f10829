from typing import Any

from django.db import migrations, models


def join_anew(apps: Any, schema_editor: Any) -> None:
    """Claims were joined by other rules before: join them all again; ids of incidents and decisions stay."""
    using = schema_editor.connection.alias
    apps.get_model("casebook", "ClaimPair").objects.using(using).all().delete()
    apps.get_model("casebook", "Claim").objects.using(using).update(merging=0)
    decisions = apps.get_model("casebook", "Decision").objects.using(using)
    for row in decisions.exclude(report=None):
        row.words = [[row.report, row.start, row.end]]
        row.other_words = [[row.other_report, row.other_start, row.other_end]] if row.other_report else []
        row.save(using=using)


class Migration(migrations.Migration):
    dependencies = [("casebook", "0002_search")]

    operations = [
        migrations.RemoveIndex("claim", "claim_merging"),
        migrations.AddIndex(
            "claim", models.Index(fields=["merging", "day", "report_key", "start", "key"], name="claim_to_merge")
        ),
        migrations.AddField("incidentchange", "words", models.JSONField(default=list)),
        migrations.AddField("decision", "words", models.JSONField(default=list)),
        migrations.AddField("decision", "other_words", models.JSONField(default=list)),
        migrations.DeleteModel("ClaimBlock"),
        migrations.CreateModel(
            name="ClaimBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="blocks", to="casebook.claim"),
                ),
            ],
            options={"indexes": [models.Index(fields=["key", "claim"], name="block_key")]},
        ),
        migrations.RunPython(join_anew, migrations.RunPython.noop),
    ]
