"""Finding: what people type finds what they mean, and what can't be searched gets an answer."""

import json

import pytest

from maps import search, search_index
from maps.models import Layer, Plan
from maps.search_text import folded, keys, syllables, without_generic
from portal.refusal import Refusal
from tests import make

API = "/api/v1/plans/jiefang-2035/search/"

# What is typed: the name that must come first.
FIRST = {
    "东王褚村": "东王褚村",
    "东王褚": "东王褚村",
    "dongwangchu": "东王褚村",
    "dongwangchucun": "东王褚村",
    "dong wang chu": "东王褚村",
    "Dōng Wáng Chǔ": "东王褚村",
    "DWC": "东王褚村",
    "dwcc": "东王褚村",
    "ｄｗｃ": "东王褚村",
    " 东 王 褚 ": "东王褚村",
    "東王褚": "东王褚村",
    "东王楚": "东王褚村",
    "East Wangchu": "东王褚村",
    "east wangchu village": "东王褚村",
    "东王褚社区": "东王褚村",
    "郭村": "郭村",
    "郭村村委会": "郭村",
    "guocun": "郭村",
    "gc": "郭村",
    "灵泉陂": "灵泉陂村",
    "lingquanbei": "灵泉陂村",
    "lqb": "灵泉陂村",
    "靈泉陂村": "灵泉陂村",
    "闫河": "闫河村",
    "上白作村": "上白作村",
    "上白作": "上白作村",
    "王褚": "王褚街道",
    "wangchu": "王褚街道",
    "王褚街道": "王褚街道",
    "小庄": "小庄社区",
    "小庄村": "小庄社区",
    "站南": "站南社区",
    "民主路": "民主路",
    "minzhu": "民主路",
    "minzhu lu": "民主路",
    "牧野": "牧野路",
    "Muye Road": "牧野路",
    "cal": "长安路",
    "changan": "长安路",
    "大沙河": "大沙河",
    "daha": None,
    "南水北调": "南水北调",
    "总干渠": "南水北调",
    "焦作站": "焦作站",
    "天河公园": "天河公园",
    "一屏": "一屏一轴、两带三核",
    "太行山生态屏障": "一屏：北部太行山生态屏障",
    "生态涵养": "生态涵养风貌区",
    "现代服务核心区": "现代服务核心区（王褚）",
    "龙佰": "龙佰康养城",
    "永久基本农田": "永久基本农田",
    "基本农田": "永久基本农田",
    "PBF": "永久基本农田",
    "红线": "生态保护红线",
    "redline": "生态保护红线",
    "城镇开发边界": "城镇开发边界",
    "三区三线": "“三线”管控",
    "通则式": "通则式",
    "用途管制": "国土空间用途管制",
    "第四章": "国土空间格局",
    "第4章": "国土空间格局",
    "chapter 6": "村庄布局",
    "产业规划": "产业规划",
    "cyg": "产业规划",
    "数字经济": "数字经济",
    "矿山遗址": "矿山遗址、森林资源生态旅游",
    "商圈": "产业规划",
    "xyzzy": None,
}


def first(plan: Plan, query: str) -> str | None:
    hits = search.find(plan, query)
    return hits[0].name_zh if hits else None


def test_what_people_type_finds_what_they_mean_first(jiefang):
    found = {query: first(jiefang, query) for query in FIRST}
    assert found == FIRST


def test_every_village_is_found_first_by_name_pinyin_and_initials_with_and_without_its_last_sign(jiefang):
    for village in jiefang.features.villages():
        reading = syllables(village.name_zh)
        for words in (village.name_zh, "".join(reading), village.name_en, village.key.removeprefix("village-")):
            assert first(jiefang, words) == village.name_zh, words
        initials = "".join(syllable[0] for syllable in reading)
        for words in (village.name_zh[:-1], "".join(reading[:-1]), initials, initials[:-1]):
            assert village.name_zh in [hit.name_zh for hit in search.find(jiefang, words)], words


def test_names_read_as_people_here_read_them():
    assert syllables("王褚") == ["wang", "chu"]
    assert syllables("灵泉陂") == ["ling", "quan", "bei"]
    assert syllables("重点") == ["zhong", "dian"]
    assert syllables("绿色") == ["lu", "se"]


def test_what_is_typed_is_folded():
    assert folded("Ｄōng-Wáng\u200b（褚）🌾\x00") == "dongwang褚"
    assert without_generic("小庄村") == "小庄"
    assert without_generic("路") == "路"
    assert keys("郭村", "Guocun Village")["gc"] == 2


def test_results_keep_together_by_group_and_are_ten_at_most(jiefang):
    hits = search.find(jiefang, "王褚")
    assert len(hits) == 10
    types = [hit.type for hit in hits]
    assert types == sorted(types, key=types.index)
    assert [hit.name_zh for hit in hits if hit.type == "village"] == ["东王褚村", "西王褚村"]


def test_a_word_of_the_text_finds_the_chapter_and_shows_where_it_stands(jiefang):
    (hit,) = search.find(jiefang, "网格")
    assert (hit.type, hit.chapter) == ("chapter", "1")
    assert "网格" in hit.hint_zh
    assert len(hit.hint_zh) < 60


def test_a_term_is_found_only_where_the_text_uses_it(jiefang):
    assert not jiefang.chapters.filter(text_zh__contains="三区三线").exists()
    used = set(jiefang.search_entries.filter(type="term").values_list("name_zh", flat=True))
    text = "".join(jiefang.chapters.values_list("text_zh", flat=True))
    assert used == {term["zh"] for term in search_index.glossary() if term["zh"] in text}
    assert len(used) > 30


def test_every_term_of_the_glossary_is_told_in_both_languages():
    terms = search_index.glossary()
    assert all(term["zh"] and term["en"] for term in terms)
    assert len({term["zh"] for term in terms}) == len(terms)


def test_a_draft_layer_can_not_be_found(jiefang):
    jiefang.layers.filter(key="villages").update(status=Layer.Status.DRAFT)
    search_index.rebuild(jiefang)
    assert "village" not in {hit.type for hit in search.find(jiefang, "dwc")}
    assert not jiefang.search_entries.filter(layer="villages").exists()


def test_a_plan_finds_nothing_of_another(jiefang):
    other = make.create_plan("other")
    make.create_village(other, "village-other", name_zh="东王褚新村", name_en="New East Wangchu")
    search_index.rebuild(other)
    assert [hit.name_zh for hit in search.find(other, "dongwangchu")] == ["东王褚新村"]
    assert "东王褚新村" not in [hit.name_zh for hit in search.find(jiefang, "dongwangchu")]


def test_names_take_one_query_and_the_text_another(jiefang, django_assert_num_queries):
    with django_assert_num_queries(1):
        search.find(jiefang, "dwc")
    with django_assert_num_queries(2):
        search.find(jiefang, "东王褚村")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "query-empty"),
        ("   ", "query-empty"),
        ("🌾🌾", "query-empty"),
        ("\x00\x01\x1f", "query-empty"),
        ("%_\\'\"", "query-empty"),
        ("a" * 10_000, "query-too-long"),
        ("村" * 10_000, "query-too-long"),
    ],
)
def test_what_can_not_be_searched_is_refused_with_a_reason(plan, client, query, code):
    with pytest.raises(Refusal) as refused:
        search.find(plan, query)
    assert refused.value.code == code
    answer = client.get(API, {"q": query})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    if query.strip():
        page = client.get("/plan/search/", {"q": query})
        assert page.status_code == 400
        assert str(refused.value.message) in page.content.decode() or code == "query-too-long"


@pytest.mark.parametrize(
    "query",
    ["\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "郭", "郭\x00村", "郭村🌾", "100%", "a_b"],
)
def test_odd_signs_among_words_never_break_the_search(jiefang, client, query):
    assert client.get(API, {"q": query}).status_code == 200
    assert client.get("/plan/search/", {"q": query}).status_code == 200


def test_the_api_answers_with_both_languages_and_where_it_is(jiefang, client):
    answer = client.get(API, {"q": "dwc"}).json()
    assert answer == {
        "query": "dwc",
        "count": 1,
        "results": [
            {
                "type": "village",
                "type_name": "村庄",
                "name": {"zh": "东王褚村", "en": "East Wangchu Village"},
                "kind": {"zh": "行政村", "en": "Administrative village"},
                "hint": {"zh": "王褚街道", "en": "Wangchu Subdistrict"},
                "layer": "villages",
                "feature": "village-dongwangchu",
                "chapter": "",
                "url": None,
            }
        ],
    }
    (term,) = client.get(API, {"q": "PBF", "lang": "en"}).json()["results"]
    assert (term["type_name"], term["chapter"], term["url"]) == ("Terms in the text", "4", "/plan/4/")


def test_a_plan_that_is_not_there_is_a_problem_document(db, client):
    answer = client.get("/api/v1/plans/none/search/", {"q": "dwc"})
    assert (answer.status_code, answer.json()["code"]) == (404, "plan-not-found")


def test_the_page_leads_to_what_was_found_without_script(jiefang, client):
    page = client.get("/plan/search/", {"q": "guocun"}).content.decode()
    assert "/here/?village=village-guocun" in page
    assert client.get("/here/?village=village-guocun").status_code == 200
    page = client.get("/plan/search/", {"q": "牧野路"}).content.decode()
    assert "/plan/layers/base-roads/#muye-road" in page
    assert 'id="muye-road"' in client.get("/plan/layers/base-roads/").content.decode()
    assert 'href="/plan/4/"' in client.get("/plan/search/", {"q": "三区三线 红线"[5:]}).content.decode()


def test_the_page_gives_back_what_was_typed_as_text(jiefang, client):
    page = client.get("/plan/search/", {"q": "<b>x</b>"}).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page


def test_the_page_without_a_question_shows_the_box(jiefang, client):
    page = client.get("/plan/search/")
    assert page.status_code == 200
    assert 'enterkeyhint="search"' in page.content.decode()
    assert 'role="alert"' not in page.content.decode()


def test_loading_the_same_things_again_leaves_one_entry_each(jiefang):
    before = list(jiefang.search_entries.values_list("type", "name_zh", "feature"))
    search_index.rebuild(jiefang)
    assert list(jiefang.search_entries.values_list("type", "name_zh", "feature")) == before
    assert json.dumps(before, ensure_ascii=False).count('"village-guocun"') == 1
