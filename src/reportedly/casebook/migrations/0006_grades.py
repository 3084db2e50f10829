from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casebook", "0005_watches")]

    operations = [
        migrations.CreateModel(
            name="Grade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reliability", models.CharField(max_length=1, null=True)),
                ("credibility", models.CharField(max_length=1, null=True)),
                ("by", models.TextField()),
                ("when", models.DateTimeField()),
                ("why", models.TextField(null=True)),
                (
                    "source",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="grades", to="casebook.source"),
                ),
            ],
        ),
    ]
