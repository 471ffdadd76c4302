"""The search box of the map in a real browser, by keyboard and by finger; and the search page without script."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN = "html.map-ready"


@pytest.fixture
def address(live_server, jiefang) -> str:
    """The live server's address, with the Jiefang plan loaded."""
    return live_server.url


def test_by_keyboard_alone_a_village_is_found_by_its_initials_and_its_card_opens(address: str, desktop: Page):
    desktop.goto(f"{address}/")
    desktop.wait_for_selector(SHOWN)
    box = desktop.get_by_role("combobox")
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "true")
    desktop.keyboard.type("wangchu")
    option = desktop.get_by_role("option", name=re.compile("^东王褚村"))
    expect(option).to_be_visible()
    expect(desktop.locator("#status")).to_contain_text("找到10项")
    groups = desktop.locator("[role=group] .finder-group").all_inner_texts()
    assert groups[:2] == ["地点", "村庄"]
    options = desktop.get_by_role("option")
    for key, index in (("ArrowDown", 0), ("End", 9), ("Home", 0), ("ArrowUp", 9), ("ArrowDown", 0)):
        desktop.keyboard.press(key)
        expect(options.nth(index)).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", options.nth(index).get_attribute("id"))
    box.fill("")
    desktop.keyboard.type("dwc")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#card-title")).to_be_visible()
    expect(desktop).to_have_url(re.compile("feature=village-dongwangchu"))
    expect(desktop.locator("#card-content")).to_contain_text("东王褚村")
    expect(box).to_have_value("东王褚村")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_escape_shuts_the_list_first_and_then_empties_the_box(address: str, desktop: Page):
    desktop.goto(f"{address}/?lang=en")
    desktop.wait_for_selector(SHOWN)
    box = desktop.get_by_role("combobox")
    box.focus()
    desktop.keyboard.type("guo")
    expect(desktop.get_by_role("option", name=re.compile("^Guocun"))).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#find-list")).to_be_hidden()
    expect(box).to_have_value("guo")
    desktop.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_a_finger_chooses_a_road_and_each_option_is_large_enough(address: str, phone: Page):
    phone.goto(f"{address}/")
    phone.wait_for_selector(SHOWN)
    box = phone.get_by_role("combobox")
    assert box.get_attribute("enterkeyhint") == "search"
    box.tap()
    box.fill("牧野路")
    option = phone.get_by_role("option", name=re.compile("^牧野路"))
    expect(option).to_be_visible()
    for one in phone.get_by_role("option").all():
        assert one.bounding_box()["height"] >= 44
    option.tap()
    expect(phone).to_have_url(re.compile("feature=muye-road"))
    expect(phone.locator("#card-content")).to_contain_text("牧野路")


def test_a_term_opens_its_chapter(address: str, phone: Page):
    phone.goto(f"{address}/")
    phone.wait_for_selector(SHOWN)
    phone.get_by_role("combobox").fill("三区三线")
    phone.get_by_role("option", name=re.compile("三线")).tap()
    expect(phone).to_have_url(re.compile("/plan/3/$"))


def test_nothing_found_and_nothing_to_search_for_are_said(address: str, desktop: Page):
    desktop.goto(f"{address}/")
    desktop.wait_for_selector(SHOWN)
    box = desktop.get_by_role("combobox")
    box.fill("xyzzy")
    expect(desktop.locator(".finder-none")).to_contain_text("没有找到名为“xyzzy”的地方")
    box.fill("🌾")
    expect(desktop.locator(".finder-none")).to_contain_text("请输入地名或词语")
    # Chromium reports each refused request on the console.
    assert all("400" in fault for fault in desktop.faults)
    desktop.faults.clear()


def test_without_the_network_the_map_still_finds_its_own_names(address: str, desktop: Page):
    desktop.goto(f"{address}/")
    desktop.wait_for_selector(SHOWN)
    desktop.context.set_offline(True)
    desktop.get_by_role("combobox").fill("灵泉陂")
    expect(desktop.get_by_role("option", name=re.compile("^灵泉陂村"))).to_be_visible()
    desktop.context.set_offline(False)
    desktop.faults.clear()


def test_without_script_the_search_page_finds_the_village_and_what_the_plan_says_there(
    address: str, without_script: Page
):
    without_script.goto(f"{address}/plan/search/")
    without_script.get_by_role("searchbox").fill("guocun")
    without_script.get_by_role("searchbox").press("Enter")
    without_script.get_by_role("link", name="郭村", exact=True).click()
    expect(without_script).to_have_url(re.compile("village=village-guocun"))
    expect(without_script.locator("main")).to_contain_text("郭村")
