"""The one gate in: what is let through, what is refused, and with which code and words."""

import json
import math

import pytest
from django.contrib.gis.geos import Polygon
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maps.geometry import DEPTHS, METRES_PER_DEGREE, GeometryError, check

AREA = Polygon.from_bbox((113.16, 35.16, 113.25, 35.31))
SQUARE = [[113.20, 35.20], [113.21, 35.20], [113.21, 35.21], [113.20, 35.21], [113.20, 35.20]]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refusal(geojson: object, **options: object) -> GeometryError:
    """Return the refusal of `geojson`."""
    with pytest.raises(GeometryError) as caught:
        check(geojson, **({"allowed": DEPTHS} | options))
    return caught.value


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [113.2, 35.2]),
        ("MultiPoint", [[113.2, 35.2], [113.21, 35.2]]),
        ("LineString", [[113.2, 35.2], [113.21, 35.2]]),
        ("MultiLineString", [[[113.2, 35.2], [113.21, 35.2]]]),
        ("Polygon", [SQUARE]),
        ("MultiPolygon", [[SQUARE]]),
    ],
)
def test_every_type_comes_in_as_text_and_as_a_dict(kind: str, coordinates: list):
    member = {"type": kind, "coordinates": coordinates}
    for geojson in (member, json.dumps(member)):
        geometry = check(geojson, allowed={kind}, area=AREA)
        assert geometry.geom_type == kind
        assert geometry.srid == 4326


def test_a_height_is_dropped():
    assert check({"type": "Point", "coordinates": [113.2, 35.2, 400]}, allowed={"Point"}).coords == (113.2, 35.2)


def test_outer_rings_turn_anticlockwise_and_holes_clockwise():
    hole = [[113.204, 35.204], [113.206, 35.204], [113.206, 35.206], [113.204, 35.206], [113.204, 35.204]]
    geometry = check({"type": "Polygon", "coordinates": [SQUARE[::-1], hole]}, allowed={"Polygon"})
    assert geometry[0].is_counterclockwise
    assert not geometry[1].is_counterclockwise


def test_a_type_that_is_not_asked_for_is_refused():
    error = refusal({"type": "Polygon", "coordinates": [SQUARE]}, allowed={"Point", "LineString"})
    assert error.code == "wrong-type"
    assert str(error.message) == "A LineString, Point is wanted here, not: Polygon."


@pytest.mark.parametrize(
    "geojson",
    [
        {},
        {"type": "GeometryCollection", "geometries": []},
        {"type": ["Point"], "coordinates": [1, 2]},
        {"type": "x" * 500},
        [],
        None,
        3,
        "null",
        '"Point"',
        "[1, 2]",
    ],
)
def test_what_is_no_geometry_is_refused(geojson: object):
    assert refusal(geojson).code == "wrong-type"


@pytest.mark.parametrize("text", ["", "{", "POINT (113.2 35.2)", "[" * 100_000, '{"n":' + "9" * 5000 + "}"])
def test_text_that_is_not_json_is_refused(text: str):
    assert refusal(text).code == "not-json"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_coordinate_that_is_not_finite_is_refused(number: str):
    assert refusal(f'{{"type":"Point","coordinates":[{number},35.2]}}').code == "not-finite"


@pytest.mark.parametrize("number", [math.nan, math.inf, 10**400])
def test_a_coordinate_that_is_not_finite_is_refused_in_a_dict_too(number: float):
    assert refusal({"type": "Point", "coordinates": [number, 35.2]}).code == "not-finite"


@pytest.mark.parametrize(
    "coordinates",
    [None, [], {}, "113.2,35.2", [113.2], [113.2, 35.2, 1, 2], ["113.2", "35.2"], [True, False], [[113.2, 35.2]], 5],
)
def test_a_point_of_another_form_is_refused(coordinates: object):
    assert refusal({"type": "Point", "coordinates": coordinates}).code == "bad-coordinates"


@pytest.mark.parametrize("ring", [[], SQUARE[:2], SQUARE[:4], [[]]])
def test_a_ring_that_is_none_is_refused(ring: list):
    assert refusal({"type": "Polygon", "coordinates": [ring]}).code == "bad-coordinates"


def test_a_self_crossing_outline_is_refused_and_the_place_is_named():
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    error = refusal({"type": "Polygon", "coordinates": [bow_tie]})
    assert error.code == "invalid"
    assert str(error.message) == "The outline crosses itself at 113.20500, 35.20500."


@pytest.mark.parametrize("line", [[[113.2, 35.2]], [[113.2, 35.2], [113.2, 35.2]]])
def test_a_line_without_length_is_refused(line: list):
    assert refusal({"type": "LineString", "coordinates": line}).code in ("bad-coordinates", "invalid")


def test_a_hole_outside_its_polygon_is_refused():
    hole = [[113.3, 35.3], [113.3, 35.31], [113.31, 35.31], [113.3, 35.3]]
    assert refusal({"type": "Polygon", "coordinates": [SQUARE, hole]}).code == "invalid"


def test_longitude_and_latitude_the_wrong_way_round_get_a_hint():
    assert refusal({"type": "Point", "coordinates": [35.2, 113.2]}).code == "swapped"
    assert refusal({"type": "Point", "coordinates": [35.2, 113.2]}, area=AREA).code == "swapped"
    near_the_equator = Polygon.from_bbox((10, 50, 20, 60))
    assert refusal({"type": "Point", "coordinates": [55, 15]}, area=near_the_equator).code == "swapped"


def test_metres_are_not_degrees():
    assert refusal({"type": "Point", "coordinates": [38518000.5, 3899000.25]}).code == "out-of-range"


def test_what_lies_outside_is_refused_unless_it_is_within_the_tolerance():
    def north_of_it(metres: float) -> dict:
        return {"type": "Point", "coordinates": [113.2, 35.31 + metres / METRES_PER_DEGREE]}

    assert refusal(north_of_it(1), area=AREA).code == "outside"
    assert refusal(north_of_it(201), area=AREA, tolerance_m=200).code == "outside"
    check(north_of_it(199), allowed={"Point"}, area=AREA, tolerance_m=200)


def test_a_shape_that_reaches_out_is_outside():
    line = {"type": "LineString", "coordinates": [[113.2, 35.2], [113.4, 35.2]]}
    assert refusal(line, area=AREA).code == "outside"


def test_vertices_and_characters_are_limited():
    line = {"type": "LineString", "coordinates": [[113.2 + n / 1e6, 35.2] for n in range(101)]}
    error = refusal(line, max_vertices=100)
    assert error.code == "too-many-vertices"
    assert "101" in str(error.message) and "100" in str(error.message)
    check(line, allowed={"LineString"}, max_vertices=101)
    assert refusal(" " * 200_001).code == "too-many-vertices"


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"])
def test_longitude_and_latitude_may_be_said_in_the_old_way(name: str):
    crs = {"type": "name", "properties": {"name": name}}
    check({"type": "Point", "coordinates": [113.2, 35.2], "crs": crs}, allowed={"Point"})


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:3857"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}},
        {"type": "link", "properties": {"href": "http://example.org/crs"}},
        "EPSG:4326",
        {},
    ],
)
def test_any_other_crs_is_refused(crs: object):
    assert refusal({"type": "Point", "coordinates": [113.2, 35.2], "crs": crs}).code == "wrong-crs"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


@given(kind=st.sampled_from(sorted(DEPTHS)) | json_values, coordinates=json_values)
def test_whatever_comes_is_a_geometry_or_a_refusal(kind: object, coordinates: object):
    member = {"type": kind, "coordinates": coordinates}
    for geojson in (member, json.dumps(member)):
        try:
            assert check(geojson, allowed=DEPTHS, area=AREA).valid
        except GeometryError as error:
            assert str(error.message)


@given(positions=st.lists(st.tuples(st.floats(113.16, 113.25), st.floats(35.16, 35.31)), min_size=3, max_size=8))
def test_every_ring_is_valid_or_refused(positions: list):
    member = {"type": "Polygon", "coordinates": [[*positions, positions[0]]]}
    try:
        geometry = check(member, allowed={"Polygon"}, area=AREA)
    except GeometryError as error:
        assert error.code in ("invalid", "bad-coordinates")
    else:
        assert geometry.valid and geometry[0].is_counterclockwise
