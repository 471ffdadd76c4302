"""Where a comment points: what was drawn, or what was chosen, checked against the plan."""

import math
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import GEOSGeometry, Point
from django.utils.translation import gettext as _

from consultation.states import PlaceKind
from maps.geometry import GeometryError, check
from maps.models import Feature, Plan
from portal.refusal import Refusal

# What a resident draws by hand; more points than this come from a file, not from a finger.
MAX_VERTICES = 500
DRAWN = {"Point": PlaceKind.POINT, "LineString": PlaceKind.LINE, "Polygon": PlaceKind.AREA}
CHOICES = {"village", "feature", "chapter"}


@dataclass(frozen=True)
class Place:
    """A checked place. Geometry is SRID 4326; `anchor` is the point at which a map shows it, None for no place."""

    kind: PlaceKind
    geometry: GEOSGeometry | None = None
    anchor: Point | None = None
    feature_key: str = ""
    village_key: str = ""
    chapter_number: str = ""


NOWHERE = Place(PlaceKind.NONE)
SHOWN_DECIMALS = 4


def as_shown(anchor: Point | None) -> Point | None:
    """Return the point that is stored and shown for `anchor`: four decimals of a degree, some 10 m.

    Rounded when stored, not when read: no box, radius or cluster can then tell more of a place than the page does.
    """
    if anchor is None:
        return None
    return Point(round(anchor.x, SHOWN_DECIMALS), round(anchor.y, SHOWN_DECIMALS), srid=anchor.srid)


def resolve(plan: Plan, value: object) -> Place:
    """Return the place that `value` names: a GeoJSON geometry (point, line, area), {"village": id}, {"feature": id},
    {"chapter": number}, or None for no particular place.

    What is drawn must lie inside the plan's area, with the drawing's own uncertainty as tolerance; what is chosen
    must exist and be public. Raises a Refusal (400, field "place") that says what is wrong. At most two queries.
    """
    if value is None:
        return NOWHERE
    if not isinstance(value, dict):
        raise _refusal("place-unreadable", _("A place is a geometry, a village, a feature, a chapter, or nothing."))
    if "type" in value:
        return _drawn(plan, value)
    chosen = CHOICES & set(value)
    if len(chosen) != 1 or len(value) != 1:
        raise _refusal("place-unreadable", _("A place is a geometry, a village, a feature, a chapter, or nothing."))
    name = chosen.pop()
    key = value[name]
    if name == "chapter" and isinstance(key, int) and not isinstance(key, bool) and abs(key) < 10_000:
        key = str(key)
    if not isinstance(key, str) or not key or len(key) > 80 or not key.isprintable():
        raise _refusal("place-unreadable", _("A place is a geometry, a village, a feature, a chapter, or nothing."))
    return _chapter(plan, key) if name == "chapter" else _feature(plan, key, village_only=name == "village")


def point_value(lon: str, lat: str) -> dict:
    """Return the GeoJSON point that two fields of a form name. Raises a Refusal where they aren't numbers."""
    try:
        position = [float(lon), float(lat)]
    except ValueError:
        raise _refusal("place-unreadable", _("The place from the map can't be read. Choose it again.")) from None
    if not all(map(math.isfinite, position)):
        raise _refusal("place-not-finite", _("A coordinate is not a finite number."))
    return {"type": "Point", "coordinates": position}


def _refusal(code: str, message: str) -> Refusal:
    return Refusal(code, message, status=400, field="place")


def _drawn(plan: Plan, value: dict) -> Place:
    area = Feature.objects.filter(plan=plan, kind="scope").only("geometry", "error_m").order_by("order").first()
    if area is None:
        raise _refusal("place-without-plan", _("This plan has no area on the map, so no place can be marked on it."))
    try:
        geometry = check(
            value, allowed=DRAWN.keys(), area=area.geometry, tolerance_m=area.error_m, max_vertices=MAX_VERTICES
        )
    except GeometryError as error:
        raise _refusal(f"place-{error.code}", str(error.message)) from error
    anchor = _anchor(geometry)
    return Place(DRAWN[geometry.geom_type], geometry, anchor, village_key=_nearest_village(plan, anchor))


def _anchor(geometry: GEOSGeometry) -> Point:
    """Return the point at which a map shows `geometry`: halfway along a line, surely inside an area."""
    if geometry.geom_type == "Point":
        return geometry
    point = geometry.interpolate_normalized(0.5) if geometry.geom_type == "LineString" else geometry.point_on_surface
    point.srid = geometry.srid
    return point


def _nearest_village(plan: Plan, anchor: Point) -> str:
    """Return the key of the village nearest to `anchor`, by geodesic distance; "" in a plan without villages."""
    villages = Feature.objects.visible_to(AnonymousUser()).villages().filter(plan=plan)
    nearest = villages.annotate(distance=Distance("geometry", anchor)).order_by("distance")
    return nearest.values_list("key", flat=True).first() or ""


def _feature(plan: Plan, key: str, *, village_only: bool) -> Place:
    features = Feature.objects.visible_to(AnonymousUser()).filter(plan=plan, key=key)
    feature = (features.villages() if village_only else features).first()
    if feature is None and village_only:
        raise _refusal("place-unknown", _("This plan has no such village."))
    if feature is None:
        raise _refusal("place-unknown", _("This plan has no such feature."))
    anchor = _anchor(feature.geometry)
    if feature.kind == "village":
        return Place(PlaceKind.VILLAGE, anchor=anchor, village_key=key)
    return Place(PlaceKind.FEATURE, anchor=anchor, feature_key=key)


def _chapter(plan: Plan, number: str) -> Place:
    if not plan.chapters.visible_to(AnonymousUser()).filter(number=number).exists():
        raise _refusal("place-unknown", _("This plan has no such chapter."))
    return Place(PlaceKind.CHAPTER, chapter_number=number)
