"""The plan as pages: readable without script and map, in both languages."""

import pytest

from maps.markdown import html
from tests import make


def test_the_contents_name_chapters_figures_and_what_the_extract_lacks(client, plan):
    make.create_chapter(plan, "6", title_zh="村庄布局")
    make.create_indicator(plan)
    page = client.get("/plan/").content.decode()
    assert "国土空间格局" in page and "329.21公顷（0.49万亩）" in page and "没有第5章" in page


@pytest.mark.parametrize("address", ["4", "chapter-4"])
def test_a_chapter_is_found_by_number_and_by_slug(client, plan, address):
    page = client.get(f"/plan/{address}/").content.decode()
    assert "正文。" in page


def test_an_unknown_chapter_or_layer_is_a_404(client, plan):
    assert {client.get(path).status_code for path in ("/plan/99/", "/plan/layers/nope/")} == {404}


def test_a_layer_is_a_table_of_all_its_features(client, plan):
    layer = make.create_layer(plan)
    make.create_feature(layer, "pbf-1", make.square(113.1, 35.1, 113.2, 35.2), name_zh="一号田", stated_ha="13.18")
    page = client.get("/plan/layers/control-lines/").content.decode()
    assert "一号田" in page and "13.18" in page and "自绘示意" in page
    assert "控制线" in client.get("/plan/layers/").content.decode()


def test_pages_speak_english_when_asked(client, plan):
    assert "Spatial pattern" in client.get("/plan/?lang=en").content.decode()


def test_here_answers_for_a_place_and_for_a_village(client, plan):
    assert "这里在规划范围内" in client.get("/here/?lon=113.2&lat=35.2").content.decode()
    assert "郭村" in client.get("/here/?village=village-guocun").content.decode()


@pytest.mark.parametrize("query", ["lon=abc&lat=35", "lon=1", "village=nope", "lon=35&lat=113", "lon=%00&lat=1"])
def test_here_gives_back_what_was_typed_with_a_sentence(client, plan, query):
    response = client.get(f"/here/?{query}")
    assert response.status_code == 400 and 'role="alert"' in response.content.decode()
    if "abc" in query:
        assert 'value="abc"' in response.content.decode()


def test_here_costs_the_same_with_many_layers(client, plan, django_assert_max_num_queries):
    for number in range(20):
        make.create_layer(plan, f"lines-{number}", kinds={f"k{number}": make.kind()})
    with django_assert_max_num_queries(5):
        client.get("/here/?lon=113.2&lat=35.2")


def test_markdown_brings_no_html_no_script_and_no_pictures():
    made = html("# A\n\n<script>x</script>\n\n[a](javascript:x) ![p](https://other/x.png)")
    assert "<script" not in made and "<img" not in made and 'href="javascript' not in made
    assert "<h2>A</h2>" in made
