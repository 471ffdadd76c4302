"""长辈版 in a browser: letters and contrast as promised, the reading voice, the way from a village to a comment."""

import pytest
from playwright.sync_api import Page, expect

from tests.make import create_consultation

pytestmark = pytest.mark.django_db(transaction=True)

# A voice that says nothing, but notes what it was given; each piece ends when the test lets it.
VOICE = """
  window.said = [];
  class Utterance { constructor(text) { this.text = text; } }
  const voices = () => VOICES.map((lang) => ({ lang, localService: true }));
  const synthesis = { getVoices: voices, cancel() { window.cancelled = true; }, addEventListener() {},
    speak(speech) { window.said.push(speech.text); window.finish = () => speech.onend(); } };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
"""


@pytest.fixture
def root(live_server, jiefang) -> str:
    """The address of a portal with its plan and an open consultation."""
    create_consultation(jiefang, phone="0391-1234567")
    return live_server.url


def luminance(page: Page, selector: str, name: str) -> float:
    found = page.evaluate(
        f"getComputedStyle(document.querySelector({selector!r}))[{name!r}].match(/[\\d.]+/g).map(Number)"
    )
    channels = [value / 255 for value in found[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_are_large_lines_are_loose_and_contrast_is_high(root, phone):
    phone.goto(f"{root}/plan/4/?view=elder")
    sizes = phone.evaluate(
        """[...document.querySelectorAll("main *, footer *, header *")].filter((n) => n.getClientRects().length &&
          !n.closest("svg, .visually-hidden") &&
          [...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim()))
          .map((n) => parseFloat(getComputedStyle(n).fontSize))"""
    )
    assert min(sizes) >= 20
    text = phone.evaluate(
        "(s => [s.fontSize, s.lineHeight].map(parseFloat))(getComputedStyle(document.querySelector('.prose p')))"
    )
    assert text[0] >= 20 and text[1] / text[0] >= 1.5
    ground = luminance(phone, "body", "backgroundColor")
    for selector in ("body", ".prose a", ".muted"):
        assert (ground + 0.05) / (luminance(phone, selector, "color") + 0.05) >= 7, selector


def test_the_switch_stands_in_the_header_of_a_phone_and_in_its_menu(root, phone):
    phone.goto(root + "/plan/")
    expect(phone.locator(".view-switch-short")).to_be_visible()
    phone.locator(".site-menu summary").click()
    expect(phone.locator(".site-menu").get_by_role("link", name="长辈版")).to_be_visible()
    phone.locator(".view-switch-short").click()
    expect(phone.locator("html.elder")).to_be_attached()
    phone.goto(root + "/")
    expect(phone.get_by_role("heading", name="您村里，规划怎么说？")).to_be_visible()
    expect(phone.get_by_role("link", name="打电话问：0391-1234567")).to_be_visible()


def test_from_the_village_to_the_receipt_without_a_map_and_without_script(root, without_script):
    page = without_script
    page.goto(root + "/?view=elder")
    page.get_by_role("link", name="郭村").click()
    expect(page.locator("h1")).to_contain_text("郭村")
    expect(page.locator(".findings").first).to_contain_text("永久基本农田")
    page.get_by_role("link", name="对这里提意见").first.click()
    expect(page.locator("#id_village")).to_have_value("village-guocun")
    page.locator("#id_topic").select_option("farmland")
    page.locator("#id_text").fill("村北的水渠多年没有清淤，汛期容易积水，请考虑。")
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".receipt-slip")).to_contain_text("JF-")
    assert page.evaluate("document.documentElement.className") == "elder"


def test_links_onto_the_live_map_still_reach_it(root, phone):
    phone.goto(f"{root}/?view=elder#feature=village-guocun")
    phone.wait_for_selector("html.map-ready", state="attached")
    expect(phone.locator(".feature-block h3")).to_have_text("郭村")


def test_the_page_is_read_aloud_piece_by_piece_and_stops_when_told(root, phone):
    phone.add_init_script(VOICE.replace("VOICES", '["zh-CN", "en-GB"]'))
    phone.goto(f"{root}/here/?village=village-guocun&view=elder")
    phone.get_by_role("button", name="朗读").click()
    assert phone.evaluate("window.said") == ["郭村：规划怎么说"]
    expect(phone.locator("h1.being-read")).to_be_visible()
    phone.evaluate("window.finish()")
    expect(phone.locator(".being-read")).to_have_count(1)
    assert len(phone.evaluate("window.said")) == 2
    assert all(len(words) <= 200 for words in phone.evaluate("window.said"))
    phone.get_by_role("button", name="停止朗读").click()
    expect(phone.locator(".being-read")).to_have_count(0)
    assert phone.evaluate("window.cancelled")
    expect(phone.get_by_role("button", name="朗读")).to_be_visible()


@pytest.mark.parametrize("voices", ['["en-GB"]', "[]"])
def test_where_the_browser_has_no_voice_for_the_language_there_is_no_button(root, phone, voices):
    phone.add_init_script(VOICE.replace("VOICES", voices))
    phone.goto(f"{root}/plan/4/?view=elder")
    expect(phone.locator("[data-read]")).to_be_hidden()
    phone.goto(f"{root}/plan/4/?view=standard")
    expect(phone.locator("[data-read]")).to_have_count(0)
