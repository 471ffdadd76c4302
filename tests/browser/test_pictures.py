"""The pages as they look, on a phone and at a desk: the pictures of the README and of docs are taken by these tests."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consultation.models import Comment
from portal.models import Role
from tests.browser.conftest import DESKTOP
from tests.make import create_consultation, create_public_comment
from tests.personas import employ, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

# Name, address, and what must be seen before the picture is taken.
PUBLIC = [
    ("map", "/", "html.map-ready"),
    ("card", "/#map=14/35.1664/113.1972&feature=village-guocun", "#card:not([hidden])"),
    ("chapter", "/plan/4/", "h1"),
    ("figures", "/plan/figures/", "h1"),
    ("here", "/here/?lon=113.1972&lat=35.1664", "h1"),
    ("form", "/comments/new/?village=village-guocun", "form[data-comment-form]"),
    ("comments", "/comments/", "h1"),
    ("receipt-form", "/receipt/", "h1"),
    ("print", "/plan/print/?theme=control-lines", "main"),
    ("elder", "/?view=elder", "main"),
]


@pytest.fixture
def address(live_server, jiefang) -> str:
    consultation = create_consultation(jiefang)
    create_public_comment(consultation, text="村东头的田埂路下雨就走不成，请留出一条硬化的生产路。")
    return live_server.url


def take(page: Page, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    page.wait_for_load_state("networkidle")
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")


def fits(page: Page) -> bool:
    """Say whether nothing is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("name", "path", "sign"), PUBLIC, ids=[name for name, *_rest in PUBLIC])
def test_public_pages_fit_a_phone_and_a_desk(phone, desktop, address, name, path, sign):
    for page, size in ((phone, "phone"), (desktop, "desktop")):
        page.goto(address + path)
        page.wait_for_selector(sign, state="attached")
        assert fits(page), f"{path} is wider than a {size}"
        take(page, f"{name}-{size}")


def test_the_desk_fits_a_desk(chromium, plain_static, address, db):
    browser = signed_in(employ("planner", Role.PLANNER, name="规划员"))
    context = chromium.new_context(**DESKTOP)
    context.add_cookies([{"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": address}])
    page = context.new_page()
    comment = Comment.objects.get()
    for name, path in (("desk", "/desk/?display=public"), ("desk-comment", f"/desk/comments/{comment.number}/")):
        page.goto(address + path)
        expect(page.locator("main")).to_contain_text(re.compile(comment.number))
        assert fits(page)
        take(page, f"{name}-desktop")
    context.close()
