"""With the keyboard alone: find a village, read its card, open the chapter, write a comment and send it."""

import pytest
from playwright.sync_api import Page, expect

from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(live_server, jiefang) -> str:
    """The address of a portal with its plan and an open consultation."""
    create_consultation(jiefang)
    return live_server.url


def focused(page: Page, expression: str):
    return page.evaluate(f"(node => {expression})(document.activeElement)")


def tab_to(page: Page, selector: str, most: int = 60, *, key: str = "Tab") -> None:
    """Press Tab until the focus is on `selector`; on the way it must always be somewhere, and be seen."""
    for _ in range(most):
        page.keyboard.press(key)
        assert focused(page, "node.tagName !== 'BODY'"), f"the focus was lost before {selector}"
        seen = focused(page, "parseFloat(getComputedStyle(node).outlineWidth) >= 2 || !!node.closest('.switch, .map')")
        assert seen, f"the focus can't be seen on {focused(page, 'node.outerHTML.slice(0, 160)')}"
        if focused(page, f"node.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} can't be reached with {most} steps")


def choose(page: Page, field: str, value: str) -> None:
    """Choose in a list of the form by its arrow keys."""
    tab_to(page, field)
    for _ in range(40):
        if focused(page, "node.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} isn't in {field}")


def test_from_the_search_to_the_receipt(root, desktop):
    page = desktop
    page.goto(root + "/")
    page.wait_for_selector("html.map-ready", state="attached")
    tab_to(page, "#find", 20)
    page.keyboard.type("guocun")
    expect(page.locator("#find-list [role=option]").first).to_contain_text("郭村")
    page.keyboard.press("ArrowDown")
    assert page.locator("#find").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_be_focused()
    expect(page.locator(".feature-block h3")).to_have_text("郭村")
    expect(page.locator(".findings .finding").first).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#find-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_be_focused()
    expect(page.locator(".findings .finding").first).to_be_visible()

    tab_to(page, ".chapter-link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/*/*")
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator("#card-title")).to_be_focused()
    expect(page.locator(".findings .finding").first).to_be_visible()
    tab_to(page, "#comment-here")
    page.keyboard.press("Enter")
    write_and_send(page)


def write_and_send(page: Page) -> None:
    page.wait_for_url("**/comments/new/**")
    choose(page, "#id_topic", "farmland")
    tab_to(page, "#id_text")
    page.keyboard.type("The ditch north of the village should be cleaned.")
    tab_to(page, "#id_display_consent")
    page.keyboard.press("Space")
    tab_to(page, "[data-send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/received/")
    expect(page.locator(".receipt-slip")).to_contain_text("JF-")


def test_the_same_without_script(root, without_script):
    page = without_script
    page.goto(root + "/here/")
    choose(page, "#id_village", "village-guocun")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("郭村")
    expect(page.locator(".findings").first).to_contain_text("永久基本农田")
    tab_to(page, "a[href*='/comments/new/?']")
    page.keyboard.press("Enter")
    expect(page.locator("#id_village")).to_have_value("village-guocun")
    write_and_send(page)


def test_a_phones_sheet_gives_the_focus_back_when_it_closes(root, phone):
    phone.goto(root + "/")
    phone.wait_for_selector("html.map-ready", state="attached")
    phone.locator("[data-legend]").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#legend-title")).to_be_focused()
    tab_to(phone, "[data-village='village-guocun']", 200)
    phone.keyboard.press("Enter")
    expect(phone.locator("#card-title")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator(":focus")).to_have_count(1)
    tab_to(phone, "[data-pick]", 200, key="Shift+Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator("#pick-title")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator("[data-pick]")).to_be_focused()


def test_nothing_that_is_out_of_sight_takes_the_focus(root, phone):
    """The sheet's body, closed, and the lists of the legend that are folded in are passed over."""
    phone.goto(root + "/")
    phone.wait_for_selector("html.map-ready", state="attached")
    for _ in range(40):
        phone.keyboard.press("Tab")
        if focused(phone, "node.tagName === 'BODY'"):
            break
        assert focused(phone, "!!node.getClientRects().length && getComputedStyle(node).visibility !== 'hidden'")


@pytest.mark.parametrize(
    "address", ["/#layers=gone,villages", "/#feature=gone", "/#map=x/y/z&layers=&at=a,b", "/#" + "%" * 90]
)
def test_an_old_or_broken_link_onto_the_map_still_opens_it(root, desktop, address):
    desktop.goto(root + address)
    desktop.wait_for_selector("html.map-ready", state="attached")
    expect(desktop.locator("#legend .layer").first).to_be_visible()
