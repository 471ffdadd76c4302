"""Axe looks at every public page, in both languages and both views: nothing serious and nothing critical."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.public_pages import OPENED, PAGES, fill_ledger
from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Axe()
OPTIONS = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture
def root(live_server, jiefang, planner) -> str:
    """The address of a portal whose plan is loaded and whose ledger holds something."""
    fill_ledger(create_consultation(jiefang, phone="0391-1234567"), planner)
    return live_server.url


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical on this page, one line each."""
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for found in AXE.run(page, options=OPTIONS).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:4]
    ]


@pytest.mark.parametrize("view", ["standard", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing_serious_on_any_public_page(root, phone, desktop, language, view):
    page = phone if view == "elder" else desktop
    page.goto(f"{root}/plan/layers/?lang={language}&view={view}")
    found = {}
    for name, address in PAGES.items():
        page.goto(root + address)
        if name == "home" and view == "standard":
            page.wait_for_selector("html.map-ready", state="attached")
        found[name] = faults(page)
    for name, opened in OPENED.items():
        opened(page, root)
        found[name] = faults(page)
    # The browser logs the answers 400 and 404 that some of these pages are.
    page.faults[:] = [fault for fault in page.faults if "Failed to load resource" not in fault]
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("view", ["standard", "elder"])
def test_axe_finds_nothing_serious_on_the_phones_map_with_the_card_and_the_legend_open(root, phone, view):
    phone.goto(f"{root}/?show=map&view={view}#feature=village-guocun")
    expect(phone.locator(".findings .finding").first).to_be_visible()
    assert faults(phone) == []
    phone.get_by_role("button", name="关闭").click()
    phone.locator("[data-legend]").click()
    assert faults(phone) == []
    phone.locator("#find").fill("guo")
    expect(phone.locator("#find-list [role=option]").first).to_be_visible()
    assert faults(phone) == []
