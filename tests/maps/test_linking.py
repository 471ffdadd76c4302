"""Every name of the map that stands in the plan's text is a link to it, and nothing else is."""

import re
from html import unescape

import pytest

from maps.linking import LinkedChapter, linked
from maps.models import Chapter, Plan
from maps.package_names import blocks
from tests import make

BRACKET = re.compile(r"\s*[（(][^（）()]*[）)]$")
LINK = re.compile(r'<a class="on-map"[^>]*>(.*?)</a>')
LANGUAGES = ("zh", "en")


def made(plan: Plan, number: str, language: str = "zh") -> str:
    """Return the linked HTML of a chapter."""
    return LinkedChapter(plan, plan.chapters.get(number=number), language, "/").html


def links(html: str, text: str) -> list[str]:
    """Return the opening tags of the links that read `text`."""
    return re.findall(rf'(<a class="on-map"[^>]*>){re.escape(text)}</a>', unescape(html))


def names(plan: Plan, language: str) -> set[str]:
    """Return every name on the map: features, each part of their names, villages without 村, kinds, printed figures."""
    found = set()
    for feature in plan.features.all():
        name = getattr(feature, f"name_{language}")
        found |= {name, BRACKET.sub("", name), *re.split(r"\s*[：:]\s*", BRACKET.sub("", name))}
        if feature.kind in ("village", "subdistrict"):
            found.add(re.sub(r"(村|街道| Village| Subdistrict)$", "", name))
    for layer in plan.layers.filter(is_base=False):
        found |= {BRACKET.sub("", kind[f"name_{language}"]) for kind in layer.kinds.values()}
    figures = {getattr(row, f"stated_{language}") for row in plan.indicators.all()}
    found |= {re.search(r"\d.*", figure)[0] for figure in figures}
    # A single English word for a kind, such as Project, is no name.
    common = {"Project", "Ridge", "Village"}
    return {name for name in found if len(name) > 1 and name not in common}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_the_map_stands_in_the_text_without_its_link(jiefang, language):
    left, met = [], 0
    for chapter in jiefang.chapters.all():
        html = LinkedChapter(jiefang, chapter, language, "/").html
        met += len(LINK.findall(html))
        # A bar where a link was: words on both sides of it don't make a name together.
        plain = unescape(re.sub(r"<[^>]+>", "", LINK.sub("|", html)))
        for name in names(jiefang, language):
            pattern = re.escape(name) if language == "zh" else rf"(?<!\w){re.escape(name)}(?!\w)"
            if re.search(pattern, plain, re.IGNORECASE):
                left.append((chapter.number, name))
    assert not left and met > 100


@pytest.mark.parametrize(
    "language, number, text, target",
    [
        ("zh", "4", "一屏", 'data-features="screen-taihang"'),
        ("zh", "4", "一轴", 'data-features="axis-muye axis-puji"'),
        ("zh", "4", "两带", 'data-features="belt-dasha belt-canal"'),
        ("zh", "4", "南部大沙河生态带", 'data-features="belt-dasha"'),
        ("zh", "4", "三个重点发展核心", 'data-kinds="structure/core structure/core-area"'),
        ("zh", "4", "牧野路", 'href="/#feature=muye-road"'),
        ("zh", "4", "永久基本农田", 'data-kinds="control-lines/pbf"'),
        ("zh", "4", "上白作街道", 'data-features="subdistrict-shangbaizuo"'),
        ("zh", "4", "河南焦作市南太行省级森林公园", 'data-features="place-south-taihang-forest-park"'),
        ("zh", "4", "国土空间控制线规划图", 'href="/#layers=cultivated-land,control-lines,villages"'),
        ("zh", "6", "上白作村", 'href="/#layers=villages&feature=village-shangbaizuo"'),
        ("zh", "7", "龙佰康养城", 'data-features="project-longbai-wellness-town"'),
        ("zh", "7", "产城融合过渡区（两街道交界）", 'data-features="industry-area-transition"'),
        ("zh", "8", "城郊融合区", 'data-features="landscape-urban-rural-fringe"'),
        ("en", "4", "One axis", 'data-features="axis-muye axis-puji"'),
        ("en", "4", "permanent basic farmland", 'data-kinds="control-lines/pbf"'),
        ("en", "6", "Shangbaizuo", 'data-features="village-shangbaizuo"'),
        ("en", "6", "Dongwangchu", 'data-features="village-dongwangchu"'),
        ("en", "7", "Shangbaizuo Subdistrict", 'data-features="subdistrict-shangbaizuo"'),
    ],
)
def test_a_name_leads_to_what_it_means_in_its_chapter(jiefang, language, number, text, target):
    found = links(made(jiefang, number, language), text)
    assert found and all(target in tag for tag in found)


@pytest.mark.parametrize(
    "language, text, target",
    [
        ("zh", "607.10公顷（0.91万亩）", 'data-kinds="cultivated-land/cultivated-land"'),
        ("zh", "316.03公顷（0.47万亩）", 'data-features="pbf-wangchu"'),
        ("zh", "2356.96公顷", 'href="/#layers=control-lines"'),
        ("en", "1710.38 ha", 'data-features="ecr-shangbaizuo"'),
        ("en", "329.21 ha (4,900 mu)", 'data-kinds="control-lines/pbf"'),
    ],
)
def test_a_printed_figure_leads_to_its_area_and_says_whose_it_is(jiefang, language, text, target):
    [tag] = links(made(jiefang, "4", language), text)
    assert target in tag and text.split("（")[0] in tag


def test_the_longest_name_wins_and_numbers_are_whole(plan):
    layer = make.create_layer(plan, kinds={"pbf": make.kind()})
    make.create_feature(layer, "east", make.square(113.1, 35.1, 113.2, 35.2), name_zh="郭村东田", name_en="Guocun East")
    make.create_indicator(plan, layer_key="control-lines", kind="pbf", stated_zh="3.5公顷")
    Chapter.objects.filter(plan=plan).update(text_zh="郭村东田在郭村，13.5公顷，3.5公顷。")
    html = made(plan, "4")
    assert LINK.findall(html) == ["郭村东田", "郭村", "3.5公顷"] and "13.5公顷，" in html


def test_names_are_never_linked_inside_another_link_or_code_and_bring_no_html(plan):
    layer = make.create_layer(plan)
    nasty = make.create_feature(
        layer, "nasty", make.square(113.1, 35.1, 113.2, 35.2), name_zh='<b onclick="x">"甲"</b>'
    )
    Chapter.objects.filter(plan=plan).update(text_zh=f"[看郭村](/here/) `郭村` {nasty.name_zh} <script>郭村</script>")
    html = made(plan, "4")
    assert "<b" not in html and "<script" not in html and 'href="/here/">看郭村</a>' in html
    assert "<code>郭村</code>" in html
    assert LINK.findall(html) == ["&lt;b onclick=&quot;x&quot;&gt;&quot;甲&quot;&lt;/b&gt;", "郭村"]


def test_english_names_are_whole_words_in_any_case_with_any_dash(plan):
    layer = make.create_layer(plan, "belts", kinds={"belt": make.kind("带", "Industry–city belt")})
    make.create_feature(layer, "b", make.square(113.1, 35.1, 113.2, 35.2), name_en="Green belt")
    Chapter.objects.filter(plan=plan).update(text_en="industry-city  belts, green belts, evergreen beltway, Guocuns")
    assert LINK.findall(made(plan, "4", "en")) == ["industry-city  belts", "green belts", "Guocuns"]


def test_drafts_are_not_linked(plan):
    layer = make.create_layer(plan, "secret", status="draft", kinds={"pbf": make.kind("保密线", "Secret line")})
    make.create_feature(layer, "s", make.square(113.1, 35.1, 113.2, 35.2), name_zh="草稿田")
    Chapter.objects.filter(plan=plan).update(text_zh="草稿田、保密线、郭村")
    assert LINK.findall(made(plan, "4")) == ["郭村"]


def test_the_packages_own_names_go_first_and_may_hold_for_one_chapter_only(plan):
    make.create_chapter(plan, "5", text_zh="老郭、郭村")
    words = {"names_zh": ["老郭", "郭村"], "names_en": [], "features": ["village-wangchu"], "kinds": [], "layers": []}
    plan.names = [words | {"chapters": ["5"]}]
    plan.save()
    Chapter.objects.filter(plan=plan, number="4").update(text_zh="老郭、郭村")
    assert LINK.findall(made(plan, "4")) == ["郭村"] and "village-guocun" in made(plan, "4")
    assert LINK.findall(made(plan, "5")) == ["老郭", "郭村"] and "village-guocun" not in made(plan, "5")


def test_every_paragraph_is_a_step_and_carries_the_focus_that_the_package_gives_it(jiefang):
    chapter = jiefang.chapters.get(number="4")
    html = made(jiefang, "4")
    assert html.count("data-step") == len(blocks(chapter.text_zh))
    assert '<li data-step="" data-features="axis-muye axis-puji" data-layers="structure">' in html


def test_links_work_under_a_prefix(jiefang):
    html = linked(jiefang, jiefang.chapters.get(number="4"), "/tuyi/").html
    assert 'href="/tuyi/#layers=control-lines&amp;feature=pbf-wangchu"' in html and 'href="/#' not in html


def test_the_figures_of_a_chapter_light_up_their_areas(client, jiefang):
    page = client.get("/plan/4/").content.decode()
    table = page[page.index('class="figures"') :]
    assert 'data-features="ecr-wangchu"' in table and "王褚街道生态保护红线面积</a>" in table


def test_a_chapter_is_linked_once_for_each_version_of_plan_and_map(jiefang, django_assert_num_queries):
    chapter = jiefang.chapters.get(number="6")
    linked(jiefang, chapter, "/")
    with django_assert_num_queries(0):
        again = linked(jiefang, chapter, "/")
    jiefang.map_digest = "f" * 64
    assert linked(jiefang, chapter, "/") is not again
