"""What the search box can find."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("maps", "0004_planversion_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("village", "Villages"),
                            ("community", "Communities"),
                            ("feature", "On the plan's map"),
                            ("road", "Roads"),
                            ("water", "Rivers and canals"),
                            ("place", "Places"),
                            ("chapter", "Chapters"),
                            ("term", "Terms in the text"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name_zh", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=200)),
                ("kind_zh", models.CharField(blank=True, max_length=60)),
                ("kind_en", models.CharField(blank=True, max_length=120)),
                ("hint_zh", models.CharField(blank=True, max_length=150)),
                ("hint_en", models.CharField(blank=True, max_length=300)),
                ("layer", models.CharField(blank=True, max_length=60)),
                ("feature", models.CharField(blank=True, max_length=80)),
                ("chapter", models.CharField(blank=True, max_length=10)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_entries", to="maps.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=250)),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="maps.searchentry"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="maps.plan"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("plan"),
                        django.contrib.postgres.indexes.OpClass("key", name="text_pattern_ops"),
                        name="searchkey_plan_key",
                    )
                ],
            },
        ),
    ]
