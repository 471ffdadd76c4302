"""长辈版: chosen by a link, remembered in a cookie, without script; its home page gives doors in place of the map."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make

PUBLIC = [
    "/",
    "/plan/",
    "/plan/4/",
    "/plan/layers/",
    "/here/",
    "/here/?village=village-guocun",
    "/comments/",
    "/comments/new/",
]
PUBLIC += ["/receipt/", "/nothing/", "/sign-in/", "/plan/search/", "/plan/figures/", "/plan/consistency/"]


def elder(page: str) -> bool:
    return '<html lang="zh-Hans" class="elder">' in page and "css/elder.css" in page


@pytest.mark.parametrize("address", PUBLIC)
def test_every_public_page_offers_it_by_name_and_leads_back_from_it(client, consultation, address):
    page = client.get(address).content.decode()
    assert re.search(r'href="[^"]+[?&;]view=elder"[^>]*>(<span>)?长辈版<', page) and not elder(page)
    page = client.get(address + ("&" if "?" in address else "?") + "view=elder").content.decode()
    assert elder(page) and re.search(r'href="[^"]+view=standard"[^>]*>(<span>)?标准版<', page)


def test_the_choice_is_remembered_and_can_be_taken_back(client, consultation):
    cookie = client.get("/plan/?view=elder").cookies["view"]
    assert (cookie.value, cookie["samesite"], cookie["path"]) == ("elder", "Lax", "/")
    assert elder(client.get("/plan/").content.decode())
    client.get("/plan/?view=standard")
    assert not elder(client.get("/plan/").content.decode())


def test_an_unknown_view_changes_nothing(client, consultation):
    client.get("/plan/?view=elder")
    response = client.get("/plan/?view=giant")
    assert elder(response.content.decode()) and "view" not in response.cookies


def test_the_link_keeps_what_the_address_asked_for(client, consultation):
    page = client.get("/here/?village=village-guocun").content.decode()
    assert 'href="/here/?village=village-guocun&amp;view=elder"' in page


def test_caches_on_the_way_are_told_that_pages_differ_and_files_dont(client, consultation, plan):
    assert "Cookie" in client.get("/plan/")["Vary"]
    bundle = make.create_map_file(plan)
    assert "Cookie" not in client.get(f"/plans/{plan.slug}/map.{bundle.digest}.json").get("Vary", "")


def test_the_home_page_has_three_doors_the_villages_and_the_telephone_and_no_map(client, consultation):
    type(consultation).objects.update(phone="0391 123 4567")
    page = client.get("/?view=elder").content.decode()
    doors = re.findall(r'class="door[^"]*" href="([^"]+)".*?<strong>([^<]+)</strong>', page, re.DOTALL)
    assert doors == [("/plan/", "看规划"), ("/comments/new/", "提意见"), ("/receipt/", "查进度")]
    assert 'href="/here/?village=village-guocun">郭村</a>' in page
    assert 'href="tel:03911234567"' in page and "0391 123 4567" in page
    assert 'id="map"' not in page and "leaflet" not in page


def test_without_a_telephone_there_is_no_call_button(client, consultation):
    assert "tel:" not in client.get("/?view=elder").content.decode()


@pytest.mark.parametrize(("opens", "closes", "words"), [(-40, -10, "提意见的时间已经结束"), (10, 40, "即将公示")])
def test_outside_the_period_the_home_page_says_so_and_offers_no_form(client, consultation, opens, closes, words):
    now = timezone.now()
    period = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
    type(consultation).objects.update(**period)
    page = client.get("/?view=elder").content.decode()
    assert 'href="/comments/new/"' not in page and (words in page or "您可以在这里看规划" in page)


def test_the_map_is_one_link_away(client, consultation):
    assert 'href="/?show=map"' in client.get("/?view=elder").content.decode()
    assert 'id="map"' in client.get("/?show=map").content.decode()


def test_a_villages_page_leads_to_a_comment_about_that_village(client, consultation):
    page = client.get("/here/?village=village-guocun&view=elder").content.decode()
    assert page.count('href="/comments/new/?village=village-guocun"') == 2


def test_the_home_page_costs_few_queries(client, consultation, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/?view=elder")


def test_english_names_the_subdistricts_in_english(client, consultation, plan):
    layer = make.create_layer(plan, "subdistricts", kinds={"subdistrict": make.kind()})
    area = make.square(113.1, 35.1, 113.2, 35.2)
    make.create_feature(layer, "wangchu", area, name_zh="王褚街道", name_en="Wangchu Subdistrict")
    plan.features.filter(kind="village").update(subdistrict="王褚街道")
    page = client.get("/?view=elder&lang=en").content.decode()
    assert "<h3>Wangchu Subdistrict</h3>" in page
