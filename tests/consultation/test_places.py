"""Where a comment may point, and what is said of a place that makes no sense."""

import json
import math

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.utils import timezone

from consultation import actions
from consultation.place_words import PlaceWords, coordinates
from consultation.places import NOWHERE, resolve
from consultation.states import PlaceKind
from portal.refusal import Refusal
from tests import make

BOW_TIE = [[113.2, 35.2], [113.22, 35.22], [113.22, 35.2], [113.2, 35.22], [113.2, 35.2]]


def point(lon: float, lat: float) -> dict:
    return {"type": "Point", "coordinates": [lon, lat]}


def test_no_place_is_a_place_too(plan):
    assert resolve(plan, None) == NOWHERE


def test_a_point_keeps_its_position_and_gets_the_nearest_village(plan, django_assert_num_queries):
    resolve(plan, point(113.2, 35.2))  # GeoDjango asks once for a coordinate system's units
    with django_assert_num_queries(2):
        place = resolve(plan, point(113.2, 35.2))
    assert place.kind == PlaceKind.POINT
    assert place.anchor.coords == (113.2, 35.2) and place.anchor.srid == 4326
    assert place.village_key == "village-guocun"


def test_the_nearest_village_is_nearest_in_metres_not_in_degrees(plan):
    make.create_village(plan, "village-east", 113.1 + 0.0100, 35.3)
    make.create_village(plan, "village-south", 113.1, 35.3 - 0.0095)
    assert resolve(plan, point(113.1, 35.3)).village_key == "village-east"


def test_a_line_is_shown_halfway_and_an_area_inside_itself(plan):
    line = resolve(plan, {"type": "LineString", "coordinates": [[113.2, 35.2], [113.22, 35.2]]})
    assert line.kind == PlaceKind.LINE and line.anchor.coords == pytest.approx((113.21, 35.2))
    hook = [
        [113.2, 35.2],
        [113.24, 35.2],
        [113.24, 35.24],
        [113.23, 35.24],
        [113.23, 35.21],
        [113.2, 35.21],
        [113.2, 35.2],
    ]
    area = resolve(plan, {"type": "Polygon", "coordinates": [hook]})
    assert area.kind == PlaceKind.AREA and area.geometry.contains(area.anchor)
    assert line.anchor.srid == area.anchor.srid == 4326


def test_a_village_a_feature_and_a_chapter_are_named_by_the_plan(plan):
    layer = make.create_layer(plan)
    make.create_feature(layer, "pbf-wangchu", MultiPolygon(make.square(113.15, 35.15, 113.16, 35.16), srid=4326))
    village = resolve(plan, {"village": "village-wangchu"})
    assert (village.kind, village.village_key, village.anchor.coords) == ("village", "village-wangchu", (113.15, 35.15))
    feature = resolve(plan, {"feature": "pbf-wangchu"})
    assert (feature.kind, feature.feature_key) == ("feature", "pbf-wangchu")
    assert feature.anchor.coords == pytest.approx((113.155, 35.155))
    for number in ("4", 4):
        chapter = resolve(plan, {"chapter": number})
        assert (chapter.kind, chapter.chapter_number, chapter.anchor) == ("chapter", "4", None)


def test_a_village_asked_for_as_a_feature_is_a_village(plan):
    assert resolve(plan, {"feature": "village-guocun"}).kind == PlaceKind.VILLAGE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (point(113.4, 35.2), "place-outside"),
        (point(35.2, 113.2), "place-swapped"),
        (point(math.nan, 35.2), "place-not-finite"),
        (point(math.inf, 35.2), "place-not-finite"),
        (point(10**400, 35.2), "place-not-finite"),
        (point(500, 35.2), "place-out-of-range"),
        ({"type": "Point", "coordinates": ["113.2", "35.2"]}, "place-bad-coordinates"),
        ({"type": "Point"}, "place-bad-coordinates"),
        ({"type": "MultiPoint", "coordinates": [[113.2, 35.2]]}, "place-wrong-type"),
        ({"type": "Feature", "geometry": None}, "place-wrong-type"),
        ({"type": ["Point"]}, "place-wrong-type"),
        ({"type": "LineString", "coordinates": [[113.2, 35.2]] * 501}, "place-too-many-vertices"),
        ({"type": "LineString", "coordinates": [[113.2, 35.2], [113.4, 35.2]]}, "place-outside"),
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "place-invalid"),
        ({"village": "village-atlantis"}, "place-unknown"),
        ({"village": "scope"}, "place-unknown"),
        ({"feature": "no-such-thing"}, "place-unknown"),
        ({"chapter": "99"}, "place-unknown"),
        ({"chapter": True}, "place-unreadable"),
        ({"chapter": 10**30}, "place-unreadable"),
        ({"village": ["village-guocun"]}, "place-unreadable"),
        ({"village": "village-guocun\x00"}, "place-unreadable"),
        ({"village": "\ud800"}, "place-unreadable"),
        ({"village": "v" * 81}, "place-unreadable"),
        ({"village": "village-guocun", "chapter": "4"}, "place-unreadable"),
        ({}, "place-unreadable"),
        ("village-guocun", "place-unreadable"),
        ([113.2, 35.2], "place-unreadable"),
        (False, "place-unreadable"),
    ],
    ids=lambda value: json.dumps(value, default=str)[:60] if not isinstance(value, str) else value,
)  # fmt: skip
def test_a_place_that_makes_no_sense_is_refused_with_the_reason(plan, value, code):
    with pytest.raises(Refusal) as refused:
        resolve(plan, value)
    assert (refused.value.code, refused.value.status, refused.value.field) == (code, 400, "place")
    assert len(str(refused.value.message)) > 5


def test_the_drawings_own_uncertainty_is_allowed_at_the_edge(plan):
    """The test's area may be off by 100 m, which is about 0.0009 degrees."""
    assert resolve(plan, point(113.3005, 35.2)).kind == PlaceKind.POINT
    with pytest.raises(Refusal, match="place-outside"):
        resolve(plan, point(113.302, 35.2))


def test_a_feature_of_a_draft_layer_is_as_absent_as_one_that_never_was(plan):
    layer = make.create_layer(plan, "draft", status="draft")
    make.create_feature(layer, "secret", make.square(113.15, 35.15, 113.16, 35.16))
    with pytest.raises(Refusal, match="place-unknown"):
        resolve(plan, {"feature": "secret"})


def test_places_are_said_in_words(plan):
    words = {
        "郭村附近": resolve(plan, point(113.2, 35.2)),
        "王褚村": resolve(plan, {"village": "village-wangchu"}),
        "第4章　国土空间格局": resolve(plan, {"chapter": "4"}),
        "不涉及具体位置": NOWHERE,
    }
    said = PlaceWords(plan, words.values())
    assert [said.say(place) for place in words.values()] == list(words)
    assert coordinates(words["郭村附近"].anchor) == "113.2000°E, 35.2000°N"


def test_a_place_is_stored_no_finer_than_it_is_shown_so_that_no_box_can_tell_more(consultation, client):
    exact = {"type": "Point", "coordinates": [113.2123456, 35.2123456]}
    place = resolve(consultation.plan, exact)
    draft = actions.Draft(topic=consultation.topics.first(), text="村北的水渠多年没有清淤，汛期容易积水。", place=place)
    comment = actions.submit(consultation, draft, now=timezone.now()).comment
    comment.refresh_from_db()
    assert comment.anchor.coords == (113.2123, 35.2123)
    assert comment.geometry.coords == (113.2123456, 35.2123456)
