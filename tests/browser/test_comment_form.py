"""Nothing lost on a phone: the draft, no network, double taps; and the proof that asks nobody for a click."""

import re

import pytest
from playwright.sync_api import Page, expect

from consultation.models import Comment, Contact
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "村北的水渠多年没有清淤，汛期容易积水，请考虑。"
FORM = "/comments/new/"
RECEIPT = re.compile("/comments/received/$")


@pytest.fixture
def address(live_server) -> str:
    """The live server's address, with a consultation that is open."""
    plan = make.create_plan()
    make.create_area(plan)
    make.create_village(plan, "village-guocun", 113.21, 35.21, name_zh="郭村", name_en="Guocun")
    make.create_consultation(plan)
    return live_server.url


@pytest.fixture
def asks_at_once(settings, monkeypatch) -> None:
    """Proof of work, without the wait that only a person needs to read and calculate."""
    settings.PROOF_OF_WORK = True
    monkeypatch.setattr("consultation.fair_play.QUICKEST_SECONDS", -1)


def fill(page: Page, text: str = TEXT) -> None:
    page.get_by_label("不涉及具体位置").check()
    page.locator("#id_topic").select_option("farmland")
    page.locator("#id_text").fill(text)


def send(page: Page) -> None:
    page.locator("[data-send]").click()


def kept(page: Page) -> str:
    return page.evaluate("Object.keys(localStorage).map((name) => localStorage[name]).join()")


def wait_until_kept(page: Page, text: str) -> None:
    page.wait_for_function(
        "(text) => Object.keys(localStorage).some((name) => localStorage[name].includes(text))", arg=text
    )


def expect_received(page: Page) -> None:
    expect(page).to_have_url(RECEIPT)
    expect(page.locator(".receipt-code")).to_be_visible()


def test_what_was_typed_is_back_after_a_reload_and_gone_after_sending(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    phone.locator("#id_display_consent").check()
    phone.locator("#id_phone").fill("13839112345")
    wait_until_kept(phone, 'display_consent":true')
    wait_until_kept(phone, "汛期容易积水")
    assert "13839112345" not in kept(phone)
    phone.reload()
    expect(phone.locator("[data-restored]")).to_contain_text("已恢复您上次没写完的意见")
    expect(phone.locator("#id_text")).to_have_value(TEXT)
    expect(phone.locator("#id_topic")).to_have_value("farmland")
    expect(phone.locator("#id_display_consent")).to_be_checked()
    send(phone)
    expect_received(phone)
    assert TEXT not in kept(phone)
    assert Comment.objects.get().display_consent


def test_a_restored_draft_can_be_cleared(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    wait_until_kept(phone, TEXT)
    phone.reload()
    phone.get_by_role("button", name="清除").click()
    expect(phone.locator("[data-restored]")).to_be_hidden()
    expect(phone.locator("#id_text")).to_have_value("")
    assert TEXT not in kept(phone)


def test_contact_data_are_kept_only_for_who_ticks_so(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    phone.locator("#id_phone").fill("13839112345")
    phone.get_by_label("联系方式也暂存在这台设备上").check()
    wait_until_kept(phone, "13839112345")
    phone.reload()
    expect(phone.locator("#id_phone")).to_have_value("13839112345")
    send(phone)
    expect_received(phone)
    assert Contact.objects.get().opened()["phone"] == "13839112345"
    assert "13839112345" not in kept(phone)


def test_a_place_from_the_map_comes_back_in_words_with_the_draft(address: str, phone: Page):
    phone.goto(f"{address}{FORM}?lon=113.2&lat=35.2")
    phone.locator("#id_text").fill(TEXT)
    wait_until_kept(phone, TEXT)
    phone.goto(f"{address}{FORM}")
    expect(phone.locator(".place-words")).to_contain_text("郭村附近")
    expect(phone.locator("#id_text")).to_have_value(TEXT)
    phone.goto(f"{address}{FORM}?village=village-guocun")
    expect(phone.locator("#id_village")).to_have_value("village-guocun")
    expect(phone.locator("#id_text")).to_have_value(TEXT)


def test_without_storage_the_form_works_and_says_nothing_of_drafts(address: str, phone: Page):
    phone.add_init_script(
        "for (const kind of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, kind, { get() { throw new Error('forbidden'); } });"
    )
    phone.goto(f"{address}{FORM}")
    fill(phone)
    expect(phone.locator("[data-draft-note]")).to_be_hidden()
    send(phone)
    expect_received(phone)


def test_a_second_tab_takes_over_what_was_typed_last(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    other = phone.context.new_page()
    other.goto(f"{address}{FORM}")
    phone.evaluate("document.hasFocus = () => false")
    fill(other)
    expect(phone.locator("#id_text")).to_have_value(TEXT)
    send(other)
    expect_received(other)
    phone.locator("[data-send]").click()
    expect_received(phone)
    assert Comment.objects.count() == 1


def test_offline_says_so_and_sends_once_when_the_network_is_back(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    phone.context.set_offline(True)
    send(phone)
    expect(phone.get_by_role("heading", name="待发送")).to_be_visible()
    expect(phone.locator("[data-pending]")).to_contain_text("网络恢复后自动发送")
    assert not Comment.objects.exists()
    phone.context.set_offline(False)
    expect_received(phone)
    assert Comment.objects.count() == 1 and TEXT not in kept(phone)


def test_an_answer_that_got_lost_leads_to_the_same_receipt_after_the_page_was_closed(address: str, phone: Page):
    """The server has filed it, the phone never heard of it: opened again, the page sends again, under the same key."""
    phone.goto(f"{address}{FORM}")
    fill(phone)

    def lose_the_answer(route):
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch()
        route.abort()

    phone.route(f"**{FORM}", lose_the_answer)
    send(phone)
    expect(phone.get_by_role("heading", name="待发送")).to_be_visible()
    assert Comment.objects.count() == 1
    phone.unroute(f"**{FORM}")
    phone.faults.clear()
    phone.goto(f"{address}{FORM}")
    expect_received(phone)
    expect(phone.locator(".receipt-slip")).to_contain_text(Comment.objects.get().number)


def test_contact_data_that_were_not_kept_are_asked_for_before_a_waiting_comment_goes(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    phone.locator("#id_phone").fill("13839112345")
    phone.route(f"**{FORM}", lambda route: route.abort())
    send(phone)
    expect(phone.locator("[data-pending-contact]")).to_be_visible()
    phone.unroute(f"**{FORM}")
    phone.faults.clear()
    phone.goto(f"{address}{FORM}")
    expect(phone.locator("[data-unsent]")).to_contain_text("还没有发出")
    expect(phone.locator("#id_text")).to_have_value(TEXT)
    assert not Comment.objects.exists()


def test_two_taps_are_one_comment(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    phone.locator("[data-send]").dblclick()
    expect_received(phone)
    assert Comment.objects.count() == 1


def test_a_form_that_comes_back_can_be_sent_again(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone, "太短")
    send(phone)
    expect(phone.locator(".error-summary")).to_contain_text("至少 10 个字")
    phone.faults.clear()
    phone.locator("#id_text").fill(TEXT)
    send(phone)
    expect_received(phone)


def test_back_after_sending_the_same_words_stay_one_comment_and_others_become_another(address: str, phone: Page):
    phone.goto(f"{address}{FORM}")
    fill(phone)
    send(phone)
    expect_received(phone)
    phone.go_back()
    expect(phone.locator("#id_text")).to_have_value(TEXT)
    expect(phone.locator("[data-sent-before]")).to_be_visible()
    send(phone)
    expect_received(phone)
    assert Comment.objects.count() == 1
    phone.go_back()
    phone.locator("#id_text").fill("另外，村口的路灯也坏了很久，请一并考虑。")
    send(phone)
    expect_received(phone)
    assert Comment.objects.count() == 2


def test_the_proof_is_solved_without_a_click(address: str, phone: Page, settings):
    settings.PROOF_OF_WORK = True
    phone.goto(f"{address}{FORM}")
    assert phone.get_by_text("等于几").count() == 0
    with phone.expect_response("**/api/v1/proof/"):
        fill(phone)
    send(phone)
    expect_received(phone)
    assert Comment.objects.count() == 1


def test_where_the_worker_fails_a_question_takes_its_place(address: str, phone: Page, asks_at_once):
    phone.route("**/proof_worker.js", lambda route: route.fulfill(body="throw new Error('too old');"))
    phone.goto(f"{address}{FORM}")
    fill(phone)
    send(phone)
    expect(phone.locator(".notice-bad")).to_contain_text("自动验证没有完成")
    phone.faults.clear()
    answer(phone)
    send(phone)
    expect_received(phone)
    phone.faults.clear()


def answer(page: Page) -> None:
    digits = "一二三四五六七八九"
    first, second = re.search("(.)加(.)等于几", page.locator("label[for=id_answer]").inner_text()).groups()
    page.locator("#id_answer").fill(str(digits.index(first) + digits.index(second) + 2))


def test_without_script_a_sum_in_words_is_enough(address: str, without_script: Page, asks_at_once):
    without_script.goto(f"{address}{FORM}")
    fill(without_script)
    answer(without_script)
    send(without_script)
    expect_received(without_script)
    assert Comment.objects.count() == 1
