"""The plan as text and figures: its versions, chapters and indicators."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from maps.querysets import ChapterQuerySet, IndicatorQuerySet, PlanQuerySet
from portal.bilingual import Bilingual


class Plan(models.Model):
    """A territorial spatial plan, in the version that was loaded last.

    Made from a plan package by `maps.loading.load`; nothing else writes it. `bounds` is [west, south, east, north] in
    degrees; `groups` order the layers in lists: [{"key", "name_zh", "name_en", "chapter"}, …]; `themes` are the
    published maps: [{"key", "name_zh", "name_en", "layers": [layer key, …]}, …]; `names` are other words of the
    text for what is on the map: [{"names_zh", "names_en", "features", "kinds", "layers", "chapters"}, …], all lists.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300)
    short_name_zh = models.CharField(max_length=60)
    short_name_en = models.CharField(max_length=120)
    place_name_zh = models.CharField(max_length=60)
    place_name_en = models.CharField(max_length=120)
    note_zh = models.TextField(help_text=_("The note that goes on every map"))
    note_en = models.TextField()
    review_number = models.CharField(max_length=60, blank=True, help_text=_("审图号"))
    review_exemption_zh = models.CharField(max_length=300, blank=True)
    review_exemption_en = models.CharField(max_length=400, blank=True)
    base_year = models.PositiveSmallIntegerField()
    near_year = models.PositiveSmallIntegerField()
    target_year = models.PositiveSmallIntegerField()
    number_prefix = models.CharField(max_length=8, help_text=_("First letters of the comments' numbers, such as JF"))
    bounds = models.JSONField()
    groups = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    names = models.JSONField(default=list)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text=_("SHA-256 over the package's files"))
    map_digest = models.CharField(max_length=64, help_text=_("SHA-256 of the map bundle"))
    loaded_at = models.DateTimeField()

    name = Bilingual()
    short_name = Bilingual()
    place_name = Bilingual()
    note = Bilingual()
    review_exemption = Bilingual()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                name="plan_years_in_order",
                condition=models.Q(base_year__lt=models.F("near_year"))
                & models.Q(near_year__lt=models.F("target_year")),
            ),
            models.CheckConstraint(
                name="plan_reviewed_or_exempt", condition=~models.Q(review_number="", review_exemption_zh="")
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class PlanVersion(models.Model):
    """One version of a plan as it was loaded: the whole package, so that it can be shown and loaded again.

    `files` maps each file's path to its SHA-256; `package` is a ZIP of the files. `checks` is the sheet that sets the
    figures beside the map, as `maps.consistency_sheet.made` found it when this version was loaded.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    package = models.BinaryField()
    checks = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="planversion_number_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class Chapter(models.Model):
    """A chapter of the plan's text, in its published order and numbering. Numbers are text: chapters may be missing.

    `text_*` is Markdown without HTML. `layers` are the keys of the layers that it speaks about; `theme` is the key of
    the published map that belongs to it, or "". `heading_note_*` says what the published extract lacks. `focus` says
    what the map shows beside some paragraphs: [{"begins_zh", "begins_en", "features": […], "layers": […]}, …].
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="chapters")
    number = models.CharField(max_length=10)
    slug = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=200)
    text_zh = models.TextField()
    text_en = models.TextField()
    heading_note_zh = models.CharField(max_length=200, blank=True)
    heading_note_en = models.CharField(max_length=300, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    layers = models.JSONField(default=list)
    focus = models.JSONField(default=list)

    title = Bilingual()
    text = Bilingual()
    heading_note = Bilingual()

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="chapter_number_once"),
            # Deferred, so that two chapters may swap their slugs in one new version.
            models.UniqueConstraint(
                fields=["plan", "slug"], name="chapter_slug_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Indicator(models.Model):
    """A figure of the plan: how much of what, where, by when, and whether it binds.

    `subdistrict` is the key of a subdistrict feature, or "" for the whole plan. `year` is the target year, null for a
    figure that holds for the whole period. `layer` and `kind` say which features draw it, where they do.
    Where a measure has figures for subdistricts, its total must be their sum.
    """

    class Nature(models.TextChoices):
        """约束性 or 预期性, and plain descriptions such as the plan area."""

        BINDING = "binding", _("binding")
        EXPECTED = "expected", _("expected")
        DESCRIPTIVE = "descriptive", _("descriptive")

    class Bound(models.TextChoices):
        """How the figure is meant."""

        EXACT = "exact", _("exactly")
        FLOOR = "floor", _("not less than")
        CEILING = "ceiling", _("not more than")

    class Unit(models.TextChoices):
        """Units as the plan uses them."""

        HECTARE = "ha", _("ha")
        SQUARE_KILOMETRE = "km2", _("km²")
        COUNT = "count", _("number")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    key = models.SlugField(max_length=80)
    order = models.PositiveSmallIntegerField()
    measure = models.SlugField(max_length=60, help_text=_("What is counted; the same for the total and its parts"))
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)
    subdistrict = models.CharField(max_length=80, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    stated_zh = models.CharField(max_length=60, help_text=_("The figure as printed, such as 607.10公顷（0.91万亩）"))
    stated_en = models.CharField(max_length=80)
    nature = models.CharField(max_length=12, choices=Nature.choices)
    bound = models.CharField(max_length=10, choices=Bound.choices)
    year = models.PositiveSmallIntegerField(null=True)
    chapter_number = models.CharField(max_length=10)
    layer_key = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40, blank=True)

    name = Bilingual()
    stated = Bilingual()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="indicator_key_once"),
            models.CheckConstraint(name="indicator_positive", condition=models.Q(value__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.stated}"
