"""Feeds belong to the casebook, which fetches them: they move there."""

from typing import Any, ClassVar

from django.db import migrations

KEPT = ("address", "name", "last_fetched", "last_new", "error")


def move(apps: Any, schema_editor: Any) -> None:
    """Copy the feeds that the casebook does not know."""
    using = schema_editor.connection.alias
    feeds = apps.get_model("casebook", "Feed").objects.using(using)
    for row in apps.get_model("desk", "Feed").objects.using(using).values(*KEPT):
        feeds.get_or_create(address=row["address"], defaults=row)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("desk", "0002_following"), ("casebook", "0005_watches")]

    operations: ClassVar = [migrations.RunPython(move, migrations.RunPython.noop), migrations.DeleteModel("Feed")]
