"""Feeds whose entries are read from the pages they link to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casebook", "0006_grades")]

    operations = [migrations.AddField("feed", "pages", models.BooleanField(default=False))]
