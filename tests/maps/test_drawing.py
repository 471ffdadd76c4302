"""Maps drawn on the server: everything that a style can say is drawn, true to scale, in both languages."""

import itertools
import re
import time
from datetime import date
from xml.etree import ElementTree

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString, Point

from maps import styles
from maps.drawing import legend
from maps.drawing.ground import ACCENT
from maps.drawing.looks import Look, Shape, Sheaf, forms, sheaves
from maps.drawing.patterns import Definitions, covering
from maps.drawing.projection import Projection, fitted
from maps.drawing.sheet import ORIENTATIONS, PAPERS, Paper, at_round_scale, draw_sheet
from maps.drawing.static_map import draw
from maps.drawing.symbols import mark
from tests import make

SVG = "{http://www.w3.org/2000/svg}"
THEMES = ("structure", "control-lines", "industry", "landscape", "villages", "zones")
SHEETS = [Paper(paper, orientation) for paper in PAPERS for orientation in ORIENTATIONS]
# Two places and the geodesic distance between them in metres, as PostGIS measures it on the ellipsoid.
FAR = ((113.17, 35.17), (113.24, 35.30), 15767.64)


def texts(svg: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text") if node.text]


def styled(plan, style: dict, geometry=None, **values):
    layer = make.create_layer(plan, "themed", kinds={"thing": make.kind("东西", "thing", style=style)})
    return make.create_feature(layer, "thing-1", geometry or make.square(113.15, 35.15, 113.25, 35.25), **values)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_theme_is_drawn_small_and_whole_in_both_languages(jiefang, language):
    for theme in THEMES:
        svg = draw(jiefang, theme=theme, language=language)
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title").text and root.find(f"{SVG}desc").text
        assert len(svg.encode()) <= 150_000
        assert not re.search(r"\sstyle=|<script|<style|<image|\son\w+=", svg)
        assert not re.findall(r'(?:href|src)="(?!#)|url\((?!#)', svg)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_layer_is_drawn_in_both_languages_with_its_own_names_first(jiefang, language):
    for layer in jiefang.layers.all():
        svg = draw(jiefang, layers=(layer.key,), language=language, title=layer.name_zh)
        assert "�" not in svg and ElementTree.fromstring(svg) is not None


def test_a_drawing_takes_less_than_a_second(jiefang):
    started = time.perf_counter()
    draw(jiefang, theme="zones")
    assert time.perf_counter() - started < 1


def test_a_drawing_asks_the_database_once(jiefang, django_assert_num_queries):
    with django_assert_num_queries(1):
        draw(jiefang, theme="control-lines")
    with django_assert_num_queries(1):
        draw(jiefang, layers=("villages",), bbox=(113.18, 35.2, 113.22, 35.23), pin=(113.2, 35.21))


def test_the_same_plan_gives_the_same_drawing(jiefang):
    assert draw(jiefang, theme="structure") == draw(jiefang, theme="structure")


def test_the_four_control_lines_and_every_village_are_named(jiefang):
    said = "".join(texts(draw(jiefang, theme="control-lines")))
    villages = jiefang.features.villages().values_list("name_zh", flat=True)
    missing = [name for name in ["永久基本农田", "生态保护红线", "城镇开发边界", *villages] if name not in said]
    assert not missing


@pytest.mark.parametrize("pattern", styles.PATTERNS)
def test_every_pattern_is_drawn_in_its_colour_and_cut_to_its_area(plan, pattern):
    styled(plan, {"fill": "#ffffff", "pattern": pattern, "pattern_color": "#123456"})
    svg = draw(plan, layers=("themed",))
    assert "#123456" in svg
    assert re.search(r'<clipPath id="clip-thing-1"><use xlink:href="#shape-thing-1"', svg)
    assert 'clip-path="url(#clip-thing-1)"' in svg


def test_patterns_differ_from_each_other():
    box = (3.0, 5.0, 120.0, 90.0)
    drawn = {name: covering(name, "#123456", box, Definitions()) for name in styles.PATTERNS}
    assert len(set(drawn.values())) == len(styles.PATTERNS)


@pytest.mark.parametrize("pattern", ["vertical", "dots", "trees", "waves"])
def test_a_pattern_reaches_all_of_its_box(pattern):
    drawn = covering(pattern, "#123456", (103.0, 205.0, 420.0, 390.0), Definitions())
    data = re.search(r' d="([^"]+)"', drawn).group(1)
    starts = [tuple(map(float, found)) for found in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", data)]
    assert min(x for x, _y in starts) <= 103 + 8 and min(y for _x, y in starts) <= 205 + 7
    assert max(y for _x, y in starts) >= 390 - 22 or "V" in data


@pytest.mark.parametrize("marker", styles.MARKERS)
def test_every_marker_is_drawn_at_its_place(plan, marker):
    styled(plan, {"marker": marker, "fill": "#abcdef", "radius": 6}, Point(113.2, 35.2, srid=4326))
    assert re.search(r'<path d="[^"]+" fill="#abcdef"', draw(plan, layers=("themed",)))


def test_marks_differ_from_each_other():
    assert len({mark({"marker": name, "fill": "#abcdef", "radius": 6}, 0, 0) for name in styles.MARKERS}) == 5


def test_every_word_of_a_style_changes_the_drawing(plan):
    """All keys of `maps.styles`, each on a shape where it means something."""
    area = {"fill": "#111111", "stroke": "#222222", "stroke_width": 2, "pattern": "dots", "label": "area"}
    line = {"stroke": "#222222", "stroke_width": 3, "label": "line", "label_priority": 1}
    spot = {"marker": "circle", "fill": "#111111", "radius": 5, "label": "point"}
    changed = {
        "fill": (area, "#333333"),
        "fill_opacity": (area, 0.4),
        "stroke": (area, "#333333"),
        "stroke_width": (area, 5),
        "dash": (line, "4 2"),
        "arrows": (line, True),
        "pattern": (area, "waves"),
        "pattern_color": (area, "#333333"),
        "marker": (spot, "square"),
        "radius": (spot, 9),
        "label": (area, "none"),
        "label_color": (area, "#333333"),
        "label_size": (area, 19),
        "shade_outside": (area, True),
    }
    shapes = {id(line): LineString((113.12, 35.2), (113.28, 35.2), srid=4326), id(spot): Point(113.2, 35.2, srid=4326)}
    for key, (style, value) in changed.items():
        feature = styled(plan, style, shapes.get(id(style)))
        before = draw(plan, layers=("themed",))
        feature.layer.kinds["thing"]["style"] = {**style, key: value}
        feature.layer.save()
        after = draw(plan, layers=("themed",))
        assert after != before, key
        assert key != "dash" or 'stroke-dasharray="4 2"' in after
        feature.delete()
        feature.layer.delete()
    assert styles.KEYS - changed.keys() == {"label_priority", "label_min_zoom"}


def test_where_two_names_want_one_place_the_more_important_is_drawn(plan):
    kinds = {
        name: make.kind(name, name, style={"label": "point", "label_size": 30, "label_priority": rank})
        for name, rank in (("low", 1), ("high", 9))
    }
    layer = make.create_layer(plan, "themed", kinds=kinds)
    for order, name in enumerate(kinds):
        make.create_feature(layer, name, Point(113.2, 35.2, srid=4326), kind=name, name_zh=name * 4, order=order)
    said = texts(draw(plan, layers=("themed",)))
    assert "highhighhighhigh" in said and "lowlowlowlow" not in said


def test_a_name_of_the_base_map_waits_for_its_zoom_and_its_mark_with_it(plan):
    style = {"label": "point", "marker": "square", "radius": 4, "fill": "#abcdef", "label_min_zoom": 14}
    layer = make.create_layer(plan, "places", is_base=True, kinds={"place": make.kind(style=style)})
    make.create_feature(layer, "place-1", Point(113.2, 35.2, srid=4326), name_zh="某广场")
    far, near = draw(plan), draw(plan, bbox=(113.19, 35.19, 113.21, 35.21))
    assert "某广场" not in texts(far) and "#abcdef" not in far
    assert "某广场" in texts(near) and "#abcdef" in near


def test_hostile_names_are_text_and_nothing_else(plan):
    name = '<script>alert(1)</script>"&\x0b'
    styled(plan, {"fill": "#ffffff", "label": "area"}, name_zh=name)
    plan.note_zh = name
    svg = draw(plan, layers=("themed",), title=name)
    assert "<script" not in svg
    assert '<script>alert(1)</script>"&' in texts(svg)


def test_what_is_singled_out_gets_an_outline_in_the_accent_colour(plan):
    styled(plan, {"fill": "#ffffff"})
    assert ACCENT not in draw(plan, layers=("themed",))
    assert ACCENT in draw(plan, layers=("themed",), highlight=frozenset({"thing-1"}))


def test_a_pin_stands_at_its_place(plan):
    svg = draw(plan, title="", width=400, bbox=(113.1, 35.1, 113.2, 35.2), pin=(113.15, 35.15))
    found = re.search(r'translate\(([\d.]+) ([\d.]+)\)"><circle r="3"', svg)
    assert float(found.group(1)) == pytest.approx(200, abs=0.1)
    assert float(found.group(2)) == pytest.approx(fitted((113.1, 35.1, 113.2, 35.2), 0, 0, 400, 488).height / 2, abs=2)


def test_a_draft_layer_is_drawn_only_for_those_who_may_see_it(plan, planner, visitor):
    feature = styled(plan, {"fill": "#fedcba", "label": "area"})
    feature.layer.status = "draft"
    feature.layer.save()
    assert "#fedcba" not in draw(plan, layers=("themed",))
    assert "#fedcba" not in draw(plan, layers=("themed",), reader=visitor)
    assert "#fedcba" in draw(plan, layers=("themed",), reader=planner)


def test_the_scale_is_true():
    frame = fitted((113.152, 35.148, 113.26, 35.323), 0, 0, 600, 1000)
    (ax, ay), (bx, by) = frame.place(*FAR[0]), frame.place(*FAR[1])
    assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 * frame.metres_per_unit == pytest.approx(FAR[2], rel=0.0005)
    assert ax < bx and ay > by


def test_the_projection_agrees_with_the_national_one():
    """EPSG 4547 is CGCS2000 / 3-degree Gauss–Krüger CM 114E: the same projection about another meridian."""
    expected = GEOSGeometry("SRID=4490;POINT(113.2 35.25)").transform(4547, clone=True)
    east, north = Projection(114.0, 0.0).metres(113.2, 35.25)
    assert (east + 500_000, north) == pytest.approx((expected.x, expected.y), abs=0.05)


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_the_scale_on_a_sheet_is_round_and_true_on_paper(sheet):
    frame, scale = at_round_scale((113.152, 35.148, 113.26, 35.323), 0, 0, 400, 700, sheet.unit)
    (ax, ay), (bx, by) = frame.place(*FAR[0]), frame.place(*FAR[1])
    millimetres = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 * sheet.unit
    assert scale % 5000 == 0
    assert millimetres * scale / 1000 == pytest.approx(FAR[2], rel=0.005)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_has_all_that_a_published_map_needs(jiefang, language):
    for theme, sheet in zip(jiefang.themes, itertools.cycle(SHEETS), strict=False):
        address = "https://plan.example/#layers=structure"
        svg = draw_sheet(jiefang, theme=theme, paper=sheet, language=language, address=address, on=date(2026, 11, 22))
        said = texts(svg)
        assert theme[f"name_{language}"] in said[0]
        for wanted in (r"1:\d", r"2026", r"\d km", "示意图|Schematic", r"^(北|N)$", r"第1版|version 1"):
            assert any(re.search(wanted, one) for one in said), wanted
        width, height = sheet.millimetres
        assert f'width="{width}mm" height="{height}mm"' in svg


def test_a_sheet_shows_the_review_number_where_there_is_one(plan):
    theme = {"key": "all", "name_zh": "总图", "name_en": "All", "layers": []}
    svg = draw_sheet(plan, theme=theme, paper=Paper("a4", "portrait"), language="zh", address="", on=date(2026, 1, 2))
    assert "审图号：示S（2026）001号" in texts(svg)


def test_the_legend_explains_everything_that_is_drawn(jiefang):
    for theme in jiefang.themes:
        drawn = sheaves(jiefang, tuple(theme["layers"]), "zh")
        named = {row.name for row in legend.rows(drawn)}
        for sheaf in drawn:
            for shape in sheaf.shapes:
                if shape.form != "point" or shape.look.style.get("radius"):
                    assert shape.look.name in named
        assert named == {row.name for row in legend.rows(forms(jiefang, tuple(theme["layers"]), "zh"))}


def test_a_legend_that_is_too_long_is_drawn_smaller_and_not_cut():
    shapes = [Shape(str(n), "", Look(f"第{n}种", "", {"fill": "#111111"}), "Polygon", []) for n in range(80)]
    rows = legend.rows([Sheaf("many", "many", False, shapes)])
    column = legend.column(rows, 10, 20, 200, Definitions(), heading="图例")
    assert column.bottom > 700
    factor = float(re.search(r"scale\(([\d.]+)\)", legend.within(column, 10, 20, 700)).group(1))
    assert 20 + (column.bottom - 20) * factor <= 700
