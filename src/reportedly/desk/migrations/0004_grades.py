# ruff: noqa: RUF012
from typing import Any

from django.db import migrations


def hand_over(apps: Any, schema_editor: Any) -> None:
    """Grades are the casebook's now, so that incidents can tell what the best graded source says."""
    using = schema_editor.connection.alias
    sources = apps.get_model("casebook", "Source").objects.using(using)
    for row in apps.get_model("desk", "Grade").objects.using(using).order_by("when"):
        source = sources.filter(key=row.source).first()
        if source is not None:
            apps.get_model("casebook", "Grade").objects.using(using).create(
                source=source, reliability=row.reliability, credibility=row.credibility, by=row.by, when=row.when
            )


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_feeds_of_the_casebook"), ("casebook", "0006_grades")]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.DeleteModel("Grade"),
    ]
