"""*Here* on the plan that the portal ships with, against shapely: another geometry engine, and our own metres."""

import json
import math
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from shapely.affinity import affine_transform
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from maps.here import here, point_at

GEO = Path(__file__).parents[2] / "maps" / "plans" / "jiefang-2035" / "geo"
PARTITIONS = ("subdistricts", "planning-zones", "landscape")

# Where, and the planning zone that holds it ("" outside the area): read off the map, not off the program.
PLACES = {
    "redline in the north": (113.19845, 35.28841, "ecological-protection"),
    "redline in the north-west of Wangchu": (113.18393, 35.22561, "ecological-protection"),
    "ecological control, Shangbaizuo": (113.16869, 35.26445, "ecological-control"),
    "ecological control along the Dasha": (113.19922, 35.16192, "ecological-control"),
    "farmland in a northern valley": (113.18231, 35.27643, "farmland-protection"),
    "farmland in the south": (113.1972, 35.16992, "farmland-protection"),
    "town, Shangbaizuo": (113.19168, 35.25012, "urban-development"),
    "town, Wangchu": (113.22539, 35.20046, "urban-development"),
    "villages, Shangbaizuo": (113.1825, 35.2695, "rural-development"),
    "villages, Wangchu": (113.20791, 35.1808, "rural-development"),
    "a corner of the farmland's line": (113.19654, 35.17125, "farmland-protection"),
    "a corner of the redline": (113.21432, 35.26837, "ecological-protection"),
    "a corner of the development boundary": (113.20188, 35.19449, "urban-development"),
    "the central city, excluded": (113.21672, 35.23547, ""),
    "west of the area": (113.12, 35.25, ""),
    "south of the Dasha": (113.2, 35.13, ""),
    "Beijing": (116.4, 39.9, ""),
    "Guocun": (113.1972, 35.1664, None),
    "East Wangchu": (113.2222, 35.214, None),
    "Shijian": (113.1985, 35.26, None),
    "Honghe": (113.1832, 35.2785, None),
}


@cache
def features(layer: str) -> dict[str, tuple[str, str, int, BaseGeometry]]:
    rows = json.loads((GEO / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    return {
        row["id"]: (
            row["properties"]["kind"],
            row["properties"]["name"],
            row["properties"]["error_m"],
            shape(row["geometry"]),
        )
        for row in rows
    }


def metres(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Return how far `geometry` is, in a plane laid around the point with the ellipsoid's own radii (GRS 80)."""
    axis, flat = 6378137.0, 0.00669438
    bend = 1 - flat * math.sin(math.radians(lat)) ** 2
    north = math.radians(axis * (1 - flat) / bend**1.5)
    east = math.radians(axis / math.sqrt(bend)) * math.cos(math.radians(lat))
    return Point(0, 0).distance(affine_transform(geometry, [east, 0, 0, north, -lon * east, -lat * north]))


def edge(lon: float, lat: float, geometry: BaseGeometry) -> float:
    inside = geometry.geom_type.endswith("Polygon") and geometry.covers(Point(lon, lat))
    return metres(lon, lat, geometry.boundary if inside else geometry)


@pytest.fixture(params=PLACES, ids=PLACES)
def place(request):
    return PLACES[request.param]


@pytest.fixture
def answer(jiefang, place):
    return here(jiefang, point_at(str(place[0]), str(place[1])), AnonymousUser())


def close(lon, lat, expected):
    # Beyond some 50 km a plane is no judge any more; the answer is geodesic.
    return pytest.approx(expected, rel=0.002 if expected < 50_000 else 0.02, abs=0.2)


def test_every_theme_is_answered_as_shapely_answers_it(answer, place):
    lon, lat, zone = place
    check_scope(answer, lon, lat)
    check_control_lines(answer, lon, lat)
    check_partitions(answer, lon, lat, zone)
    check_villages(answer, lon, lat)
    check_structure(answer, lon, lat)


def check_scope(answer, lon, lat):
    _kind, _name, error, area = features("scope")["scope"]
    assert answer["in_area"] == area.covers(Point(lon, lat))
    found = answer["findings"][0]
    assert found["distance_m"] == close(lon, lat, edge(lon, lat, area))
    assert found["near_line"] == (edge(lon, lat, area) < error)


def check_control_lines(answer, lon, lat):
    found = {f["kind"]: f for f in answer["findings"] if f["layer"] == "control-lines"}
    assert set(found) == {"pbf", "ecr", "udb"}
    for kind, finding in found.items():
        parts = {key: row for key, row in features("control-lines").items() if row[0] == kind}
        whole = unary_union([row[3] for row in parts.values()])
        nearest = min(parts, key=lambda key: metres(lon, lat, parts[key][3]))
        assert finding["inside"] == whole.covers(Point(lon, lat))
        assert finding["distance_m"] == close(lon, lat, edge(lon, lat, whole))
        assert (finding["nearest"], finding["uncertainty_m"]) == (nearest, parts[nearest][2])
        assert finding["near_line"] == (finding["distance_m"] < parts[nearest][2])
        assert finding["feature"] == (nearest if finding["inside"] else None)


def check_partitions(answer, lon, lat, zone):
    for layer in PARTITIONS:
        (finding,) = [f for f in answer["findings"] if f["layer"] == layer]
        holding = [key for key, row in features(layer).items() if row[3].covers(Point(lon, lat))]
        assert finding["inside"] == bool(holding)
        assert finding["feature"] in (holding or [None])
        if layer == "planning-zones" and zone is not None:
            assert (finding["kind"] if finding["inside"] else "") == zone
        kind, name = features(layer)[finding["nearest"]][:2]
        whole = unary_union([row[3] for row in features(layer).values() if row[:2] == (kind, name)])
        assert finding["distance_m"] == close(lon, lat, edge(lon, lat, whole))


def check_villages(answer, lon, lat):
    (finding,) = [f for f in answer["findings"] if f["answer"] == "nearest"]
    nearest = min(features("villages"), key=lambda key: metres(lon, lat, features("villages")[key][3]))
    assert finding["feature"] == nearest
    assert finding["distance_m"] == close(lon, lat, metres(lon, lat, features("villages")[nearest][3]))


def check_structure(answer, lon, lat):
    asked = {key: row for key, row in features("structure").items() if row[0] not in ("axis", "core")}
    reach = {key: max(row[2], width(key) / 2, radius(key)) for key, row in asked.items()}
    expected = {key for key, row in asked.items() if metres(lon, lat, row[3]) <= reach[key]}
    assert {f["feature"] for f in answer["findings"] if f["layer"] == "structure"} == expected


def attribute(key, name):
    rows = json.loads((GEO / "structure.geojson").read_text(encoding="utf-8"))["features"]
    return next(row["properties"].get(name, 0) for row in rows if row["id"] == key)


def width(key):
    return attribute(key, "width_m")


def radius(key):
    return attribute(key, "radius_m")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_finding_has_a_statement_without_gaps(client, jiefang, language):
    for lon, lat, _zone in PLACES.values():
        path = f"/api/v1/plans/jiefang-2035/here/?lon={lon}&lat={lat}&lang={language}"
        for finding in client.get(path).json()["findings"]:
            assert finding["statement"] and "None" not in finding["statement"] and "%" not in finding["statement"]
            if language == "zh-hans":
                assert finding["statement"][-1] in "。）"
