"""The Jiefang plan as loaded: its figures add up, its map agrees with them, and its text is there in full."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from maps import consistency
from maps.models import Feature, Plan

PUBLISHED = Path(__file__).parent / "data" / "jiefang-2035-published.txt"
TITLE = "解放区上白作街道、王褚街道国土空间总体规划（2021—2035年）"
HEADINGS = {
    "1.规划背景": "1",
    "3.发展定位与目标": "3",
    "4.国土空间格局": "4",
    "6.村庄布局": "6",
    "7.产业规划": "7",
    "8.景观风貌": "8",
}
# (measure, unit) with total, Shangbaizuo, Wangchu: practice of the published text, checked by hand.
FIGURES = {
    ("planning-area", "km2"): ("53.96", "32.13", "21.83"),
    ("cultivated-land", "ha"): ("607.10", "113.35", "493.75"),
    ("permanent-basic-farmland", "ha"): ("329.21", "13.18", "316.03"),
    ("ecological-redline", "ha"): ("1848.34", "1710.38", "137.96"),
    ("urban-development-boundary", "ha"): ("2356.96", "1039.02", "1317.94"),
}


@pytest.mark.parametrize(("measure", "unit"), FIGURES)
def test_a_measure_has_its_total_and_both_subdistricts_and_they_add_up(jiefang: Plan, measure: str, unit: str):
    rows = {row.subdistrict: row for row in jiefang.indicators.filter(measure=measure)}
    total, shangbaizuo, wangchu = (Decimal(figure) for figure in FIGURES[measure, unit])
    assert rows[""].value == total == shangbaizuo + wangchu
    assert rows["subdistrict-shangbaizuo"].value == shangbaizuo
    assert rows["subdistrict-wangchu"].value == wangchu
    assert {row.unit for row in rows.values()} == {unit}


def test_mu_are_printed_as_a_fifteenth_of_a_hectare(jiefang: Plan):
    printed = [row for row in jiefang.indicators.all() if "万亩" in row.stated_zh]
    assert len(printed) == 6
    for row in printed:
        ten_thousand_mu = Decimal(re.search(r"（([\d.]+)万亩）", row.stated_zh)[1])
        assert round(row.value * 15 / 10000, 2) == ten_thousand_mu
        assert f"{ten_thousand_mu * 10000:,.0f} mu" in row.stated_en


def test_every_figure_stands_in_the_chapter_that_it_names_as_it_is_printed(jiefang: Plan):
    chapters = {chapter.number: chapter.text_zh for chapter in jiefang.chapters.all()}
    # The five villages with a plan of their own are named there, not counted.
    for row in jiefang.indicators.exclude(key="villages-practical-plan"):
        assert row.stated_zh in chapters[row.chapter_number], row.key


def test_every_figure_of_the_text_is_an_indicator(jiefang: Plan):
    text = "".join(jiefang.chapters.values_list("text_zh", flat=True))
    found = set(re.findall(r"([\d.]+)(?:公顷|平方公里)", text))
    assert found == {str(row.value) for row in jiefang.indicators.filter(unit__in=["ha", "km2"])}


def test_the_control_line_figures_bind_until_2035(jiefang: Plan):
    rows = jiefang.indicators.filter(unit="ha")
    assert set(rows.values_list("nature", "year")) == {("binding", 2035)}


def test_fifteen_villages_ten_of_them_under_general_rules(jiefang: Plan):
    modes = Counter(village.attributes["management"] for village in Feature.objects.villages())
    assert modes == {"general-rules": 10, "practical-plan": 5}
    stated = {row.measure: row.value for row in jiefang.indicators.filter(unit="count")}
    assert stated == {"villages-general-rules": 10, "villages-practical-plan": 5}
    text = jiefang.chapters.get(number="6").text_zh
    assert all(village.name_zh in text for village in Feature.objects.villages())


def test_map_and_figures_agree(jiefang: Plan):
    assert consistency.check(jiefang) == []


def test_seventeen_features_state_a_figure_and_each_is_measured(jiefang: Plan):
    stated = jiefang.features.exclude(stated_ha=None)
    assert stated.count() == 17
    for feature in stated:
        assert abs(feature.measured_ha - feature.stated_ha) <= feature.stated_ha / 1000, feature.key


def test_the_three_lines_lie_in_the_planning_area_and_cultivated_land_holds_the_basic_farmland(jiefang: Plan):
    for kind in ("pbf", "ecr", "udb", "cultivated-land"):
        assert consistency.outside_ha(jiefang, kind, "scope") < consistency.TOLERANCE_HA
    assert consistency.outside_ha(jiefang, "pbf", "cultivated-land") < consistency.TOLERANCE_HA
    assert consistency.outside_ha(jiefang, "cultivated-land", "pbf") > 200


def test_a_line_moved_over_another_is_noticed(jiefang: Plan):
    farmland = jiefang.features.get(key="pbf-wangchu")
    jiefang.features.filter(key="udb-wangchu").update(geometry=farmland.geometry)
    layer = jiefang.layers.get(key="control-lines")
    found = consistency.overlaps(jiefang, layer, ["pbf", "ecr", "udb"])
    assert [finding.subject for finding in found] == ["pbf-wangchu / udb-wangchu"]
    assert round(found[0].hectares) == 316


def test_a_hole_in_a_partition_is_noticed(jiefang: Plan):
    jiefang.features.filter(key="landscape-modern-urban").delete()
    found = consistency.check(jiefang)
    assert [finding.subject for finding in found] == ["landscape"]
    assert round(found[0].hectares) == 1147


def test_a_drawing_that_differs_from_its_figure_is_noticed(jiefang: Plan):
    jiefang.features.filter(key="ecr-wangchu").update(stated_ha=140)
    assert [finding.subject for finding in consistency.check(jiefang)] == ["ecr-wangchu"]


def signs(text: str) -> str:
    """Return a text without blanks, line breaks and bullets: what is left is what was published."""
    without_bullets = re.sub(r"(?m)^ *(?:[lpu] ?(?=\w)|•|- |#+ )", "", text)
    return re.sub(r"[\s*]", "", without_bullets)


def test_the_chapters_hold_every_sign_of_the_published_text_and_nothing_more(jiefang: Plan):
    text = signs(PUBLISHED.read_text(encoding="utf-8")).replace(signs(TITLE), "")
    for heading in HEADINGS:
        text = text.replace(heading, "")
    ours = "".join(signs(chapter.text_zh) for chapter in jiefang.chapters.all())
    assert Counter(ours) == Counter(text)


def test_every_published_line_stands_in_one_chapter_and_the_lines_of_a_chapter_keep_together(jiefang: Plan):
    lines = [signs(line) for line in PUBLISHED.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and line != signs(TITLE) and line not in HEADINGS]
    chapters = {chapter.number: signs(chapter.text_zh) for chapter in jiefang.chapters.all()}
    homes = [next((number for number, text in chapters.items() if line in text), None) for line in lines]
    assert None not in homes, [line for line, home in zip(lines, homes, strict=True) if home is None]
    assert homes == sorted(homes)


def test_chapters_keep_the_published_order_and_numbers_and_invent_none(jiefang: Plan):
    numbers = [chapter.number for chapter in jiefang.chapters.all()]
    assert numbers == ["1", "2", "3", "4", "6", "7", "8"]
    titles = {f"{chapter.number}.{chapter.title_zh}" for chapter in jiefang.chapters.all()}
    assert set(HEADINGS) == titles - {"2.规划范围与规划期限"}
    second = jiefang.chapters.get(number="2")
    assert "缺少本章标题" in second.heading_note_zh
    assert "没有第5章" in jiefang.chapters.get(number="4").heading_note_zh


def test_both_languages_of_a_chapter_have_the_same_build_and_the_same_numbers(jiefang: Plan):
    for chapter in jiefang.chapters.all():
        forms = [
            re.findall(r"(?m)^(#+ |- |    - |\*|(?=[^#\s*-]))", text) for text in (chapter.text_zh, chapter.text_en)
        ]
        assert forms[0] == forms[1], chapter.number
        figures = [
            set(re.findall(r"\d+\.\d+", re.sub(r"（[\d.]+万亩）", "", text)))
            for text in (chapter.text_zh, chapter.text_en)
        ]
        assert figures[0] == figures[1], chapter.number
        assert not re.search(r"[\u4e00-\u9fff]", chapter.text_en.replace("三十", "")), chapter.number
        assert "street" not in chapter.text_en.lower()


def test_every_layer_says_where_it_is_from_and_carries_the_note(jiefang: Plan):
    assert jiefang.layers.count() == 15
    assert jiefang.features.count() == 116
    assert "不作为划界、确权、审批依据" in jiefang.note_zh
    for layer in jiefang.layers.all():
        assert layer.source_zh and layer.source_en and layer.clearance_zh and layer.clearance_en


def test_no_area_is_told_by_its_colour_alone(jiefang: Plan):
    for layer in jiefang.layers.all():
        drawn = set(layer.features.extra(where=["ST_Dimension(geometry) = 2"]).values_list("kind", flat=True))
        for kind in drawn:
            style = layer.kinds[kind]["style"]
            assert style.get("pattern") or style.get("dash"), (layer.key, kind)
