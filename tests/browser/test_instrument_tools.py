"""The map's tools in a real browser: measuring, comparing, one's own place, strength of layers, the readout."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(live_server, jiefang):
    """The address of the map page, with the plan loaded and a consultation open."""
    create_consultation(jiefang)
    return live_server.url + "/"


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html.map-ready", state="attached")


def click_map(page: Page, dx: int, dy: int) -> None:
    """Click so far from the middle of the map, in pixels."""
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)


def test_a_measured_distance_is_in_metres_and_the_last_point_can_be_taken_back(home, desktop):
    open_map(desktop, f"{home}#map=13/35.22/113.2")
    desktop.get_by_role("button", name="测量").click()
    click_map(desktop, -100, 0)
    click_map(desktop, 100, 0)
    measured = desktop.locator("#measured")
    # 200 pixels of 15.61 m at zoom 13 and 35.22° north.
    expect(measured).to_have_text(re.compile(r"^3\.1[123] 公里（3,1[123]\d 米）$"))
    expect(desktop.locator(".measure-note")).to_contain_text("示意图上量得，仅供参考")
    desktop.get_by_role("button", name="撤销一点").click()
    expect(measured).to_contain_text("请在图上依次点")
    assert desktop.locator(".pin").count() == 0


def test_a_measured_area_is_in_hectares_and_mu_and_a_crossing_outline_is_refused(home, phone):
    open_map(phone, f"{home}#map=13/35.22/113.2")
    phone.get_by_role("button", name="测量").click()
    phone.get_by_label("面积").check()
    for dx, dy in ((-50, 0), (50, 0), (50, 100), (-50, 100)):
        click_map(phone, dx, dy)
    expect(phone.locator("#measured")).to_have_text(re.compile(r"^243\.\d 公顷（3,6[45]\d 亩），周长 6\.2\d 公里"))
    phone.get_by_role("button", name="重新量").click()
    for dx, dy in ((-50, 0), (50, 100), (50, 0), (-50, 100)):
        click_map(phone, dx, dy)
    expect(phone.locator("#measured")).to_contain_text("交叉")


def test_by_keyboard_the_crosshair_sets_the_points_and_escape_puts_the_tool_away(home, desktop):
    open_map(desktop, f"{home}#map=13/35.22/113.2")
    desktop.get_by_role("button", name="测量").press("Enter")
    desktop.locator("#map").focus()
    for _point in range(2):
        before = desktop.url
        desktop.keyboard.press("ArrowDown")
        # The address follows the map when it has come to rest.
        expect(desktop).not_to_have_url(before)
        desktop.keyboard.press("Enter")
    expect(desktop.locator("#measured")).to_contain_text("米")
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#measure")).to_be_hidden()
    expect(desktop.get_by_role("button", name="测量")).to_be_focused()


def test_two_themes_are_compared_with_a_handle_for_keys_and_mouse(home, desktop):
    open_map(desktop, home)
    desktop.get_by_role("button", name="对比").click()
    handle = desktop.get_by_role("slider", name="两图分界线")
    expect(handle).to_be_focused()
    expect(handle).to_have_attribute("aria-valuetext", "左图国土空间控制线规划图占50%，右图产业空间布局图占50%")
    desktop.get_by_label("右图").select_option("landscape")
    handle.focus()
    desktop.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "52")
    assert "compare=control-lines,landscape,52" in desktop.url
    frame = desktop.locator("#map").bounding_box()
    knob = desktop.locator(".compare-knob").bounding_box()
    desktop.mouse.move(knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2)
    desktop.mouse.down()
    desktop.mouse.move(frame["x"] + frame["width"] * 0.25, knob["y"] + 20, steps=4)
    desktop.mouse.up()
    expect(handle).to_have_attribute("aria-valuenow", "25")
    cuts = [right_edge(desktop, layer) for layer in ("control-lines", "landscape", "base-roads")]
    assert cuts[0] == pytest.approx(frame["width"] * 0.25, abs=1)
    assert cuts[1] == pytest.approx(frame["width"], abs=1)
    assert cuts[2] is None
    desktop.keyboard.press("Escape")
    expect(handle).to_be_hidden()
    expect(desktop.get_by_role("button", name="对比")).to_be_focused()
    assert right_edge(desktop, "control-lines") is None


def right_edge(page: Page, layer: str) -> float | None:
    """Return how far to the right a layer's pane is drawn, in pixels of the map; None where it isn't cut."""
    return page.evaluate(
        """(name) => {
            const pane = document.querySelector(`[class*="plan-${name}-pane"]`);
            const cut = pane.style.clipPath;
            if (!cut) return null;
            const shift = new DOMMatrix(getComputedStyle(document.querySelector('.leaflet-map-pane')).transform);
            return Math.max(...cut.match(/-?[\\d.]+px -?[\\d.]+px/g).map((pair) => parseFloat(pair))) + shift.m41;
        }""",
        layer,
    )


def test_the_comparison_comes_with_the_link_and_works_on_a_phone(home, phone):
    open_map(phone, f"{home}#compare=structure,landscape,40")
    handle = phone.get_by_role("slider", name="两图分界线")
    expect(handle).to_have_attribute("aria-valuenow", "40")
    expect(phone.get_by_label("左图")).to_have_value("structure")
    phone.get_by_role("button", name="结束对比").click()
    expect(handle).to_be_hidden()
    assert "compare" not in phone.url


def test_a_groups_strength_is_a_slider_and_stays_in_the_link(home, desktop):
    open_map(desktop, home)
    slider = desktop.get_by_role("slider", name="控制线的浓淡")
    slider.focus()
    for _step in range(4):
        desktop.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "80%")
    assert "opacity=control-lines:80" in desktop.url
    desktop.reload()
    desktop.wait_for_selector("html.map-ready", state="attached")
    expect(slider).to_have_attribute("aria-valuetext", "80%")
    opacity = "getComputedStyle(document.querySelector('[class*=\"plan-control-lines-pane\"]')).opacity"
    assert desktop.evaluate(opacity) == "0.8"


def test_the_foot_of_the_map_tells_scale_and_coordinates_and_where_the_drawing_ends(home, desktop):
    open_map(desktop, f"{home}#map=13/35.22/113.2")
    box = desktop.locator("#map").bounding_box()
    desktop.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(desktop.locator("#readout-place")).to_contain_text(re.compile(r"113\.(199|200)\d\d, 35\.2(19|20)\d\d"))
    expect(desktop.locator("#readout-scale")).to_have_text("约 1:56,000")
    expect(desktop.locator("#readout-limit")).to_be_hidden()
    desktop.get_by_role("button", name="放大").click()
    expect(desktop.locator("#readout-limit")).to_have_text("示意图放大后不会更准。")
    expect(desktop.locator("#readout-scale")).to_have_text("约 1:28,000")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"longitude": 113.199, "latitude": 35.27, "accuracy": 30}, "您大约在这里，误差约 30 米"),
        ({"longitude": 113.199, "latitude": 35.27, "accuracy": 4000}, "定位不够准，误差约 4 公里"),
        ({"longitude": 116.4, "latitude": 39.9, "accuracy": 30}, "不在规划范围内"),
    ],
)
def test_my_location_is_asked_only_at_a_tap_and_sent_nowhere(home, phone, place, words):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(place)
    open_map(phone, home)
    phone.get_by_role("button", name="我的位置").click()
    expect(phone.locator("#map-notice")).to_contain_text(words)
    assert phone.locator(".pin").count() == 0
    assert not [url for url in asked if "/here/" in url]


def test_where_the_position_is_refused_the_page_says_what_else_to_do(home, phone):
    open_map(phone, home)
    phone.get_by_role("button", name="我的位置").click()
    expect(phone.locator("#map-notice")).to_contain_text("也可以直接点地图")


@pytest.mark.parametrize(("width", "language"), [(360, "zh-hans"), (390, "en")])
def test_no_tool_sticks_out_of_a_small_screen(home, phone, width, language):
    phone.set_viewport_size({"width": width, "height": 740})
    open_map(phone, f"{home}?lang={language}#compare=structure,landscape,40")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    phone.locator("#compare [data-close-tool]").click()
    phone.locator("[data-tool=measure]").click()
    bar = phone.locator("#measure").bounding_box()
    assert bar["x"] >= 0 and bar["x"] + bar["width"] <= width
