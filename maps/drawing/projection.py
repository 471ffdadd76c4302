"""From longitude and latitude to places on a sheet, true to scale: Gauss–Krüger about the middle of what is drawn."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, pi, radians, sin, tan

# GRS 80, the ellipsoid of CGCS2000; WGS 84 differs by a tenth of a millimetre.
SEMI_MAJOR_AXIS = 6378137.0
FLATTENING = 1 / 298.257222101
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
SECOND_ECCENTRICITY_SQUARED = ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED)

# The interactive map may stand between two zoom levels; so may a sheet.
ZOOM_GRACE = 0.25

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Projection:
    """A transverse Mercator projection with scale 1 on the meridian `lon`; metres from (lon, lat), y to the north.

    Series to the fifth power of the distance in longitude: within a degree of the meridian true to a millimetre, and
    the scale to 1 in 10 000. Source: any textbook of geodesy; the formulas are Gauss's.
    """

    lon: float
    lat: float

    @cached_property
    def _origin(self) -> float:
        return _meridian_arc(radians(self.lat))

    def metres(self, lon: float, lat: float) -> tuple[float, float]:
        """Return east and north of the projection's origin, in metres."""
        latitude = radians(lat)
        turn = radians(lon - self.lon) * cos(latitude)
        slope = tan(latitude) ** 2
        bend = SECOND_ECCENTRICITY_SQUARED * cos(latitude) ** 2
        radius = SEMI_MAJOR_AXIS / (1 - ECCENTRICITY_SQUARED * sin(latitude) ** 2) ** 0.5
        east = radius * turn * (1 + turn**2 / 6 * (1 - slope + bend + turn**2 / 20 * (5 - 18 * slope + slope**2)))
        rise = radius * tan(latitude) * turn**2 / 2 * (1 + turn**2 / 12 * (5 - slope + 9 * bend + 4 * bend**2))
        return east, _meridian_arc(latitude) - self._origin + rise


def _meridian_arc(latitude: float) -> float:
    """Return the distance from the equator along a meridian, in metres (Helmert's series in n)."""
    n = FLATTENING / (2 - FLATTENING)
    mean = SEMI_MAJOR_AXIS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    return mean * (
        latitude
        - 3 / 2 * (n - n**3 / 8) * sin(2 * latitude)
        + 15 / 16 * n**2 * sin(4 * latitude)
        - 35 / 48 * n**3 * sin(6 * latitude)
    )


@dataclass(frozen=True)
class Frame:
    """The part of a sheet that holds the map: `left`, `top`, `width`, `height` in the sheet's units.

    The middle of `bounds` (west, south, east, north in degrees) lies in the middle; a unit is `metres_per_unit`.
    """

    bounds: Bounds
    left: float
    top: float
    width: float
    height: float
    metres_per_unit: float

    @cached_property
    def projection(self) -> Projection:
        """The projection about the middle of what is drawn."""
        west, south, east, north = self.bounds
        return Projection((west + east) / 2, (south + north) / 2)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place lies on the sheet; y points down."""
        east, north = self.projection.metres(lon, lat)
        return (
            self.left + self.width / 2 + east / self.metres_per_unit,
            self.top + self.height / 2 - north / self.metres_per_unit,
        )

    @property
    def corner(self) -> tuple[float, float, float, float]:
        """The box in the upper right corner that is kept for the north arrow."""
        right = self.left + self.width
        return right - 44, self.top, right, self.top + 64

    @property
    def zoom(self) -> float:
        """The zoom level at which the interactive map is about as large; `label_min_zoom` is given in these."""
        size = cos(radians(self.projection.lat)) * 2 * pi * SEMI_MAJOR_AXIS / 256
        return log2(size / self.metres_per_unit) + ZOOM_GRACE


def size_in_metres(bounds: Bounds) -> tuple[float, float]:
    """Return width and height of a box in metres, measured through its middle."""
    west, south, east, north = bounds
    projection = Projection((west + east) / 2, (south + north) / 2)
    width = projection.metres(east, projection.lat)[0] - projection.metres(west, projection.lat)[0]
    return width, projection.metres(projection.lon, north)[1] - projection.metres(projection.lon, south)[1]


def fitted(bounds: Bounds, left: float, top: float, width: float, height: float) -> Frame:
    """Return the frame that shows all of `bounds` as large as it fits."""
    across, up = size_in_metres(bounds)
    return Frame(bounds, left, top, width, height, max(across / width, up / height))
