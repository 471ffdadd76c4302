"""What the search box can find, made from the plan each time it changes."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from maps.models.plan import Plan
from portal.bilingual import Bilingual


class SearchEntry(models.Model):
    """One thing that a search can find. `maps.search_index.rebuild` makes them; nothing else writes them.

    `kind_*` says what it is (道路, 行政村), `hint_*` tells namesakes apart (the subdistrict, the chapter). A thing on
    the map has `layer` and `feature`, the keys of both; a chapter or a term has `chapter`, the number.
    """

    class Type(models.TextChoices):
        """The groups that results are shown in, in this order."""

        VILLAGE = "village", _("Villages")
        COMMUNITY = "community", _("Communities")
        FEATURE = "feature", _("On the plan's map")
        ROAD = "road", _("Roads")
        WATER = "water", _("Rivers and canals")
        PLACE = "place", _("Places")
        CHAPTER = "chapter", _("Chapters")
        TERM = "term", _("Terms in the text")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="search_entries")
    order = models.PositiveIntegerField()
    type = models.CharField(max_length=12, choices=Type.choices)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)
    kind_zh = models.CharField(max_length=60, blank=True)
    kind_en = models.CharField(max_length=120, blank=True)
    hint_zh = models.CharField(max_length=150, blank=True)
    hint_en = models.CharField(max_length=300, blank=True)
    layer = models.CharField(max_length=60, blank=True)
    feature = models.CharField(max_length=80, blank=True)
    chapter = models.CharField(max_length=10, blank=True)

    name = Bilingual()
    kind = Bilingual()
    hint = Bilingual()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class SearchKey(models.Model):
    """A way to write what a SearchEntry is called, as `maps.search_text.folded` writes it: 东王褚村, dongwangchu, dwcc.

    The lower `rank`, the nearer to the name: see `maps.search_text.keys`.
    """

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="keys")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=250)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        # `text_pattern_ops`: a search asks for what begins with a text, whatever the database's collation.
        indexes = [models.Index("plan", OpClass("key", name="text_pattern_ops"), name="searchkey_plan_key")]

    def __str__(self) -> str:
        return self.key
