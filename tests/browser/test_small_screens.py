"""Small screens, large letters, few colours, no motion: nothing sticks out, nothing is lost, fingers hit it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.public_pages import OPENED, PAGES, fill_ledger
from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)

MEASURES = Path(__file__).with_name("measures.js")


@pytest.fixture
def root(live_server, jiefang, planner) -> str:
    """The address of a portal whose plan is loaded and whose ledger holds something."""
    fill_ledger(create_consultation(jiefang, phone="0391-1234567"), planner)
    return live_server.url


def walk(page: Page, root: str):
    """Open one public page after the other, and give its name while it is open."""
    for name, address in PAGES.items():
        page.goto(root + address)
        yield name
    for name, opened in OPENED.items():
        opened(page, root)
        yield name
    # The browser logs the answers 400 and 404 that some of these pages are.
    page.faults[:] = [fault for fault in page.faults if "Failed to load resource" not in fault]


@pytest.mark.parametrize(("view", "least"), [("standard", 44), ("elder", 60)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_at_360_pixels_nothing_sticks_out_and_every_target_is_large_enough(root, phone, language, view, least):
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.add_init_script(path=MEASURES)
    phone.goto(f"{root}/plan/layers/?lang={language}&view={view}")
    wide, small = {}, {}
    for name in walk(phone, root):
        wide[name], small[name] = phone.evaluate("sticksOut()"), phone.evaluate("tooSmall", least)
    assert {name: what for name, what in wide.items() if what} == {}
    assert {name: what for name, what in small.items() if what} == {}


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_letters_twice_as_large_lose_nothing_and_stick_out_nowhere(root, phone, desktop, size):
    page = {"phone": phone, "desktop": desktop}[size]
    page.add_init_script(path=MEASURES)
    # As a reader's own setting does it: every size is in rem.
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '32px'; })"
    )
    wide, cut = {}, {}
    for name in walk(page, root):
        wide[name], cut[name] = page.evaluate("sticksOut()"), page.evaluate("cutOff()")
    assert {name: what for name, what in wide.items() if what} == {}
    assert {name: what for name, what in cut.items() if what} == {}


def test_the_phones_map_works_with_letters_twice_as_large(root, phone):
    phone.goto(root + "/")
    phone.wait_for_selector("html.map-ready", state="attached")
    phone.evaluate("document.documentElement.style.fontSize = '32px'; window.dispatchEvent(new Event('resize'))")
    expect(phone.locator("[data-pick]")).to_be_in_viewport(ratio=1)
    expect(phone.locator("#find")).to_be_in_viewport(ratio=1)
    phone.locator("#find").fill("郭村")
    phone.locator("#find").press("Enter")
    expect(phone.locator("#card-title")).to_be_in_viewport(ratio=1)
    phone.get_by_role("link", name="对这里提意见").scroll_into_view_if_needed()
    expect(phone.get_by_role("link", name="对这里提意见")).to_be_in_viewport(ratio=1)


def test_who_asks_for_no_motion_gets_none(root, phone):
    phone.emulate_media(reduced_motion="reduce")
    phone.goto(root + "/")
    phone.wait_for_selector("html.map-ready", state="attached")
    times = phone.evaluate(
        """() => [...document.querySelectorAll("body *")].map((node) => getComputedStyle(node).transitionDuration)
          .reduce((all, part) => all.concat(part.split(",")), []).map(parseFloat)"""
    )
    assert max(times) < 0.01


def test_with_the_systems_own_colours_buttons_choices_and_focus_keep_their_edges(root, phone):
    phone.emulate_media(forced_colors="active")
    phone.goto(root + "/comments/new/")
    for selector in ("[data-send]", ".place-option", "#id_text"):
        assert phone.locator(selector).first.evaluate("node => parseFloat(getComputedStyle(node).borderTopWidth)") >= 1
    phone.keyboard.press("Tab")
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
