"""Where a comment points: what was drawn, or what was chosen, checked against the plan."""

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Point

from consultation.states import PlaceKind


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
