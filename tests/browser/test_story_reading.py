"""A chapter read beside its living map: on a phone, on a desk, by keyboard, without motion, without script, printed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)

LIVE = "html.map-ready"


@pytest.fixture
def plan_url(live_server, jiefang) -> str:
    """The address before a chapter's number, with the plan loaded and a consultation open."""
    create_consultation(jiefang)
    return live_server.url + "/plan/"


@pytest.fixture(params=[PHONE, DESKTOP], ids=["390", "1440"])
def still(request, chromium: Browser, plain_static: None) -> Iterator[Page]:
    """A page of either size whose reader asked for no motion."""
    context = chromium.new_context(reduced_motion="reduce", **request.param)
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def open_chapter(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(LIVE, state="attached")


def link(page: Page, text: str):
    return page.locator("#prose a.on-map", has_text=re.compile(f"^{re.escape(text)}$")).first


def read(page: Page, begins: str) -> None:
    """Read on from the top until the paragraph that begins so is the one being read."""
    found = page.evaluate(
        """async (begins) => {
          const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          for (let y = 30; y < document.documentElement.scrollHeight; y += 20) {
            window.scrollTo(0, y);
            await frame();
            const current = [...document.querySelectorAll(".step-current")].pop();
            if (current && current.textContent.trim().startsWith(begins)) return true;
          }
          return false;
        }""",
        begins,
    )
    assert found, f"“{begins}” was never the paragraph being read"


def view(page: Page) -> list[float]:
    """Return [zoom, lat, lon] of the map, as the link to the large map has it."""
    found = re.search(r"#map=([\d.]+)/([\d.]+)/([\d.]+)", page.locator("#story-large").get_attribute("href"))
    return [float(number) for number in found.groups()]


def test_the_map_follows_the_reading_and_shows_what_each_paragraph_is_about(plan_url, still):
    open_chapter(still, plan_url + "4/")
    title = still.locator("#story-title")
    expect(title).to_have_text("国土空间总体格局规划图")
    whole = view(still)
    read(still, "两带，")
    assert view(still) != whole
    read(still, "耕地保有量不低于")
    expect(title).to_have_text("耕地保有量")
    read(still, "永久基本农田保护面积")
    expect(title).to_have_text(re.compile("三条控制线"))
    assert still.locator(".map-lit").count() == 0
    still.evaluate("window.scrollTo(0, 0)")
    expect(title).to_have_text("国土空间总体格局规划图")


def test_a_tapped_name_lights_up_with_a_card_and_the_second_tap_opens_the_large_map(plan_url, phone):
    open_chapter(phone, plan_url + "6/")
    read(phone, "对洪河村")
    link(phone, "郭村").tap()
    expect(phone.locator("#story-card-title")).to_have_text("郭村")
    expect(phone.locator(".map-lit")).to_have_count(1)
    expect(phone.locator("#story-card-comment")).to_have_attribute("href", "/comments/new/?feature=village-guocun")
    large = phone.locator("#story-card-map").get_attribute("href")
    assert large == "/#layers=villages&feature=village-guocun"
    phone.locator("#story-card-close").tap()
    expect(phone.locator("#story-card")).to_be_hidden()
    link(phone, "郭村").tap()
    expect(phone.locator("#story-card")).to_be_visible()
    link(phone, "郭村").tap()
    expect(phone).to_have_url(re.compile(r"/#.*feature=village-guocun"))
    expect(phone.locator("#card-title")).to_be_visible()


def test_a_comment_on_a_figure_carries_its_area(plan_url, desktop):
    open_chapter(desktop, plan_url + "4/")
    link(desktop, "316.03公顷（0.47万亩）").click()
    expect(desktop.locator("#story-card-title")).to_contain_text("王褚街道永久基本农田保护面积")
    desktop.locator("#story-card-comment").click()
    expect(desktop).to_have_url(re.compile(r"/comments/new/\?feature=pbf-wangchu$"))


def test_hover_lights_up_only_as_long_as_it_lasts(plan_url, desktop):
    open_chapter(desktop, plan_url + "4/")
    link(desktop, "一屏").hover()
    expect(desktop.locator(".map-lit")).to_have_count(1)
    desktop.locator("h1").hover()
    expect(desktop.locator(".map-lit")).to_have_count(0)


def test_by_keyboard_focus_lights_up_escape_clears_and_enter_follows_the_link(plan_url, desktop):
    open_chapter(desktop, plan_url + "8/")
    for _ in range(40):
        desktop.keyboard.press("Tab")
        if desktop.evaluate("document.activeElement.classList.contains('on-map')"):
            break
    expect(link(desktop, "生态涵养风貌区")).to_be_focused()
    expect(desktop.locator(".map-lit")).to_have_count(1)
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".map-lit")).to_have_count(0)
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile(r"/#.*feature=landscape-ecological-conservation"))


def test_the_map_can_be_skipped_and_scrolling_announces_nothing(plan_url, still):
    open_chapter(still, plan_url + "4/")
    expect(still.get_by_role("region", name="本章地图")).to_be_visible()
    still.locator("#story-map .skip-link").focus()
    still.keyboard.press("Enter")
    assert still.evaluate("document.activeElement.id") == "story-end"
    read(still, "两带，")
    expect(still.locator("#story-status")).to_be_empty()


def test_a_map_moved_by_hand_stays_where_it_is_until_asked_to_follow_again(plan_url, still):
    open_chapter(still, plan_url + "4/")
    zoom = view(still)[0]
    still.locator(".leaflet-control-zoom-in").click()
    follow = still.get_by_role("button", name="继续跟随正文")
    expect(follow).to_be_visible()
    taken = view(still)
    assert taken[0] == pytest.approx(zoom + 1)
    read(still, "两带，")
    expect(still.locator("#story-title")).to_have_text("国土空间总体格局规划图")
    # The legend may leave the map a little more or less room.
    assert view(still) == pytest.approx(taken, abs=0.005)
    box = still.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    still.mouse.move(x, y)
    still.mouse.down()
    still.mouse.move(x + 40, y + 30, steps=6)
    still.mouse.up()
    expect(follow).to_be_visible()
    follow.click()
    expect(follow).to_be_hidden()
    assert view(still) != taken


def test_the_next_chapter_begins_where_the_last_one_looked(plan_url, still):
    open_chapter(still, plan_url + "6/")
    read(still, "对洪河村")
    seen = view(still)
    still.evaluate("window.sessionStorage.setItem('seen', window.sessionStorage.getItem('tuyi-story'))")
    still.get_by_role("link", name=re.compile("产业规划")).click()
    still.wait_for_selector(LIVE, state="attached")
    expect(still.locator("#story-title")).to_have_text("产业空间布局图")
    lat = still.evaluate("JSON.parse(window.sessionStorage.getItem('seen')).view[0]")
    assert lat == pytest.approx(seen[1], abs=0.001)


def test_on_a_phone_the_map_takes_the_upper_third_and_folds_away_for_all_chapters(plan_url, phone):
    open_chapter(phone, plan_url + "4/")
    phone.evaluate("window.scrollTo(0, 900)")
    box = phone.locator("#story-map").bounding_box()
    assert box["y"] == pytest.approx(0, abs=1) and box["height"] < 844 * 0.4
    phone.get_by_role("button", name="收起地图").tap()
    expect(phone.locator("#map")).to_be_hidden()
    assert phone.locator("#story-map").bounding_box()["height"] < 60
    open_chapter(phone, plan_url + "7/")
    expect(phone.get_by_role("button", name="展开地图")).to_have_attribute("aria-expanded", "false")
    link(phone, "太行生态城").tap()
    expect(phone.locator("#map")).to_be_visible()
    expect(phone.locator(".map-lit")).to_have_count(1)


def test_figures_of_the_chapter_light_up_their_areas(plan_url, desktop):
    open_chapter(desktop, plan_url + "4/")
    figure = desktop.locator("table.figures a.on-map", has_text="王褚街道生态保护红线面积")
    figure.focus()
    expect(desktop.locator(".map-lit")).to_have_count(1)
    expect(desktop.locator("#story-title")).to_have_text("三条控制线")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["390", "1440"])
def test_without_javascript_the_text_has_its_links_and_the_drawn_map(plan_url, chromium, plain_static, size):
    context = chromium.new_context(java_script_enabled=False, **size)
    page = context.new_page()
    page.goto(plan_url + "4/")
    expect(page.locator("#story-map")).to_be_hidden()
    expect(page.locator(".static-map img")).to_be_visible()
    assert link(page, "一屏").get_attribute("href") == "/#layers=structure&feature=screen-taihang"
    context.close()


def test_an_old_browser_without_the_observer_gets_the_text_and_the_drawn_map(plan_url, desktop):
    desktop.add_init_script("delete window.IntersectionObserver")
    desktop.goto(plan_url + "4/")
    desktop.wait_for_load_state("networkidle")
    expect(desktop.locator("#story-map")).to_be_hidden()
    expect(desktop.locator(".static-map img")).to_be_visible()


def test_without_the_bundle_the_page_is_text_and_drawn_map(plan_url, desktop):
    desktop.route("**/map.*.json", lambda route: route.fulfill(status=503, body=""))
    desktop.goto(plan_url + "4/")
    expect(desktop.locator("#story-map")).to_be_hidden()
    expect(desktop.locator(".static-map img")).to_be_visible()
    assert all("503" in fault for fault in desktop.faults)
    desktop.faults.clear()


def test_on_paper_there_is_only_the_text_and_the_drawn_map(plan_url, desktop):
    open_chapter(desktop, plan_url + "4/")
    desktop.emulate_media(media="print")
    expect(desktop.locator("#story-map")).to_be_hidden()
    expect(desktop.locator("#prose")).to_be_visible()
    expect(desktop.locator(".static-map img")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", ["1", "2", "3", "4", "6", "7", "8"])
def test_every_chapter_lives_in_both_languages_and_fits_the_screen(plan_url, still, number, language):
    open_chapter(still, f"{plan_url}{number}/?lang={language}")
    for step in still.locator("[data-step]").all():
        step.scroll_into_view_if_needed()
    assert still.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(still.locator("#story-legend li").first).to_be_visible()
