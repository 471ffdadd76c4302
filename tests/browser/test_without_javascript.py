"""Without script, or where modules are unknown: every page can be read, and what can't work isn't offered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.public_pages import PAGES, fill_ledger
from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(live_server, jiefang, planner) -> str:
    """The address of a portal whose plan is loaded and whose ledger holds something."""
    fill_ledger(create_consultation(jiefang), planner)
    return live_server.url


def test_every_page_has_its_words_and_no_button_that_does_nothing(root, without_script):
    page = without_script
    for name, address in PAGES.items():
        page.goto(root + address)
        assert len(page.locator("main").inner_text()) > 40, name
        dead = page.locator("button:visible:not(form button)")
        assert dead.count() == 0, (name, dead.first.evaluate("node => node.outerHTML"))
    page.faults[:] = [fault for fault in page.faults if "Failed to load resource" not in fault]


def test_a_browser_that_knows_no_modules_shows_the_home_page_as_without_script(root, phone):
    """Old in-app browsers run scripts, but not modules, and what stands in `noscript` they leave out."""

    def as_an_old_browser_reads_it(route):
        page = re.sub(r'<script type="module"[^>]*></script>', "", route.fetch().text())
        route.fulfill(body=page.replace("<script nomodule", "<script"), content_type="text/html; charset=utf-8")

    phone.route(root + "/", as_an_old_browser_reads_it)
    phone.goto(root + "/")
    phone.get_by_role("link", name="郭村").click()
    expect(phone.locator("h1")).to_have_text("这里规划怎么说")
    expect(phone.locator("main")).to_contain_text("郭村")
