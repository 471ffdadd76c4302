"""The Atom feed of published comments, and what a chat shows of a shared link."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions
from tests import make

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client) -> list[ET.Element]:
    response = client.get("/comments/feed/")
    assert response.status_code == 200 and response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}")


def test_the_feed_holds_the_published_comments_the_newest_first(client, consultation, planner):
    first = make.create_public_comment(consultation, village_key="village-guocun", place_kind="village")
    second = make.create_public_comment(consultation, topic="other")
    make.decide(first, planner, reason="已在第四章补充。")
    found = entries(client)
    assert [number.number in text(entry, "title") for number, entry in zip((second, first), found, strict=True)] == [
        1,
        1,
    ]
    assert "郭村" in text(found[1], "title") and "采纳" in text(found[1], "summary")
    assert "已在第四章补充。" in text(found[1], "summary")
    assert found[0].find(f"{ATOM}link").get("href") == f"http://testserver/comments/{second.number}/"


def test_an_empty_feed_is_a_feed(client, consultation):
    assert entries(client) == []


@pytest.mark.parametrize("state", ["pending", "withheld", "withdrawn"])
def test_a_hidden_comment_is_not_in_the_feed(client, consultation, state):
    reason = {"withholding_reason": "other"} if state == "withheld" else {}
    make.create_comment(
        consultation, text="蝴蝶翅膀磁铁，一二三四五", display_consent=state != "withdrawn", display=state, **reason
    )
    assert entries(client) == [] and "蝴蝶" not in client.get("/comments/feed/").content.decode()


def test_only_the_public_copy_is_in_the_feed(client, consultation):
    make.create_public_comment(
        consultation, text="我的电话是13839112345，请回复", public_text="我的电话是［已隐去］，请回复"
    )
    body = client.get("/comments/feed/").content.decode()
    assert "13839112345" not in body and "［已隐去］" in body


def test_what_people_wrote_is_no_markup_for_the_reader_of_the_feed(client, consultation):
    make.create_public_comment(consultation, text="<script>alert(1)</script> & 一条意见")
    (entry,) = entries(client)
    assert "&lt;script&gt;" in text(entry, "summary") and "<script>" not in text(entry, "summary")


def test_signs_that_xml_cannot_hold_do_not_break_the_feed(client, consultation):
    make.create_public_comment(consultation, text="从别处粘贴\x0b来的\x1b文字\x07一段")
    assert "从别处粘贴来的文字一段" in text(entries(client)[0], "summary")


def test_the_feed_holds_fifty_at_most(client, consultation):
    for _ in range(52):
        make.create_public_comment(consultation)
    assert len(entries(client)) == 50


def test_the_feed_is_not_sent_again_while_nothing_changed(client, consultation):
    comment = make.create_public_comment(consultation)
    first = client.get("/comments/feed/")
    assert first["ETag"] and first["Last-Modified"] and "no-cache" in first["Cache-Control"]
    again = client.get("/comments/feed/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    actions.withdraw(comment)
    assert client.get("/comments/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_was_withdrawn_goes_from_readers_that_ask_by_time_alone(client, consultation):
    earlier = make.create_public_comment(consultation, published_at=timezone.now() - timedelta(days=1))
    make.create_public_comment(consultation)
    seen = client.get("/comments/feed/")["Last-Modified"]
    actions.withdraw(earlier)
    response = client.get("/comments/feed/", headers={"if-modified-since": seen})
    assert response.status_code == 200 and earlier.number not in response.content.decode()


@pytest.mark.parametrize("rows", [3, 30])
def test_the_feed_asks_a_fixed_number_of_queries(client, consultation, planner, django_assert_num_queries, rows):
    for position in range(rows):
        place = {"village_key": "village-guocun", "place_kind": "village"}
        of_chapter = {"place_kind": "chapter", "chapter_number": "4"}
        make.decide(make.create_public_comment(consultation, **(place if position % 2 else of_chapter)), planner)
    with django_assert_num_queries(3):
        client.get("/comments/feed/")


def test_pages_lead_to_the_feed(client, jiefang):
    comment = make.create_public_comment(make.create_consultation(jiefang))
    for url in ("/", "/comments/", f"/comments/{comment.number}/"):
        assert 'type="application/atom+xml"' in client.get(url).content.decode()


def card(client, url: str) -> dict[str, str]:
    body = client.get(url).content.decode()
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', body))


def test_a_shared_comment_shows_its_public_words(client, consultation):
    written = "村北的水渠多年没有清淤“一段”，<b>请</b>考虑，电话13839112345"
    comment = make.create_public_comment(
        consultation, text=written, public_text=written.replace("13839112345", "［已隐去］")
    )
    shown = card(client, f"/comments/{comment.number}/")
    assert "水渠" in shown["title"] and "［已隐去］" in shown["description"] and "<b>" not in shown["description"]
    assert shown["url"] == f"http://testserver/comments/{comment.number}/" and shown["type"] == "article"


def test_home_chapter_here_and_notice_have_a_card(client, jiefang):
    make.create_consultation(jiefang)
    for url in ("/", "/plan/4/", "/here/?lon=113.2&lat=35.25", "/notice/"):
        shown = card(client, url)
        assert shown["title"] and shown["description"], url
        assert "image" not in shown
