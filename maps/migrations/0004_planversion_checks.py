"""Keep with each version how its figures and its map agree."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maps", "0003_mapfile_last_version")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="checks",
            field=models.JSONField(default=dict),
        ),
    ]
