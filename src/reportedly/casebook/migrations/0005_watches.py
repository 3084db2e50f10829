"""Feeds, watches, and what goes out because of them."""

from typing import Any

from django.db import migrations, models

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def watch(name: str) -> Any:
    """The watch that a row belongs to."""
    return models.ForeignKey(on_delete=models.deletion.CASCADE, related_name=name, to="casebook.watch")


class Migration(migrations.Migration):
    dependencies = [("casebook", "0004_signing")]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                KEY,
                ("address", models.TextField(unique=True)),
                ("name", models.TextField(default="")),
                ("every", models.PositiveIntegerField(default=30)),
                ("last_fetched", models.DateTimeField(null=True)),
                ("last_new", models.PositiveIntegerField(null=True)),
                ("error", models.TextField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("due", models.DateTimeField(null=True, db_index=True)),
                ("etag", models.TextField(null=True)),
                ("last_modified", models.TextField(null=True)),
                ("taken", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                KEY,
                ("name", models.CharField(max_length=80, unique=True)),
                ("asked", models.JSONField(default=dict)),
                ("sends", models.JSONField(default=list)),
                ("at", models.CharField(max_length=60, null=True)),
                ("every", models.PositiveIntegerField(null=True)),
                ("made", models.DateTimeField()),
                ("checked", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("due", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Noticed",
            fields=[KEY, ("watch", watch("noticed")), ("subject", models.CharField(max_length=511))],
            options={"constraints": [models.UniqueConstraint(fields=["watch", "subject"], name="noticed_once")]},
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                KEY,
                ("watch", watch("alerts")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("about", models.CharField(max_length=255)),
                ("made", models.DateTimeField()),
                ("record", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["watch", "about"], name="alert_about")]},
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                KEY,
                ("watch", watch("outgoing")),
                ("kind", models.CharField(max_length=10)),
                ("to", models.TextField()),
                ("key", models.CharField(max_length=255)),
                ("payload", models.TextField()),
                ("state", models.CharField(max_length=8, default="waiting")),
                ("tries", models.PositiveIntegerField(default=0)),
                ("due", models.DateTimeField()),
                ("taken", models.DateTimeField(null=True)),
                ("sent", models.DateTimeField(null=True)),
                ("error", models.TextField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["watch", "kind", "to", "key"], name="outgoing_once")],
                "indexes": [models.Index(fields=["state", "due", "id"], name="outgoing_order")],
            },
        ),
    ]
