"""The map page in a real browser, on a phone and on a desk, by finger and by keyboard."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from tests.make import create_consultation, create_public_comment

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN = "html.map-ready"


@pytest.fixture
def home(live_server, jiefang):
    """The address of the map page, with the plan loaded and a consultation open."""
    create_consultation(jiefang)
    return live_server.url + "/"


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(SHOWN, state="attached")


def tap_in_the_middle(page: Page, lon: float, lat: float, address: str) -> None:
    """Open the map with this place in its middle, and tap it."""
    open_map(page, f"{address}#map=13/{lat}/{lon}")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_phone_shows_the_map_a_search_box_and_one_large_button_and_asks_nothing(home, phone):
    open_map(phone, home)
    expect(phone.locator("#find")).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^提意见"))).to_be_visible()
    expect(phone.locator(".map-legal")).to_contain_text("示意图，不作为划界、确权、审批依据")
    assert phone.locator(".pin").count() == 0
    sheet = phone.locator("#sheet").bounding_box()
    assert sheet["y"] > 844 * 0.8


def test_a_village_is_found_by_typing_and_the_card_says_what_the_plan_says_there(home, phone):
    open_map(phone, home)
    phone.locator("#find").fill("guocun")
    phone.locator("#find").press("Enter")
    expect(phone.locator("#card-title")).to_have_text("这里规划怎么说")
    expect(phone.locator(".feature-block h3")).to_have_text("郭村")
    expect(phone.locator(".findings")).to_contain_text("永久基本农田")
    link = phone.get_by_role("link", name="对这里提意见").get_attribute("href")
    assert re.match(r"^/comments/new/\?lon=113\.\d+&lat=35\.\d+$", link)
    assert "feature=village-guocun" in phone.url


def test_a_tap_gives_the_plans_answer_and_escape_closes_it_and_gives_the_focus_back(home, desktop):
    tap_in_the_middle(desktop, 113.199, 35.27, home)
    expect(desktop.locator("#card-title")).to_be_focused()
    expect(desktop.locator(".findings .finding").first).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#card")).to_be_hidden()
    expect(desktop.locator("#map")).to_be_focused()
    assert desktop.locator(".pin").count() == 0


def test_a_tap_outside_the_planning_area_says_so_and_offers_what_to_do(home, phone):
    tap_in_the_middle(phone, 113.215, 35.235, home)
    expect(phone.locator("#card-title")).to_have_text("不在规划范围内")
    expect(phone.get_by_role("link", name="提不涉及具体位置的意见")).to_have_attribute("href", "/comments/new/")
    expect(phone.get_by_role("link", name="对这里提意见")).to_be_hidden()
    phone.get_by_role("button", name="回到规划范围").click()
    expect(phone.locator("#card")).to_be_hidden()


def test_commenting_asks_for_a_place_and_takes_none_too(home, phone):
    open_map(phone, home)
    phone.get_by_role("button", name=re.compile("^提意见")).click()
    expect(phone.locator("#pick-title")).to_have_text("请在地图上点一下您要说的地方")
    expect(phone.get_by_role("link", name="不涉及具体位置")).to_have_attribute("href", "/comments/new/")
    assert phone.locator(".pin").count() == 0
    phone.get_by_role("button", name="取消").click()
    expect(phone.locator("#pick-title")).to_be_hidden()


def test_by_keyboard_enter_takes_the_crosshair_only_after_the_map_was_moved(home, desktop):
    open_map(desktop, home)
    desktop.locator("#map").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#map-notice")).to_contain_text("方向键")
    assert desktop.locator(".pin").count() == 0
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#card-title")).to_be_visible()
    assert desktop.locator(".pin").count() == 1


def test_every_feature_is_in_a_list_that_leads_onto_the_map(home, desktop):
    open_map(desktop, home)
    desktop.get_by_text("逐项查看（6）").click()
    desktop.get_by_role("button", name=re.compile("永久基本农田（王褚街道）")).click()
    expect(desktop.locator(".feature-block")).to_contain_text("316.03 公顷")
    expect(desktop.locator(".feature-block")).to_contain_text("4,740 亩")
    expect(desktop.locator(".feature-block")).to_contain_text("600 米")


def test_a_theme_is_one_tap_and_the_address_keeps_it(home, desktop):
    open_map(desktop, home)
    theme = desktop.get_by_role("button", name="景观风貌分区图")
    theme.click()
    expect(theme).to_have_attribute("aria-pressed", "true")
    expect(desktop.locator(".map-labels")).to_contain_text("现代都市风貌区")
    assert "layers=landscape" in desktop.url
    desktop.reload()
    desktop.wait_for_selector(SHOWN, state="attached")
    expect(theme).to_have_attribute("aria-pressed", "true")


def test_no_two_names_on_the_map_cover_each_other(home, desktop):
    open_map(desktop, home)
    for zoom in (12, 13, 14):
        desktop.goto(f"{home}#map={zoom}/35.22/113.2")
        desktop.wait_for_selector(".map-labels text", state="attached")
        boxes = desktop.evaluate(
            "[...document.querySelectorAll('.map-labels > *')].map((n) => n.getBBox())"
            ".map((b) => [b.x + 2, b.y + 3, b.x + b.width - 2, b.y + b.height - 3])"
        )
        flat = [box for box in boxes if box[3] - box[1] < 40]
        for i, a in enumerate(flat):
            for b in flat[i + 1 :]:
                assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), (zoom, a, b)


def test_a_published_comment_is_on_the_map_and_leads_to_its_page(home, jiefang, desktop):
    consultation = jiefang.consultations.get()
    comment = create_public_comment(consultation, anchor=Point(113.199, 35.27, srid=4326), text="<b>村口</b>要有公交站")
    open_map(desktop, home)
    desktop.get_by_role("button", name=f"意见 {comment.number}").click()
    expect(desktop.locator(".comment-text")).to_have_text("<b>村口</b>要有公交站")
    expect(desktop.get_by_role("link", name="看意见和答复")).to_have_attribute("href", f"/comments/{comment.number}/")


def test_where_the_answer_cant_be_fetched_the_card_says_so_and_tries_again(home, phone):
    phone.route("**/here/?lon*", lambda route: route.fulfill(status=503, json={"detail": "请稍候"}))
    open_map(phone, home)
    phone.locator("#find").fill("郭村")
    phone.locator("#find").press("Enter")
    expect(phone.locator("#card-content [role=alert]")).to_contain_text("请稍候")
    phone.unroute("**/here/?lon*")
    phone.get_by_role("button", name="再试一次").click()
    expect(phone.locator(".findings")).to_contain_text("永久基本农田")
    phone.faults.clear()


def test_the_first_visit_stays_small_and_asks_no_other_host(home, phone):
    hosts, sizes = set(), []
    phone.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    phone.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    open_map(phone, home)
    phone.wait_for_load_state("networkidle")
    assert len(hosts) == 1
    # Scripts and styles come uncompressed from the test server: compressed they are about a third.
    assert sum(sizes) < 420_000


@pytest.mark.parametrize(("width", "language"), [(360, "zh-hans"), (390, "en")])
def test_nothing_sticks_out_of_a_small_screen(home, phone, width, language):
    phone.set_viewport_size({"width": width, "height": 740})
    open_map(phone, f"{home}?lang={language}")
    phone.locator("[data-legend]").click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert phone.evaluate("document.getElementById('sheet-body').scrollWidth") <= width


def test_without_script_the_villages_and_the_plan_are_links(home, without_script):
    without_script.goto(home)
    link = without_script.get_by_role("link", name="郭村")
    assert re.search(r"/here/\?lon=113\.\d+&lat=35\.\d+$", link.get_attribute("href"))
    expect(link).to_be_visible()
    expect(without_script.get_by_role("link", name="图层表").first).to_be_visible()
    expect(without_script.get_by_role("link", name="提意见")).to_be_visible()
