"""The map's links, card, comments and lists in a real browser."""

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from tests.make import create_consultation, create_public_comment

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "#map=13/35.27/113.199&at=113.199,35.27"


@pytest.fixture
def home(live_server, jiefang):
    """The address of the map page, with the plan loaded and a consultation open."""
    create_consultation(jiefang)
    return live_server.url + "/"


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html.map-ready", state="attached")


def test_what_a_link_names_and_the_map_no_longer_has_is_left_out_and_told(home, desktop):
    open_map(desktop, f"{home}#layers=gone,landscape&feature=lost&opacity=nothing:5&compare=a,b,50&map=x/y")
    expect(desktop.locator("#map-notice")).to_contain_text("链接里有些内容图上已经没有了")
    expect(desktop.get_by_role("button", name="景观风貌分区图")).to_have_attribute("aria-pressed", "true")
    assert "gone" not in desktop.url and "lost" not in desktop.url


def test_a_link_may_name_a_theme_or_a_chapter_alone(home, desktop):
    open_map(desktop, f"{home}#theme=landscape")
    expect(desktop.get_by_role("button", name="景观风貌分区图")).to_have_attribute("aria-pressed", "true")
    desktop.goto("about:blank")
    open_map(desktop, f"{home}#chapter=7")
    expect(desktop.get_by_role("button", name="产业空间布局图")).to_have_attribute("aria-pressed", "true")
    assert "chapter=7" in desktop.url


def test_the_print_link_follows_the_theme_on_the_map(home, desktop):
    open_map(desktop, home)
    desktop.get_by_role("button", name="景观风貌分区图").click()
    link = desktop.get_by_role("link", name="打印这张图和图例")
    expect(link).to_have_attribute("href", "/plan/print/?theme=landscape")


def test_sharing_copies_the_address_where_the_browser_has_no_share_sheet(home, desktop):
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.add_init_script("Object.defineProperty(Navigator.prototype, 'share', { value: undefined })")
    open_map(desktop, home)
    desktop.get_by_role("button", name="分享").click()
    expect(desktop.locator("#map-notice")).to_have_text("已复制。")
    assert desktop.evaluate("navigator.clipboard.readText()") == desktop.url


def test_where_nothing_can_be_copied_the_address_stands_in_a_field(home, phone):
    phone.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'share', { value: undefined });"
        "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });"
        "Document.prototype.execCommand = () => false;"
    )
    open_map(phone, home)
    phone.get_by_role("button", name="分享").click()
    expect(phone.locator("#share-field")).to_have_value(phone.url)
    phone.keyboard.press("Escape")
    expect(phone.locator("#share-box")).to_be_hidden()


def test_the_card_begins_with_one_sentence_and_unfolds_row_by_row(home, phone):
    open_map(phone, home + PLACE)
    expect(phone.locator(".here-summary")).to_contain_text("这里属于上白作街道。示意图上在“生态保护红线”之内。")
    first = phone.locator(".finding").first
    expect(first).to_contain_text("生态保护红线")
    expect(first.locator(".chip")).to_have_text("靠近示意线，需核实")
    rule = first.get_by_text("禁止开发性、生产性建设活动")
    expect(rule).to_be_hidden()
    first.locator("summary").click()
    expect(rule).to_be_visible()
    expect(first.get_by_role("link", name="第4章")).to_have_attribute("href", "/plan/4/")
    others = phone.locator(".findings-compact")
    expect(others).to_contain_text("城镇开发边界")
    expect(phone.locator(".place-coordinates")).to_contain_text("113.19900, 35.27000")


def test_the_answers_page_has_the_same_sentence_and_rows_without_script(home, without_script):
    without_script.goto(f"{home}here/?lon=113.199&lat=35.27")
    expect(without_script.locator("#summary")).to_contain_text("示意图上在“生态保护红线”之内。")
    row = without_script.locator(".finding").first
    row.locator("summary").click()
    expect(row.get_by_text("禁止开发性、生产性建设活动")).to_be_visible()


def test_a_list_and_the_map_point_at_each_other(home, desktop):
    open_map(desktop, home)
    lit = desktop.locator("[class*='lit-pane'] path")
    assert lit.count() == 0
    desktop.locator("[data-village=village-guocun]").focus()
    expect(lit.first).to_be_attached()
    desktop.locator("#find").focus()
    expect(lit).to_have_count(0)
    link = desktop.locator("[data-village=village-guocun]")
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    desktop.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_comments_in_view_are_a_list_paired_with_their_marks(home, jiefang, desktop):
    consultation = jiefang.consultations.get()
    comment = create_public_comment(consultation, anchor=Point(113.199, 35.27, srid=4326), text="村口要有公交站")
    open_map(desktop, home)
    desktop.get_by_text("图上的意见（1）").click()
    row = desktop.get_by_role("button", name="村口要有公交站")
    row.focus()
    mark = desktop.get_by_role("button", name=f"意见 {comment.number}")
    expect(mark).to_contain_class("bubble-pointed")
    mark.focus()
    expect(row).to_contain_class("paired")
    expect(mark).to_be_focused()


def test_a_page_of_comments_that_is_cut_says_so(home, desktop):
    body = {"type": "FeatureCollection", "next": "/api/v1/comments/?page=x", "features": []}
    desktop.route("**/api/v1/comments/?*", lambda route: route.fulfill(json=body))
    open_map(desktop, home)
    expect(desktop.locator("#readout-more")).to_have_text("这里还有更多意见，放大后可见。")


def test_a_mark_leaves_the_villages_name_readable(home, jiefang, desktop):
    consultation = jiefang.consultations.get()
    village = jiefang.features.get(key="village-guocun").geometry
    create_public_comment(consultation, anchor=Point(village.x, village.y, srid=4326), text="郭村")
    open_map(desktop, f"{home}#map=13/{village.y}/{village.x}")
    desktop.locator(".bubble-body").wait_for()
    overlap = """() => {
        const names = [...document.querySelectorAll('.map-labels text')];
        const name = names.find((node) => node.textContent === '郭村').getBoundingClientRect();
        const mark = document.querySelector('.bubble-body').getBoundingClientRect();
        const across = name.left < mark.right && mark.left < name.right;
        return across && name.top < mark.bottom && mark.top < name.bottom;
    }"""
    assert desktop.evaluate(overlap) is False
