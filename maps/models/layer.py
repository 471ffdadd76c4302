"""The plan as geography: layers, their features, and the bytes that are made of them."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from maps.models.plan import Plan
from maps.querysets import FeatureQuerySet, LayerQuerySet
from portal.bilingual import Bilingual


class Layer(models.Model):
    """A layer of the plan's map: its features, how they look, and how *here* speaks of them.

    `kinds` maps each kind of feature to its name, its rule in plain words and its style:
    {"pbf": {"name_zh", "name_en", "rule_zh", "rule_en", "outside_zh", "outside_en", "answer", "measure", "style": {…},
    "by": {attribute: {value: {"name_zh", "name_en", "rule_zh", "rule_en", "style"}}}}}; the style's words are in
    `maps.styles`. A kind's `answer` is the layer's unless the package gives it its own; `measure` names the indicator
    that its stated areas are. Only a public edition of spatial data is ever stored: `source_*`, `clearance_*` say whose
    it is and who cleared it.
    """

    class Answer(models.TextChoices):
        """How *here* asks a layer."""

        NONE = "none", _("not asked")
        CONTROL_LINE = "control-line", _("a control line: inside or outside, each kind")
        PARTITION = "partition", _("divides the area: the one feature that holds the point")
        NEAREST = "nearest", _("the nearest feature")
        TOUCHING = "touching", _("the features that hold or pass by the point")

    class Status(models.TextChoices):
        """Who may see it."""

        DRAFT = "draft", _("draft, for staff")
        PUBLIC = "public", _("public")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="layers")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(help_text=_("Drawn in this order, the lowest first"))
    group = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    is_base = models.BooleanField(default=False, help_text=_("Belongs to the base map: always shown, never in themes"))
    shown_at_first = models.BooleanField(default=False)
    answer = models.CharField(max_length=20, choices=Answer.choices, default=Answer.NONE)
    chapter_number = models.CharField(max_length=10, blank=True)
    kinds = models.JSONField()
    source_zh = models.TextField()
    source_en = models.TextField()
    clearance_zh = models.TextField()
    clearance_en = models.TextField()
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the layer's GeoJSON"))

    name = Bilingual()
    source = Bilingual()
    clearance = Bilingual()

    objects = LayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("layer")
        verbose_name_plural = _("layers")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="layer_key_once")]

    def __str__(self) -> str:
        return self.name


class Feature(models.Model):
    """One thing on the plan's map. `geometry` is the only copy of its shape; GeoJSON is derived.

    `stated_ha` is the plan's own figure and is what is shown; `measured_ha` is the ellipsoidal area of the drawing
    (CGCS2000 ≈ WGS 84), for the figure↔map check only. `error_m` is the drawing's uncertainty in metres. `basis` says
    where it comes from (plan-text, derived, estimated).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="features")
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="features")
    key = models.SlugField(max_length=80)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    subdistrict = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=20)
    error_m = models.PositiveIntegerField()
    stated_ha = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    measured_ha = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    attributes = models.JSONField(default=dict)
    geometry = models.GeometryField(srid=4326)

    name = Bilingual()
    note = Bilingual()

    objects = FeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="feature_key_once"),
            models.CheckConstraint(name="feature_stated_positive", condition=models.Q(stated_ha__gt=0)),
        ]
        indexes = [models.Index(fields=["plan", "kind"], name="feature_plan_kind")]

    def __str__(self) -> str:
        return self.name


class MapFile(models.Model):
    """Bytes that are the same for everyone: a layer's GeoJSON or the plan's map bundle, made once per version.

    Addressed by content: `digest` is the SHA-256 of the uncompressed body, so a proxy and a browser may keep it for
    ever. Kept precompressed in both encodings. `last_version` is the plan's newest version that uses it: the files of
    the version before stay for pages that are still open.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="map_files")
    digest = models.CharField(max_length=64)
    is_public = models.BooleanField(default=False)
    last_version = models.PositiveIntegerField(default=1)
    content_type = models.CharField(max_length=60)
    gzip = models.BinaryField()
    brotli = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "digest"], name="mapfile_once")]

    def __str__(self) -> str:
        return self.digest
