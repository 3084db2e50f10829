from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casebook", "0008_claim_days")]

    operations = [
        migrations.CreateModel(
            name="SourceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, null=True)),
                ("speaks_for", models.TextField(null=True)),
                ("owner", models.TextField(null=True)),
                ("by", models.TextField()),
                ("when", models.DateTimeField()),
                ("why", models.TextField(null=True)),
                (
                    "source",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="notes", to="casebook.source"),
                ),
            ],
        ),
    ]
