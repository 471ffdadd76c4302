"""The print sheet in a real browser: exactly one page of paper, nothing cut, and a picture to keep."""

import re

import pytest
from playwright.sync_api import Page

# Waits till an image is there and gives its width.
WIDTH = "image => image.decode().then(() => image.naturalWidth)"
# Points of PDF, 72 to the inch, rounded to what Chromium makes of millimetres.
SIZES = {
    ("a4", "portrait"): (595, 842),
    ("a4", "landscape"): (842, 595),
    ("a3", "portrait"): (842, 1191),
    ("a3", "landscape"): (1191, 842),
}


@pytest.mark.parametrize(("paper", "orientation"), SIZES)
def test_a_sheet_prints_on_exactly_one_page_of_its_paper(jiefang, live_server, desktop: Page, paper, orientation):
    desktop.goto(f"{live_server.url}/plan/print/?theme=control-lines&paper={paper}&orientation={orientation}")
    desktop.locator(".sheet img").evaluate(WIDTH)
    pdf = desktop.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    width, height = SIZES[paper, orientation]
    assert float(box.group(1)) == pytest.approx(width, abs=1) and float(box.group(2)) == pytest.approx(height, abs=1)


def test_on_paper_there_is_only_the_sheet_at_its_true_size(jiefang, live_server, desktop: Page):
    desktop.goto(f"{live_server.url}/plan/print/?theme=structure")
    desktop.emulate_media(media="print")
    box = desktop.locator(".sheet img").bounding_box()
    assert (box["x"], box["y"]) == (0, 0)
    assert box["width"] == pytest.approx(210 / 25.4 * 96, abs=0.5)
    assert box["height"] == pytest.approx(297 / 25.4 * 96, abs=0.5)
    assert not desktop.locator("h1").is_visible() and not desktop.locator(".site-header").is_visible()


def test_a_sheet_can_be_kept_as_a_picture(jiefang, live_server, phone: Page):
    phone.goto(f"{live_server.url}/plan/print/?theme=control-lines")
    phone.get_by_role("button", name="保存为图片").click()
    phone.wait_for_selector("#picture-image[src^='data:image/png']")
    assert phone.locator("#picture-image").evaluate(WIDTH) >= 1600
    # The picture isn't one colour: the drawing did arrive on it.
    colours = phone.evaluate(
        """() => {
          const image = document.getElementById("picture-image");
          const canvas = document.createElement("canvas");
          canvas.width = 200;
          canvas.height = 280;
          canvas.getContext("2d").drawImage(image, 0, 0, 200, 280);
          return new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, 200, 280).data.buffer)).size;
        }"""
    )
    assert colours > 200
    link = phone.get_by_role("link", name="下载图片")
    assert link.get_attribute("download") == "jiefang-2035-control-lines.png"


def test_without_script_the_sheet_is_there_and_the_drawing_offered(jiefang, live_server, without_script: Page):
    without_script.goto(f"{live_server.url}/plan/print/?theme=structure")
    assert without_script.locator(".sheet img").is_visible()
    assert not without_script.get_by_role("button", name="保存为图片").is_visible()
    without_script.get_by_label("纸张").select_option("a3")
    without_script.get_by_role("button", name="更新图纸").click()
    assert "/plan/print/structure.a3.portrait.zh.svg" in without_script.locator(".sheet img").get_attribute("src")
    drawing = without_script.get_by_role("link", name="打开SVG图").get_attribute("href")
    assert without_script.request.get(live_server.url + drawing).headers["content-type"] == "image/svg+xml"


def test_a_static_map_fits_a_phone_and_is_described(jiefang, live_server, phone: Page):
    phone.goto(f"{live_server.url}/plan/layers/structure/")
    image = phone.locator(".static-map img")
    image.scroll_into_view_if_needed()
    assert image.evaluate(WIDTH) > 0
    assert image.bounding_box()["width"] <= 390
    assert "北部太行山生态屏障" in image.get_attribute("alt")
    assert ".phone." in image.evaluate("image => image.currentSrc")
