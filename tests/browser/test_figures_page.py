"""The figures' page in a real browser: units without loading again, places on the map, nothing wider than a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server, jiefang) -> str:
    """The live server's address, with the Jiefang plan loaded."""
    return live_server.url


def test_another_unit_is_shown_without_loading_the_page_again(address: str, phone: Page):
    phone.goto(f"{address}/plan/figures/")
    row = phone.locator("#cultivated-land .figure-total .figure-value")
    expect(row).to_have_text("607.10公顷", use_inner_text=True)
    phone.evaluate("window.sameDocument = true")
    phone.get_by_role("link", name="亩", exact=True).tap()
    expect(row).to_have_text("≈ 9,107亩", use_inner_text=True)
    expect(phone).to_have_url(re.compile(r"\?unit=mu$"))
    expect(phone.get_by_role("link", name="亩", exact=True)).to_have_attribute("aria-current", "true")
    assert phone.evaluate("window.sameDocument")


def test_without_script_the_unit_is_a_link(address: str, without_script: Page):
    without_script.goto(f"{address}/plan/figures/")
    without_script.get_by_role("link", name="平方公里", exact=True).click()
    row = without_script.locator("#urban-development-boundary .figure-total .figure-value")
    expect(row).to_have_text("≈ 23.57平方公里", use_inner_text=True)


def test_a_figure_lights_up_its_area_on_the_map(address: str, desktop: Page):
    desktop.goto(f"{address}/plan/figures/")
    desktop.locator("#permanent-basic-farmland").get_by_role("link", name=re.compile("王褚街道")).click()
    desktop.wait_for_selector("html.map-ready")
    expect(desktop).to_have_url(re.compile("layers=control-lines&feature=pbf-wangchu"))
    expect(desktop.locator("#card-content")).to_contain_text("永久基本农田（王褚街道）")


def test_no_page_is_wider_than_a_small_phone_and_axe_finds_nothing_serious(address: str, phone: Page):
    phone.set_viewport_size({"width": 360, "height": 740})
    for language in ("zh-hans", "en"):
        for path in ("/plan/figures/", "/plan/consistency/", "/plan/search/?q=wangchu"):
            phone.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
            assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
            found = Axe().run(phone).response["violations"]
            serious = [
                (item["id"], item["nodes"][0]["html"]) for item in found if item["impact"] in ("serious", "critical")
            ]
            assert not serious, path


def test_axe_finds_nothing_serious_in_the_open_list_of_results(address: str, desktop: Page):
    desktop.goto(f"{address}/")
    desktop.wait_for_selector("html.map-ready")
    desktop.get_by_role("combobox").fill("wangchu")
    expect(desktop.get_by_role("option").first).to_be_visible()
    found = Axe().run(desktop, context=".finder").response["violations"]
    assert not [item["id"] for item in found if item["impact"] in ("serious", "critical")]
