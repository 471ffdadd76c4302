"""Following a comment by its receipt, on the page."""

import re

import pytest

from consultation.models import Comment, Contact
from portal.models import AuditEvent
from tests import make


def look_up(client, number: str, code: str):
    return client.post("/receipt/", {"number": number, "code": code})


def pass_of(response) -> str:
    return re.search(r'name="pass" value="([^"]+)"', response.content.decode())[1]


def test_number_and_code_open_the_comment_however_they_are_typed(client, author):
    typed = author.number.lower().replace("-", "－")
    response = look_up(client, f" {typed} ", "ａuth rc23")
    page = response.content.decode()
    assert response.status_code == 200 and author.number in page
    assert "等待审核" in page and author.comment.text in page
    assert author.code not in page and "13839112345" not in page
    assert "no-store" in response["Cache-Control"]


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer_and_keep_the_number(client, author):
    wrong_code = look_up(client, author.number, "AUTHRC24")
    wrong_number = look_up(client, "JF-2027-999999", "AUTHRC23")
    assert wrong_code.status_code == wrong_number.status_code == 404
    varying = r'JF-20\d\d-\d{6}|value="[A-Za-z0-9]{64}"'
    pages = [re.sub(varying, "", answer.content.decode()) for answer in (wrong_code, wrong_number)]
    assert pages[0] == pages[1]
    assert f'value="{author.number}"' in wrong_code.content.decode()
    assert "AUTHRC24" not in wrong_code.content.decode()


def test_the_code_never_comes_by_the_address(client, author):
    page = client.get(f"/receipt/?number={author.number}&code={author.code}").content.decode()
    assert author.comment.text not in page


@pytest.mark.parametrize(
    "values", [{}, {"number": "x"}, {"number": "\x00", "code": "x"}, {"number": "x" * 99, "code": "x"}]
)
def test_what_cannot_be_a_receipt_is_asked_for_again(client, consultation, values):
    assert client.post("/receipt/", values).status_code == 400


def test_the_way_of_a_comment_is_told_in_words(client, author, planner):
    make.decide(author.comment, planner, "partly-adopted", "已与村委会核实。", reason="第四章已补充。")
    Comment.objects.update(
        display="withheld", withholding_reason="personal-data", withholding_note="请删去邻居的姓名。"
    )
    page = look_up(client, author.number, author.code).content.decode()
    for words in ("泄露他人个人信息", "请删去邻居的姓名。", "采纳情况：部分采纳", "第四章已补充。", "已与村委会核实。"):
        assert words in page


def test_the_author_takes_it_back_from_display_for_good(client, consultation):
    comment = make.create_public_comment(consultation)
    opened = look_up(client, comment.number, "K2M4P6R8")
    response = client.post("/receipt/withdraw/", {"pass": pass_of(opened)})
    assert "您的意见已不再公开" in response.content.decode()
    comment.refresh_from_db()
    assert (comment.display, comment.display_consent) == ("withdrawn", False)
    assert client.get(f"/comments/{comment.number}/").status_code == 404
    again = client.post("/receipt/withdraw/", {"pass": pass_of(opened)})
    assert again.status_code == 409 and "此前已撤回公开" in again.content.decode()


def test_the_author_deletes_the_contact_data(client, author):
    opened = look_up(client, author.number, author.code)
    response = client.post("/receipt/delete-contact/", {"pass": pass_of(opened)})
    assert "您的联系方式已删除" in response.content.decode()
    assert not Contact.objects.exists()
    assert AuditEvent.objects.get().code == "contact.deleted"


@pytest.mark.parametrize("forged", ["", "x", "MQ:1xVAc3:forged"])
def test_nothing_is_done_without_the_pass_that_the_receipt_gave(client, author, forged):
    response = client.post("/receipt/withdraw/", {"pass": forged})
    assert response.status_code == 403
    author.comment.refresh_from_db()
    assert author.comment.display == "pending"


def test_the_receipt_page_needs_the_cookie_that_filing_gave(client, consultation):
    assert client.get("/comments/received/")["Location"] == "/receipt/"
    client.cookies["receipt"] = "JF-2027-000001 AAAAAAAA:1xVAc3:forged"
    assert client.get("/comments/received/")["Location"] == "/receipt/"


def test_the_code_is_in_no_address_and_no_log(client, consultation, caplog):
    form = {"place": "none", "topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。"}
    response = client.post("/comments/new/", form)
    number, code = re.findall(r"data-copy-text>([^<]+)", client.get(response["Location"]).content.decode())
    look_up(client, number, code)
    assert code not in response["Location"] and code not in caplog.text
    cookie = response.cookies["receipt"]
    assert cookie["httponly"] and cookie["path"] == "/comments/received/" and cookie["max-age"] == 1800
