"""*Here* in short: a sentence for the place, a state and a line for each finding."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Point
from django.utils import translation

from maps.here import here
from tests import make

CENTRE = Point(113.2, 35.2, srid=4326)


@pytest.fixture
def plan(db):
    plan = make.create_plan()
    make.create_area(plan, error_m=100)
    kinds = {"pbf": make.kind("永久基本农田", "Permanent basic farmland"), "ecr": make.kind("生态保护红线", "Redline")}
    make.create_layer(plan, "lines", kinds=kinds)
    return plan


def line(plan, kind, *box, error_m=100):
    make.create_feature(plan.layers.get(key="lines"), f"{kind}-1", make.square(*box), kind=kind, error_m=error_m)


def ask(plan, point=CENTRE):
    return here(plan, point, AnonymousUser())


def row(plan, kind, point=CENTRE):
    (found,) = [one for one in ask(plan, point)["findings"] if one["kind"] == kind]
    return found["state"], found["title"], found["brief"]


def test_the_sentence_names_the_line_that_holds_and_the_nearest_village(plan):
    line(plan, "pbf", 113.19, 35.19, 113.21, 35.21)
    variants = {"management": {"practical": {"name_zh": "行政村（实用性村庄规划）"}}}
    villages = make.create_layer(
        plan, "villages", answer="nearest", kinds={"village": make.kind("行政村") | {"by": variants}}
    )
    make.create_feature(villages, "village-1", CENTRE, attributes={"management": "practical"}, name_zh="郭村")
    said = ask(plan)["summary"]
    assert said == "示意图上在“永久基本农田”之内。最近的是郭村：行政村（实用性村庄规划）。"


def test_the_sentence_never_leaves_out_that_a_line_is_too_near_to_tell(plan):
    line(plan, "pbf", 113.19, 35.19, 113.2005, 35.21, error_m=600)
    line(plan, "ecr", 113.2005, 35.19, 113.21, 35.21, error_m=600)
    said = ask(plan)["summary"]
    assert said.startswith("示意图上在“永久基本农田”之内。")
    assert "靠近“永久基本农田”“生态保护红线”的示意线" in said and "核实" in said


def test_the_sentence_says_that_no_line_holds_the_place(plan):
    line(plan, "pbf", 113.3, 35.3, 113.31, 35.31)
    assert ask(plan)["summary"] == "示意图上不在任何一条控制线之内。"


def test_outside_the_area_the_sentence_says_only_that(plan):
    line(plan, "pbf", 113.19, 35.19, 113.21, 35.21)
    outside = Point(116.4, 39.9, srid=4326)
    assert ask(plan, outside)["summary"] == "这里不在规划范围内，本规划没有对这里作出规定。"


@pytest.mark.parametrize(
    ("west", "east", "error_m", "expected"),
    [
        (113.19, 113.21, 100, ("inside", "示意图上在线内，离线约910米")),
        (113.19, 113.2005, 600, ("near", "示意图上在线内，离线约50米")),
        (113.2005, 113.21, 600, ("near", "示意图上在线外，离线约50米")),
        (113.25, 113.26, 100, ("outside", "示意图上在线外，离线约4.6公里")),
    ],
)
def test_a_row_says_in_a_line_how_it_stands(plan, west, east, error_m, expected):
    line(plan, "pbf", west, 35.19, east, 35.21, error_m=error_m)
    state, title, brief = row(plan, "pbf")
    assert (state, brief) == expected and title == "永久基本农田"


def test_a_theme_that_divides_the_area_is_the_title_and_its_part_the_answer(plan):
    layer = make.create_layer(plan, "zones", answer="partition", name_zh="规划分区", kinds={"zone": make.kind()})
    make.create_feature(layer, "z", make.square(113.1, 35.1, 113.3, 35.3), kind="zone", name_zh="农田区", error_m=1)
    assert row(plan, "zone") == ("inside", "规划分区", "农田区")


def test_a_line_that_passes_by_is_told_as_passing(plan):
    layer = make.create_layer(plan, "axes", answer="touching", kinds={"axis": make.kind()})
    way = LineString((113.203, 35.1), (113.203, 35.3), srid=4326)
    make.create_feature(layer, "a", way, kind="axis", name_zh="发展轴", error_m=600)
    assert row(plan, "axis") == ("near", "发展轴", "在约270米外经过")


def test_a_line_that_the_map_lacks_is_said_to_be_lacking(plan):
    assert row(plan, "ecr") == ("outside", "生态保护红线", "本规划图上没有")


def test_the_sentence_speaks_the_readers_language(plan):
    line(plan, "pbf", 113.19, 35.19, 113.21, 35.21)
    with translation.override("en"):
        assert ask(plan)["summary"] == "As drawn, it is inside “Permanent basic farmland”."
