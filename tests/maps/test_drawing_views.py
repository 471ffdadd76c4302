"""Addresses of drawn maps and of the print sheet: kept for ever, sent on when old, helpful when asked for nonsense."""

import gzip
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from maps.drawing import illustration
from maps.views import drawing
from tests import make


@pytest.fixture(autouse=True)
def nothing_kept():
    drawing.drawings.clear()


@pytest.fixture
def themed(plan):
    """The small plan with a public layer "themed", a draft "secret", and a map "all" of both."""
    for key, status in (("themed", "public"), ("secret", "draft")):
        kinds = {"thing": make.kind("东西", "thing", style={"fill": "#fedcba", "label": "area"})}
        layer = make.create_layer(plan, key, kinds=kinds, status=status, name_zh=f"{key}层")
        make.create_feature(layer, f"{key}-1", make.square(113.15, 35.15, 113.25, 35.25), name_zh=f"{key}图形")
    plan.themes = [{"key": "all", "name_zh": "总图", "name_en": "All", "layers": ["themed", "secret"]}]
    plan.save()
    return plan


def address(plan, about="theme", key="all", language="zh", size="page", digest=None) -> str:
    digest = digest or illustration.drawing_digest(plan)
    return f"/plans/{plan.slug}/maps/{about}/{key}.{language}.{size}.{digest}.svg"


def test_a_static_map_is_kept_for_ever_and_compressed(client, themed):
    plain = client.get(address(themed))
    packed = client.get(address(themed), headers={"Accept-Encoding": "gzip"})
    assert plain.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in plain.headers["Cache-Control"]
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(address(themed), headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


def test_a_static_map_is_drawn_once(client, themed, django_assert_num_queries):
    client.get(address(themed))
    with django_assert_num_queries(1):
        client.get(address(themed))


def test_an_address_of_an_older_version_is_sent_on(client, themed):
    response = client.get(address(themed, digest="0" * 64))
    assert response.status_code == 302 and response.headers["Location"] == address(themed)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_new_version_of_the_map_gets_a_new_address(themed):
    before = address(themed)
    themed.map_digest = "1" * 64
    assert address(themed) != before


@pytest.mark.parametrize(
    "path",
    [
        "theme/none.zh.page",
        "layer/none.zh.page",
        "layer/secret.zh.page",
        "theme/all.fr.page",
        "theme/all.zh.huge",
        "x/all.zh.page",
    ],
)
def test_what_is_not_there_is_not_found(client, themed, path):
    found = client.get(f"/plans/{themed.slug}/maps/{path}.{illustration.drawing_digest(themed)}.svg")
    assert found.status_code == 404


def test_a_draft_is_on_no_public_map_even_for_those_who_may_see_it(client, themed, planner):
    client.force_login(planner)
    for path in (address(themed), "/plan/print/all.a4.portrait.zh.svg"):
        body = client.get(path).content.decode()
        assert "themed图形" in body and "secret" not in body


def test_a_chapter_shows_its_map_with_a_legend_and_a_way_to_the_live_map(client, jiefang):
    page = client.get("/plan/4/").content.decode()
    assert f"/plans/jiefang-2035/maps/theme/structure.zh.page.{illustration.drawing_digest(jiefang)}.svg" in page
    assert "重点发展核心（三核）" in page and "/#layers=structure" in page
    assert "/plan/print/?theme=structure" in page
    for source in re.findall(r'(?:src|srcset)="(/plans/[^"]+)"', page):
        assert client.get(source).status_code == 200


def test_every_public_layer_page_shows_its_map(client, jiefang):
    for layer in jiefang.layers.filter(status="public"):
        page = client.get(f"/plan/layers/{layer.key}/").content.decode()
        source = re.search(r'src="(/plans/[^"]+)" width="(\d+)" height="(\d+)"', page)
        root = ElementTree.fromstring(client.get(source.group(1)).content)
        assert (float(root.get("width")), float(root.get("height"))) == tuple(map(float, source.groups()[1:]))


def test_a_draft_layers_page_has_no_map(client, themed, planner):
    client.force_login(planner)
    main = client.get("/plan/layers/secret/").content.decode().split("<main")[1]
    assert "/maps/layer/" not in main and "#fedcba" in main and "东西" in main


def test_a_place_gets_a_map_with_a_pin_that_nobody_keeps(client, jiefang, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = client.get("/here/map.svg?lon=113.2&lat=35.25")
    assert response.status_code == 200 and len(response.content) < 150_000
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "translate(240.0 202.0)" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("lon=abc&lat=35.2", 400), ("lon=113.2&lat=91", 400), ("lon=0&lat=90", 404), ("lon=113.2&lat=36", 404)],
)
def test_a_place_that_makes_no_sense_gets_an_answer(client, plan, query, status):
    response = client.get(f"/here/map.svg?{query}")
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_the_print_page_offers_every_map_and_paper(client, themed, django_assert_num_queries):
    # The plan, what is drawn, and the consultation of the page's head.
    with django_assert_num_queries(3):
        page = client.get("/plan/print/?theme=all&paper=a3&orientation=landscape").content.decode()
    assert 'src="/plan/print/all.a3.landscape.zh.svg"' in page
    assert "print-page-a3-landscape.css" in page
    assert '<option value="all" selected>总图' in page and "东西" in page


def test_the_print_page_follows_the_language(client, themed):
    page = client.get("/plan/print/?lang=en").content.decode()
    assert 'src="/plan/print/all.a4.portrait.en.svg"' in page and ">All<" in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("theme=nothing", 404, "总图 (all)"),
        ("theme=<script>", 404, "总图 (all)"),
        ("paper=a0", 400, "A4"),
        ("orientation=upside-down", 400, "portrait"),
    ],
)
def test_an_unknown_map_or_paper_is_answered_with_what_there_is(client, themed, query, status, said):
    response = client.get(f"/plan/print/?{query}")
    page = unescape(response.content.decode())
    assert response.status_code == status
    assert said in page.split("<main")[1] and "<script>" not in page.split("<main")[1].split("</main")[0]


def test_a_plan_without_maps_says_so(client, plan):
    assert client.get("/plan/print/").status_code == 404


def test_the_code_on_a_sheet_leads_to_the_same_view(client, themed, settings, monkeypatch):
    led = []
    monkeypatch.setattr("maps.drawing.sheet.qr_code", lambda address, *_rest: led.append(address) or "")
    client.get("/plan/print/all.a4.portrait.zh.svg")
    settings.PUBLIC_URL = "https://www.example.gov.cn/ghgs"
    client.get("/plan/print/all.a4.portrait.zh.svg")
    assert led == ["http://testserver/#layers=themed,secret", "https://www.example.gov.cn/ghgs/#layers=themed,secret"]


def test_an_unknown_sheet_is_not_found(client, themed):
    for name in ("none.a4.portrait.zh", "all.a5.portrait.zh", "all.a4.askew.zh", "all.a4.portrait.fr"):
        assert client.get(f"/plan/print/{name}.svg").status_code == 404
