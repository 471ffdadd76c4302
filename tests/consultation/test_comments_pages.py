"""The published comments as pages."""

import re

import pytest
from django.contrib.gis.geos import Point

from tests import make


def numbers(response) -> list[str]:
    return re.findall(r'href="/comments/(JF-[^/]+)/"', response.content.decode())


def test_the_list_shows_published_comments_only_the_newest_first(client, consultation):
    first, second = (make.create_public_comment(consultation) for _ in range(2))
    make.create_comment(consultation, text="没有公开的意见一二三", display_consent=True)
    response = client.get("/comments/")
    assert numbers(response) == [second.number, first.number]
    assert "没有公开的" not in response.content.decode()
    assert "公示还剩" in response.content.decode()


def test_an_empty_list_says_why_and_invites(client, consultation):
    page = client.get("/comments/").content.decode()
    assert "目前还没有公开的意见" in page and 'href="/comments/new/"' in page


def test_the_list_without_any_consultation_is_still_a_page(client, plan):
    assert client.get("/comments/").status_code == 200


def test_the_list_is_narrowed_down_and_keeps_the_choice(client, consultation, planner):
    wanted = make.create_public_comment(consultation, topic="other", village_key="village-guocun")
    make.decide(wanted, planner, "not-adopted")
    make.create_public_comment(consultation, topic="farmland")
    response = client.get("/comments/?topic=other&village=village-guocun&decision=not-adopted")
    assert numbers(response) == [wanted.number]
    assert len(re.findall(r"<option[^>]* selected", response.content.decode())) == 3
    assert "没有符合条件" in client.get("/comments/?topic=other&decision=adopted").content.decode()


@pytest.mark.parametrize("query", ["page=x", "topic=%00", "decision=maybe", "page=99999999999999999999-1"])
def test_an_address_that_was_cut_off_leads_to_the_whole_list(client, consultation, query):
    assert client.get(f"/comments/?{query}")["Location"] == "/comments/"


def test_pages_of_the_list_follow_each_other(client, consultation):
    made = [make.create_public_comment(consultation).number for _ in range(23)]
    first = client.get("/comments/?topic=farmland")
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(following)
    assert numbers(first) + numbers(second) == made[::-1]
    assert 'rel="next"' not in second.content.decode() and "回到最新" in second.content.decode()


@pytest.mark.parametrize("rows", [3, 20])
def test_the_list_asks_a_fixed_number_of_queries(client, consultation, planner, django_assert_num_queries, rows):
    place = {"anchor": Point(113.2, 35.2, srid=4326), "village_key": "village-guocun"}
    for position in range(rows):
        of_chapter = {"place_kind": "chapter", "chapter_number": "4"}
        comment = make.create_public_comment(consultation, **(place if position % 2 else of_chapter))
        make.decide(comment, planner)
    with django_assert_num_queries(8):
        client.get("/comments/")


def test_one_comment_shows_place_decision_and_answer(client, consultation, planner):
    anchor = Point(113.2123456, 35.2123456, srid=4326)
    comment = make.create_public_comment(consultation, anchor=anchor, village_key="village-guocun")
    make.decide(comment, planner, "adopted", "已列入计划。", reason="第四章已补充。")
    page = client.get(f"/comments/{comment.number}/").content.decode()
    for words in (
        "郭村附近",
        "113.2123°E, 35.2123°N",
        "采纳",
        "第四章已补充。",
        "已列入计划。",
        "#at=113.2123,35.2123",
    ):
        assert words in page
    assert "113.21234" not in page


HIDDEN = [{"display": "pending"}, {"display": "withdrawn"}, {"display": "withheld", "withholding_reason": "other"}]


@pytest.mark.parametrize("state", HIDDEN, ids=lambda state: state["display"])
def test_a_hidden_comment_is_as_absent_as_one_that_never_was(client, consultation, state):
    hidden = make.create_comment(consultation, **state)
    absent, answer = client.get("/comments/JF-2027-999999/"), client.get(f"/comments/{hidden.number}/")
    assert answer.status_code == absent.status_code == 404
    assert answer.content.decode().replace(hidden.number, "JF-2027-999999") == absent.content.decode()
    assert client.post(f"/comments/{hidden.number}/support/").status_code == 404


def test_a_support_counts_once(client, consultation):
    comment = make.create_public_comment(consultation)
    for _ in range(2):
        response = client.post(f"/comments/{comment.number}/support/")
        assert response.status_code == 303
    comment.refresh_from_db()
    assert comment.supports == 1
    assert "已有 1 人附议" in client.get(response["Location"].partition("#")[0]).content.decode()


def test_what_people_wrote_is_shown_as_text(client, consultation):
    comment = make.create_public_comment(consultation, text="<script>alert(1)</script> 这是一条意见")
    for url in ("/comments/", f"/comments/{comment.number}/"):
        assert "<script>alert" not in client.get(url).content.decode()
