"""The one gate in: GeoJSON from a package, a form or a program becomes a geometry here, or is refused with a reason.

Only plain numbers ever reach GEOS. No text is given to GDAL, whose parsers read addresses and files
(SpatialReference, DataSource).
"""

import json
import math
import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from django.contrib.gis.geos import (
    GEOSException,
    GEOSGeometry,
    LinearRing,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from django.utils.functional import Promise
from django.utils.translation import gettext as _

SRID = 4326
MAX_VERTICES = 2_000
MAX_CHARACTERS = 200_000
METRES_PER_DEGREE = 111_320
# How deep positions lie in `coordinates`, by type (RFC 7946, 3.1).
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
# Longitude and latitude on WGS 84 or CGCS2000, which are the same at this accuracy.
CRS_NAMES = re.compile(r"^(urn:ogc:def:crs:)?(OGC:(1\.3)?:?CRS84|EPSG:(\d[\d.]*)?:?(4326|4490))$", re.IGNORECASE)


class GeometryError(Exception):
    """A geometry was refused. `code` is stable and for programs, `message` is translated and for people."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def check(
    geojson: str | dict,
    *,
    allowed: Collection[str],
    area: GEOSGeometry | None = None,
    tolerance_m: float = 0,
    max_vertices: int = MAX_VERTICES,
) -> GEOSGeometry:
    """Return the geometry that `geojson` (text or parsed) describes: SRID 4326, valid, outer rings anticlockwise.

    `allowed` are GeoJSON types. With `area`, all of it must lie in there or at most `tolerance_m` outside (measured
    along the meridian; east–west the tolerance is shorter by the cosine of the latitude). Raises GeometryError with
    code not-json, wrong-type, wrong-crs, bad-coordinates, not-finite, too-many-vertices, out-of-range, swapped,
    invalid or outside. No queries.
    """
    member = parse(geojson) if isinstance(geojson, str) else geojson
    kind = _kind(member, allowed)
    check_crs(member)
    coordinates = _plain(member.get("coordinates"), DEPTHS[kind])
    positions = list(_positions(coordinates, DEPTHS[kind]))
    if len(positions) > max_vertices:
        values = {"count": len(positions), "limit": max_vertices}
        raise GeometryError(
            "too-many-vertices", _("The shape has %(count)s points; at most %(limit)s are allowed.") % values
        )
    _check_range(positions, area)
    geometry = _build(kind, coordinates)
    _check_validity(geometry)
    if area is not None:
        _check_inside(geometry, area, tolerance_m)
    return geometry


def _kind(member: object, allowed: Collection[str]) -> str:
    """Return the GeoJSON type of `member` if it is one of `allowed`; raises GeometryError."""
    found = member.get("type") if isinstance(member, dict) else None
    if isinstance(found, str) and found in DEPTHS and found in allowed:
        return found
    values = {
        "wanted": ", ".join(sorted(allowed)),
        "found": found if isinstance(found, str) and len(found) < 30 else "?",
    }
    raise GeometryError("wrong-type", _("A %(wanted)s is wanted here, not: %(found)s.") % values)


def parse(text: str) -> object:
    """Read JSON text of a bounded length in which NaN and Infinity don't occur; raises GeometryError."""
    if len(text) > MAX_CHARACTERS:
        raise GeometryError("too-many-vertices", _("The shape is too large."))
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise GeometryError("not-json", _("This is not GeoJSON.")) from error


def _refuse_constant(name: str) -> float:
    raise GeometryError("not-finite", _("A coordinate is not a finite number."))


def check_crs(member: dict) -> None:
    """Refuse an old-style `crs` member that names anything but longitude and latitude; raises GeometryError."""
    crs = member.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not CRS_NAMES.match(name):
        known = name if isinstance(name, str) and len(name) < 60 else "?"
        sentence = _("The coordinates must be longitude and latitude (WGS 84 or CGCS2000), not %(crs)s.")
        raise GeometryError("wrong-crs", sentence % {"crs": known})


def _plain(value: object, depth: int) -> list | tuple[float, float]:
    """Return `value` as nested lists of positions, `depth` levels down; raises GeometryError for anything else."""
    if not isinstance(value, list | tuple) or not value:
        raise GeometryError("bad-coordinates", _("The coordinates don't have the form that GeoJSON asks for."))
    if depth:
        return [_plain(part, depth - 1) for part in value]
    if len(value) not in (2, 3) or any(isinstance(n, bool) or not isinstance(n, int | float | Decimal) for n in value):
        raise GeometryError("bad-coordinates", _("A position must be two numbers: longitude and latitude."))
    try:
        longitude, latitude = float(value[0]), float(value[1])
    except OverflowError as error:
        raise GeometryError("not-finite", _("A coordinate is not a finite number.")) from error
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise GeometryError("not-finite", _("A coordinate is not a finite number."))
    return longitude, latitude


def _positions(coordinates: list | tuple, depth: int) -> Iterator[tuple[float, float]]:
    if depth:
        for part in coordinates:
            yield from _positions(part, depth - 1)
    else:
        yield coordinates


def _check_range(positions: list[tuple[float, float]], area: GEOSGeometry | None) -> None:
    """Refuse what isn't on the globe, and say so when longitude and latitude look swapped."""
    longitude, latitude = positions[0]
    swapped = _("Longitude and latitude look swapped: longitude comes first.")
    if area is not None and -90 <= longitude <= 90:
        west, south, east, north = area.extent
        if not (west <= longitude <= east and south <= latitude <= north) and (
            west <= latitude <= east and south <= longitude <= north
        ):
            raise GeometryError("swapped", swapped)
    for longitude, latitude in positions:
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            continue
        if abs(latitude) <= 180 and abs(longitude) <= 90:
            raise GeometryError("swapped", swapped)
        place = {"x": f"{longitude:.10g}", "y": f"{latitude:.10g}"}
        sentence = _("%(x)s, %(y)s is not a longitude and a latitude in degrees.")
        raise GeometryError("out-of-range", sentence % place)


def _build(kind: str, coordinates: list | tuple) -> GEOSGeometry:
    """Make the geometry; raises GeometryError where a ring isn't closed or a line has no length."""
    try:
        if kind == "Point":
            return Point(coordinates, srid=SRID)
        if kind == "LineString":
            return LineString(coordinates, srid=SRID)
        if kind == "Polygon":
            return _polygon(coordinates)
        if kind == "MultiPoint":
            return MultiPoint([Point(position) for position in coordinates], srid=SRID)
        if kind == "MultiLineString":
            return MultiLineString([LineString(line) for line in coordinates], srid=SRID)
        return MultiPolygon([_polygon(rings) for rings in coordinates], srid=SRID)
    except (GEOSException, ValueError, TypeError) as error:
        sentence = _("A line needs two points, and an area four of which the last is the first again.")
        raise GeometryError("bad-coordinates", sentence) from error


def _polygon(rings: list) -> Polygon:
    """Make a polygon whose outer ring runs anticlockwise and whose holes run clockwise (RFC 7946, 3.1.6)."""
    oriented = []
    for index, positions in enumerate(rings):
        ring = LinearRing(positions)
        wanted = index == 0
        oriented.append(ring if ring.is_counterclockwise == wanted else LinearRing(positions[::-1]))
    return Polygon(*oriented, srid=SRID)


def _check_validity(geometry: GEOSGeometry) -> None:
    """Refuse a shape that crosses itself or is broken in another way, and name the place."""
    reason = geometry.valid_reason
    if reason == "Valid Geometry":
        return
    found = re.match(r"(.*?)\[(\S+) (\S+)\]", reason)
    what = found[1] if found else reason
    place = f"{float(found[2]):.5f}, {float(found[3]):.5f}" if found else "?"
    if "Self-intersection" in what:
        raise GeometryError("invalid", _("The outline crosses itself at %(place)s.") % {"place": place})
    values = {"place": place, "reason": what}
    raise GeometryError("invalid", _("The shape is not valid at %(place)s (%(reason)s).") % values)


def _check_inside(geometry: GEOSGeometry, area: GEOSGeometry, tolerance_m: float) -> None:
    """Refuse what reaches out of `area` by more than the tolerance."""
    # Nearly everything lies well inside: the buffer is made for the rest only.
    if area.covers(geometry):
        return
    if not tolerance_m or not area.buffer(tolerance_m / METRES_PER_DEGREE).covers(geometry):
        raise GeometryError("outside", _("This lies outside the area of the plan."))
