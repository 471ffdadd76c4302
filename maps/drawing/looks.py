"""What is drawn and how it looks: layers and features with their styles, read in one query."""

import json
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import CharField, F, Func, Q
from django.utils.translation import override

from maps.drawing.projection import Bounds
from maps.models import Plan
from maps.querysets import FeatureQuerySet, Reader
from maps.statements import chosen

LANGUAGES = {"zh": "zh-hans", "en": "en"}
DECIMALS = 5
PUBLIC = AnonymousUser()


@dataclass
class Look:
    """How a feature looks: its kind's name, rule and style, with what its variant (such as a road's class) changes."""

    name: str
    rule: str
    style: dict[str, object]


@dataclass
class Shape:
    """A feature to draw: its name in the language of the drawing, and GeoJSON type and coordinates in degrees."""

    key: str
    name: str
    look: Look
    type: str
    coordinates: list

    @property
    def form(self) -> str:
        """ "area", "line" or "point"."""
        return "area" if "Polygon" in self.type else "line" if "LineString" in self.type else "point"

    @cached_property
    def polygons(self) -> list[list[list]]:
        """The polygons of an area, each a list of rings."""
        return {"Polygon": [self.coordinates], "MultiPolygon": self.coordinates}.get(self.type, [])

    @cached_property
    def lines(self) -> list[list]:
        """The lines of a line."""
        return {"LineString": [self.coordinates], "MultiLineString": self.coordinates}.get(self.type, [])

    @cached_property
    def points(self) -> list[list]:
        """The places of a point."""
        return {"Point": [self.coordinates], "MultiPoint": self.coordinates}.get(self.type, [])


@dataclass
class Sheaf:
    """A layer to draw, with its features in order."""

    key: str
    name: str
    is_base: bool
    shapes: list[Shape] = field(default_factory=list)


def at_zoom(sheaves: list[Sheaf], subjects: frozenset[str], zoom: float) -> list[Sheaf]:
    """Return the layers without the marks of the base map that are too small-scale to be named: noise on paper."""

    def is_drawn(shape: Shape) -> bool:
        return shape.form != "point" or shape.look.style.get("label_min_zoom", 0) <= zoom

    return [
        Sheaf(sheaf.key, sheaf.name, sheaf.is_base, list(filter(is_drawn, sheaf.shapes)))
        if sheaf.is_base and sheaf.key not in subjects
        else sheaf
        for sheaf in sheaves
    ]


def look_of(kinds: dict, kind: str, attributes: dict) -> Look:
    """Return the look of a feature of `kind` in the active language; a kind that the layer lacks has none."""
    own = kinds.get(kind, {})
    variant = next(
        (
            variants[str(attributes[attribute])]
            for attribute, variants in own.get("by", {}).items()
            if str(attributes.get(attribute)) in variants
        ),
        {},
    )
    return Look(
        chosen(variant, "name") or chosen(own, "name"),
        chosen(variant, "rule") or chosen(own, "rule"),
        {**own.get("style", {}), **variant.get("style", {})},
    )


def sheaves(
    plan: Plan, keys: tuple[str, ...], language: str, reader: Reader = PUBLIC, within: Bounds | None = None
) -> list[Sheaf]:
    """Return the base layers and those of `keys` that `reader` may see, in drawing order. One query.

    With `within` (west, south, east, north in degrees) only what lies there, cut to it.
    """
    geometry = ClippedBy("geometry", *within) if within else F("geometry")
    rows = _rows(plan, keys, reader).annotate(geojson=AsGeoJSON(geometry, precision=DECIMALS))
    return _gathered(rows, language)


def forms(plan: Plan, keys: tuple[str, ...], language: str, reader: Reader = PUBLIC) -> list[Sheaf]:
    """Return the same layers without coordinates: enough for a legend. One query."""
    return _gathered(_rows(plan, keys, reader).annotate(form=GeometryType("geometry")), language)


def _rows(plan: Plan, keys: tuple[str, ...], reader: Reader) -> FeatureQuerySet:
    unused = ("geometry", "note_zh", "note_en", "layer__source_zh", "layer__source_en")
    return (
        plan.features.visible_to(reader)
        .filter(Q(layer__is_base=True) | Q(layer__key__in=keys))
        .select_related("layer")
        .defer(*unused)
        .order_by("layer__order", "order")
    )


def _gathered(rows: FeatureQuerySet, language: str) -> list[Sheaf]:
    found: dict[int, Sheaf] = {}
    with override(LANGUAGES[language]):
        for row in rows:
            layer = row.layer
            sheaf = found.setdefault(layer.pk, Sheaf(layer.key, layer.name, layer.is_base))
            geometry = json.loads(row.geojson) if hasattr(row, "geojson") else {"type": row.form}
            look = look_of(layer.kinds, row.kind, row.attributes)
            shape = Shape(row.key, row.name, look, geometry["type"], geometry.get("coordinates", []))
            # What lies outside the box has no coordinates left; the area itself still casts its veil.
            if shape.coordinates or not hasattr(row, "geojson") or look.style.get("shade_outside"):
                sheaf.shapes.append(shape)
    return list(found.values())


class ClippedBy(Func):
    """A geometry cut to a box in degrees: ST_ClipByBox2D."""

    template = "ST_SetSRID(ST_ClipByBox2D(%(expressions)s, ST_MakeEnvelope(%(box)s)), 4326)"
    output_field = GeometryField(srid=4326)

    def __init__(self, expression: str, west: float, south: float, east: float, north: float):
        box = ", ".join(f"{float(value):.6f}" for value in (west, south, east, north))
        super().__init__(expression, box=f"{box}, 4326")


class GeometryType(Func):
    """A geometry's type as GeoJSON names it."""

    template = "substr(ST_GeometryType(%(expressions)s), 4)"
    output_field = CharField()
