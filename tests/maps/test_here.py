"""*Here* on small plans made for the question: inside, outside, on the line, drafts, other plans."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Point
from django.utils import translation

from maps.here import here, point_at
from portal.refusal import Refusal
from tests import make

VISITOR = AnonymousUser()
CENTRE = Point(113.2, 35.2, srid=4326)


@pytest.fixture
def plan(db):
    plan = make.create_plan()
    make.create_area(plan, error_m=100)
    return plan


def line_layer(plan, **values):
    kinds = {
        "pbf": make.kind(
            "永久基本农田", "Permanent basic farmland", rule_zh="不得占用。", outside_zh="这里不是基本农田"
        ),
        "ecr": make.kind("生态保护红线", "Redline", rule_zh="严格保护。"),
    }
    return make.create_layer(plan, kinds=kinds, **values)


def findings(plan, point=CENTRE, user=VISITOR, **wanted):
    found = here(plan, point, user)["findings"]
    return [f for f in found if all(f[name] == value for name, value in wanted.items())]


def finding(plan, point=CENTRE, user=VISITOR, **wanted):
    (found,) = findings(plan, point, user, **wanted)
    return found


def test_a_control_line_that_holds_the_place_says_so_with_its_rule(plan):
    make.create_feature(line_layer(plan), "pbf-1", make.square(113.19, 35.19, 113.21, 35.21), kind="pbf")
    found = finding(plan, kind="pbf")
    assert (found["inside"], found["near_line"], found["feature"]) == (True, False, "pbf-1")
    assert found["distance_m"] == pytest.approx(910.5, abs=2)
    assert found["statement"] == "这里在“永久基本农田”之内。不得占用。"


def test_every_control_line_answers_also_where_it_does_not_apply(plan):
    layer = line_layer(plan)
    make.create_feature(layer, "pbf-1", make.square(113.19, 35.19, 113.21, 35.21), kind="pbf")
    make.create_feature(layer, "ecr-1", make.square(113.25, 35.19, 113.26, 35.21), kind="ecr")
    found = finding(plan, kind="ecr")
    assert (found["inside"], found["feature"], found["nearest"]) == (False, None, "ecr-1")
    assert found["statement"] == "这里不在“生态保护红线”之内。离最近的示意线约4.6公里。"


def test_a_control_line_that_the_map_lacks_is_still_answered(plan):
    line_layer(plan)
    found = finding(plan, kind="pbf")
    assert (found["inside"], found["feature"], found["distance_m"]) == (False, None, None)


def test_within_the_drawings_uncertainty_nobody_is_told_that_they_are_in_or_out(plan):
    layer = line_layer(plan)
    make.create_feature(layer, "pbf-1", make.square(113.19, 35.19, 113.2005, 35.21), kind="pbf", error_m=600)
    make.create_feature(layer, "ecr-1", make.square(113.2005, 35.19, 113.21, 35.21), kind="ecr", error_m=600)
    inside, outside = finding(plan, kind="pbf"), finding(plan, kind="ecr")
    assert inside["near_line"] and outside["near_line"]
    assert inside["statement"] == (
        "按示意图，这里在“永久基本农田”之内，离示意线约50米，图的误差约600米：是否在线内，请向规划部门核实。不得占用。"
    )
    assert (
        "之外，离示意线约50米，图的误差约600米：是否在线内，请向规划部门核实。如在线内：严格保护。"
        in outside["statement"]
    )


def test_on_an_edge_that_two_parts_share_exactly_one_holds_the_place(plan):
    layer = make.create_layer(plan, "zones", answer="partition", kinds={"a": make.kind(), "b": make.kind()})
    make.create_feature(layer, "east", make.square(113.2, 35.1, 113.3, 35.3), kind="b")
    make.create_feature(layer, "west", make.square(113.1, 35.1, 113.2, 35.3), kind="a")
    assert finding(plan, layer="zones")["feature"] == "east"


def test_the_seam_between_two_parts_of_one_zone_is_no_edge(plan):
    layer = make.create_layer(plan, "zones", answer="partition")
    make.create_feature(layer, "east", make.square(113.2, 35.15, 113.25, 35.25), name_zh="农田区")
    make.create_feature(layer, "west", make.square(113.15, 35.15, 113.2, 35.25), name_zh="农田区")
    found = finding(plan, Point(113.2001, 35.2, srid=4326), layer="zones")
    assert found["feature"] == "east"
    assert found["distance_m"] > 4000 and not found["near_line"]


def test_the_seam_between_two_districts_of_one_kind_is_an_edge(plan):
    layer = make.create_layer(plan, "districts", answer="partition")
    make.create_feature(layer, "east", make.square(113.2, 35.15, 113.25, 35.25), name_zh="东街道")
    make.create_feature(layer, "west", make.square(113.15, 35.15, 113.2, 35.25), name_zh="西街道")
    found = finding(plan, Point(113.2001, 35.2, srid=4326), layer="districts")
    assert found["distance_m"] == pytest.approx(9.1, abs=0.1) and found["near_line"]


def test_the_nearest_village_is_found_in_metres_not_in_degrees(plan):
    """At 35° north a degree of longitude is 18 % shorter than one of latitude."""
    make.create_village(plan, "village-north", 113.2, 35.21, name_zh="北村")
    make.create_village(plan, "village-east", 113.2115, 35.2, name_zh="东村")
    assert finding(plan, answer="nearest")["feature"] == "village-east"


def test_what_passes_by_within_its_width_or_its_error_is_told_and_nothing_else(plan):
    layer = make.create_layer(plan, "structure", answer="touching", kinds={"axis": make.kind("发展轴", "Axis")})
    for key, lon, values in [
        ("wide", 113.203, {"error_m": 10, "attributes": {"width_m": 600}}),
        ("unsure", 113.205, {"error_m": 600}),
        ("far", 113.205, {"error_m": 100}),
    ]:
        line = LineString((lon, 35.1), (lon, 35.3), srid=4326)
        make.create_feature(layer, key, line, kind="axis", name_zh=key, **values)
    found = {f["feature"]: f["inside"] for f in findings(plan, layer="structure")}
    assert found == {"wide": True, "unsure": False}


def test_a_kind_may_be_asked_otherwise_than_its_layer(plan):
    kinds = {"area": make.kind() | {"answer": "partition"}, "project": make.kind() | {"answer": "none"}}
    layer = make.create_layer(plan, "industry", answer="control-line", kinds=kinds)
    make.create_feature(layer, "area-1", make.square(113.1, 35.1, 113.3, 35.3), kind="area")
    make.create_feature(layer, "project-1", CENTRE, kind="project")
    assert finding(plan, layer="industry")["answer"] == "partition"


def test_a_variant_of_a_kind_brings_its_own_rule(plan):
    variants = {"management": {"practical": {"name_zh": "村", "rule_zh": "编制实用性村庄规划。"}}}
    layer = make.create_layer(plan, "villages", answer="nearest", kinds={"village": make.kind("村") | {"by": variants}})
    make.create_feature(layer, "village-1", CENTRE, attributes={"management": "practical"}, name_zh="郭村")
    assert finding(plan, layer="villages")["statement"].endswith("编制实用性村庄规划。")


def test_outside_the_area_the_answer_says_so_and_names_what_is_nearest(plan):
    make.create_feature(line_layer(plan), "pbf-1", make.square(113.19, 35.19, 113.21, 35.21), kind="pbf")
    answer = here(plan, Point(113.4, 35.2, srid=4326), VISITOR)
    assert answer["in_area"] is False
    assert answer["findings"][0]["kind"] == "scope"
    assert answer["findings"][0]["distance_m"] == pytest.approx(9105, abs=10)
    assert [f["nearest"] for f in answer["findings"] if f["kind"] == "pbf"] == ["pbf-1"]


@pytest.mark.parametrize("lon, lat", [(0, 0), (-179.9, -89.9), (180, 90), (-66.8, -35.2)])
def test_the_other_end_of_the_world_gets_an_answer_too(plan, lon, lat):
    found = here(plan, Point(lon, lat, srid=4326), VISITOR)
    assert found["in_area"] is False and found["findings"][0]["distance_m"] > 1_000_000


def test_a_draft_layer_answers_only_to_those_who_work_on_it(plan, editor):
    layer = line_layer(plan, status="draft")
    make.create_feature(layer, "pbf-1", make.square(113.19, 35.19, 113.21, 35.21), kind="pbf")
    assert findings(plan, kind="pbf") == []
    assert finding(plan, user=editor, kind="pbf")["inside"]


def test_another_plan_at_the_same_place_is_never_heard(plan):
    other = make.create_plan("other")
    layer = make.create_layer(other, "other-lines")
    make.create_feature(layer, "other-1", make.square(113.19, 35.19, 113.21, 35.21))
    assert findings(plan, layer="other-lines") == []


def test_the_statement_speaks_the_readers_language(plan):
    make.create_feature(line_layer(plan), "pbf-1", make.square(113.19, 35.19, 113.21, 35.21), kind="pbf")
    with translation.override("en"):
        found = finding(plan, kind="pbf")
    assert found["name"] == "Permanent basic farmland"
    assert found["statement"].startswith("This place is inside “Permanent basic farmland”.")


def test_one_query_whatever_the_number_of_layers(plan, django_assert_num_queries):
    for number in range(5):
        layer = make.create_layer(plan, f"lines-{number}", kinds={f"kind-{number}": make.kind()})
        make.create_feature(layer, f"feature-{number}", make.square(113.19, 35.19, 113.21, 35.21))
    with django_assert_num_queries(1):
        assert len(here(plan, CENTRE, VISITOR)["findings"]) == 6


@pytest.mark.parametrize(
    "lon, lat, code, field",
    [
        ("abc", "35", "coordinate-not-a-number", "lon"),
        ("113", "NaN", "coordinate-not-a-number", "lat"),
        ("inf", "35", "coordinate-not-a-number", "lon"),
        ("1e2", "35", "coordinate-not-a-number", "lon"),
        ("1_1", "35", "coordinate-not-a-number", "lon"),
        ("9" * 400, "35", "coordinate-not-a-number", "lon"),
        ("", "35", "coordinate-missing", "lon"),
        ("113", "  ", "coordinate-missing", "lat"),
        ("35", "113", "coordinate-out-of-range", "lat"),
        ("181", "35", "coordinate-out-of-range", "lon"),
    ],
)
def test_a_coordinate_that_cannot_be_meant_is_refused_by_name(lon, lat, code, field):
    with pytest.raises(Refusal) as refused:
        point_at(lon, lat)
    assert (refused.value.code, refused.value.field, refused.value.status) == (code, field, 400)


def test_full_width_digits_are_digits():
    assert point_at("１１３．２", " 35.25 ").coords == (113.2, 35.25)
