from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casebook", "0003_joining")]

    operations = [
        migrations.AddField("run", "kind", models.CharField(default="load", max_length=8)),
        migrations.AddField("decision", "undone_why", models.TextField(null=True)),
    ]
