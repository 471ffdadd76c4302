"""The API's shapes: what goes out for plan, chapters, layers, figures and *here*. Both languages side by side."""

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from maps.models import Chapter, Indicator, Layer, Plan


class BothSerializer(serializers.Serializer):
    """A text in Chinese, which is authoritative, and in English, which is for reference."""

    zh = serializers.CharField()
    en = serializers.CharField()


@extend_schema_field(BothSerializer)
class BothField(serializers.Field):
    """A bilingual text of a row: `<name>_zh` and `<name>_en` as {"zh", "en"}."""

    def __init__(self, **kwargs: object):
        super().__init__(**kwargs | {"read_only": True, "source": "*"})

    def to_representation(self, row: object) -> dict[str, str]:
        """Return both texts."""
        return {language: getattr(row, f"{self.field_name}_{language}") for language in ("zh", "en")}


def both(table: dict, name: str) -> dict[str, str]:
    """Return a bilingual text of a table as {"zh", "en"}; "" where a language lacks it."""
    return {language: table.get(f"{name}_{language}") or "" for language in ("zh", "en")}


class PlanSerializer(serializers.ModelSerializer):
    """A plan: what it is called, when it holds, where it lies, and where the rest of it is."""

    name = BothField()
    short_name = BothField()
    place_name = BothField()
    note = BothField(help_text="The note that belongs on every map made of this plan.")
    review_exemption = BothField(help_text="Why the map has no review number, where it has none.")
    bounds = serializers.ListField(child=serializers.FloatField(), help_text="West, south, east, north, in degrees.")
    groups = serializers.SerializerMethodField(help_text="Groups of layers, in order.")
    themes = serializers.SerializerMethodField(help_text="The published maps: each a selection of layers.")
    links = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = (
            "slug", "version", "name", "short_name", "place_name", "note", "review_number", "review_exemption",
            "base_year", "near_year", "target_year", "bounds", "groups", "themes", "digest", "loaded_at", "links",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_groups(self, plan: Plan) -> list[dict]:
        """Return the groups with names in both languages."""
        return [{"key": g["key"], "name": both(g, "name"), "chapter": g.get("chapter", "")} for g in plan.groups]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_themes(self, plan: Plan) -> list[dict]:
        """Return the published maps with names in both languages."""
        return [{"key": t["key"], "name": both(t, "name"), "layers": t["layers"]} for t in plan.themes]

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_links(self, plan: Plan) -> dict[str, str]:
        """Return where chapters, layers, figures, *here* and the map bundle are."""
        links = {
            name: reverse(f"api:{name}", args=[plan.slug]) for name in ("chapters", "layers", "indicators", "here")
        }
        return links | {"map": reverse("maps:bundle", args=[plan.slug, plan.map_digest])}


class ChapterSerializer(serializers.ModelSerializer):
    """A chapter in a list: everything but its text."""

    title = BothField()
    heading_note = BothField(help_text="What the published extract lacks of this chapter; mostly empty.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Chapter
        fields = ("number", "slug", "title", "heading_note", "theme", "layers", "url")

    def get_url(self, chapter: Chapter) -> str:
        """Return the chapter's address in the API."""
        return reverse("api:chapter", args=[self.context["slug"], chapter.number])


class ChapterTextSerializer(ChapterSerializer):
    """A chapter in full."""

    text = BothField(help_text="Markdown without HTML.")

    class Meta(ChapterSerializer.Meta):
        fields = (*ChapterSerializer.Meta.fields, "text")


class LayerSerializer(serializers.ModelSerializer):
    """A layer: how *here* asks it, its legend, whose it is, and where its GeoJSON is."""

    name = BothField()
    base = serializers.BooleanField(source="is_base", help_text="Belongs to the base map.")
    chapter = serializers.CharField(source="chapter_number")
    source = BothField()
    clearance = BothField(help_text="Why this may be public.")
    kinds = serializers.SerializerMethodField(help_text="Each kind of feature: its name, its rule, its legend's style.")
    features = serializers.IntegerField(source="feature_count", help_text="How many features it has.")
    url = serializers.SerializerMethodField(help_text="The GeoJSON as it is now.")
    file = serializers.SerializerMethodField(help_text="The same bytes, content-addressed; null for a draft.")

    class Meta:
        model = Layer
        fields = (
            "key", "group", "name", "status", "base", "shown_at_first", "answer", "chapter", "kinds", "features",
            "source", "clearance", "digest", "url", "file",
        )  # fmt: skip

    @extend_schema_field(serializers.DictField(child=serializers.DictField()))
    def get_kinds(self, layer: Layer) -> dict[str, dict]:
        """Return the kinds with their texts in both languages."""
        return {
            name: {text: both(kind, text) for text in ("name", "rule", "outside")} | {"style": kind["style"]}
            for name, kind in layer.kinds.items()
        }

    def get_url(self, layer: Layer) -> str:
        """Return where the layer is."""
        return reverse("api:layer-geojson", args=[self.context["slug"], layer.key])

    def get_file(self, layer: Layer) -> str | None:
        """Return where these very bytes are, for a public layer."""
        if layer.status != Layer.Status.PUBLIC:
            return None
        return reverse("maps:layer-file", args=[self.context["slug"], layer.key, layer.digest])


class IndicatorSerializer(serializers.ModelSerializer):
    """A figure of the plan."""

    name = BothField()
    value = serializers.FloatField()
    stated = BothField(help_text="The figure as the plan prints it.")
    chapter = serializers.CharField(source="chapter_number")
    layer = serializers.CharField(source="layer_key", help_text="The layer that draws it, if one does.")

    class Meta:
        model = Indicator
        fields = (
            "key", "measure", "name", "subdistrict", "value", "unit", "stated", "nature", "bound", "year", "chapter",
            "layer", "kind",
        )  # fmt: skip


class FindingSerializer(serializers.Serializer):
    """What the plan says at a place in one respect."""

    layer = serializers.CharField()
    layer_name = serializers.CharField()
    kind = serializers.CharField()
    answer = serializers.CharField(help_text="scope, control-line, partition, nearest or touching.")
    feature = serializers.CharField(allow_null=True, help_text="The feature that holds, or was asked for; else null.")
    nearest = serializers.CharField(
        allow_null=True, help_text="The feature that lies nearest, whether it holds or not."
    )
    name = serializers.CharField()
    inside = serializers.BooleanField()
    near_line = serializers.BooleanField(help_text="The edge is nearer than the drawing is sure.")
    distance_m = serializers.FloatField(allow_null=True, help_text="Metres to the nearest edge of that kind.")
    uncertainty_m = serializers.IntegerField(allow_null=True, help_text="How sure the drawing is, in metres.")
    statement = serializers.CharField(help_text="All of it in plain words, in the language of the request.")
    state = serializers.ChoiceField(
        choices=("inside", "outside", "near", "nearest"), help_text="near: the drawing can't tell which side."
    )
    title = serializers.CharField(help_text="The question in a word or two: the line, or the theme.")
    brief = serializers.CharField(help_text="The answer in one line.")
    chapter = serializers.CharField(allow_blank=True)
    chapter_url = serializers.CharField(allow_null=True)


class HereSerializer(serializers.Serializer):
    """What the plan says at a place."""

    plan = serializers.CharField()
    version = serializers.IntegerField()
    point = inline_serializer("Position", {"lon": serializers.FloatField(), "lat": serializers.FloatField()})
    in_area = serializers.BooleanField()
    summary = serializers.CharField(help_text="What most likely applies, in a sentence or two.")
    findings = FindingSerializer(many=True)


def chapter_url(slug: str, number: str) -> str | None:
    """Return where people read a chapter: on its page for the portal's own plan, in the API for another."""
    if not number:
        return None
    if slug == settings.DEFAULT_PLAN:
        return reverse("maps:chapter", args=[number])
    return reverse("api:chapter", args=[slug, number])
