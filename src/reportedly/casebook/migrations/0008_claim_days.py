"""An index for what is asked of relations over time: by the days that claims tell of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casebook", "0007_feed_pages")]

    operations = [migrations.AddIndex("claim", models.Index(fields=["last_day", "first_day", "report"], name="claim_days"))]
