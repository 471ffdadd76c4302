"""The whole story on a phone: find a village, read the plan, comment; a planner publishes; it is seen and exported."""

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from consultation.models import Comment
from portal.models import Role, User
from tests.browser.conftest import DESKTOP
from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "郭村东头到大沙河边的田埂路下雨就走不成，请在规划里留出一条硬化的生产路。"
PASSWORD = "a long phrase for the desk"
PICTURES = "SCREENSHOTS"


@pytest.fixture
def address(live_server, jiefang) -> str:
    consultation = create_consultation(jiefang)
    consultation.topics.update_or_create(
        key="roads", defaults={"order": 9, "name_zh": "道路交通", "name_en": "Roads and traffic"}
    )
    for name, role in (("planner", Role.PLANNER), ("exporter", Role.EXPORTER)):
        User.objects.create_user(name, password=PASSWORD, roles=[role])
    return live_server.url


@pytest.fixture
def picture(tmp_path):
    """Keep what a page looks like; in docs/screenshots when SCREENSHOTS names that folder."""
    folder = Path(os.environ.get(PICTURES) or tmp_path)

    def take(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png")

    return take


def signed_in(chromium: Browser, address: str, username: str) -> Page:
    page = chromium.new_context(**DESKTOP, accept_downloads=True).new_page()
    page.goto(f"{address}/sign-in/?next=/desk/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile("/desk/"))
    return page


def comment_at_guocun(phone: Page, address: str, picture) -> tuple[str, str]:
    """Find the village, read what the plan says there, comment; return number and code of the receipt."""
    phone.goto(address)
    phone.wait_for_selector("html.map-ready", state="attached")
    picture(phone, "map-phone")
    phone.locator("#find").fill("郭村")
    phone.get_by_role("option", name=re.compile("郭村")).first.click()
    expect(phone.locator("#card-title")).to_have_text("这里规划怎么说")
    expect(phone.locator("#card-content")).to_contain_text("实用性村庄规划")
    expect(phone.locator("#card-content")).to_contain_text("永久基本农田")
    picture(phone, "card-phone")
    phone.get_by_role("link", name="对这里提意见").click()
    expect(phone.get_by_text("郭村附近")).to_be_visible()
    phone.get_by_label("意见属于哪一类").select_option(label="道路交通")
    phone.get_by_role("textbox", name="意见内容").fill(WORDS)
    phone.get_by_label("电话").fill("13839112345")
    phone.get_by_label(re.compile("我同意在本网站公开")).check()
    picture(phone, "form-phone")
    phone.get_by_role("button", name="提交意见").click()
    phone.wait_for_url(re.compile("/comments/received/"))
    picture(phone, "receipt-phone")
    return tuple(phone.locator("dd.code").all_inner_texts())


def test_a_comment_goes_through_the_whole_portal(chromium, phone, address, picture):
    number, code = comment_at_guocun(phone, address, picture)
    assert re.fullmatch(r"JF-\d{4}-\d{6}", number)

    phone.goto(f"{address}/comments/")
    expect(phone.get_by_text(WORDS[:12])).to_have_count(0)

    desk = signed_in(chromium, address, "planner")
    picture(desk, "desk")
    desk.get_by_role("link", name=number).click()
    expect(desk.get_by_text(WORDS)).to_be_visible()
    picture(desk, "desk-comment")
    desk.get_by_role("button", name="公开", exact=True).click()
    expect(desk.get_by_role("status").first).to_contain_text(number)

    comment = Comment.objects.get(number=number)
    phone.goto(f"{address}/#map=15/{comment.anchor.y}/{comment.anchor.x}")
    phone.reload()
    phone.wait_for_selector("html.map-ready", state="attached")
    marker = phone.locator(".bubble").first
    expect(marker).to_be_visible()
    picture(phone, "map-with-comment-phone")
    phone.goto(f"{address}/comments/{number}/")
    expect(phone.get_by_text(WORDS)).to_be_visible()

    phone.goto(f"{address}/receipt/")
    phone.get_by_label("编号").fill(number)
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="查询").click()
    expect(phone.locator("main")).to_contain_text("已公开")
    picture(phone, "receipt-followed-phone")

    staff = signed_in(chromium, address, "exporter")
    staff.goto(f"{address}/desk/exports/")
    with staff.expect_download() as download:
        staff.get_by_role("button", name="导出").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row for row in rows if number in row.values() and WORDS in row.values()]
    assert b"13839112345" not in content

    staff.goto(f"{address}/desk/exports/")
    staff.get_by_label("GeoJSON").check()
    with staff.expect_download() as download:
        staff.get_by_role("button", name="导出").click()
    features = json.loads(download.value.path().read_bytes())["features"]
    assert number in json.dumps(features, ensure_ascii=False)
