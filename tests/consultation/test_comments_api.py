"""The API for comments: shapes, filters, pages, and a clear problem document for every bad input."""

import json
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from consultation.models import Comment
from tests import make

URL = "/api/v1/comments/"
PLACE = {"type": "Point", "coordinates": [113.2, 35.2]}
BODY = {"topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。", "place": PLACE}
AS_TEXT = json.dumps(BODY)


def post(client, body: object = BODY, url: str = URL):
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, raw, content_type="application/json")


def test_a_comment_is_registered_and_answered_with_number_and_code(client, consultation):
    response = post(client, BODY | {"contact": {"phone": "13839112345"}, "display_consent": True, "proof": "x"})
    assert response.status_code == 201
    assert set(response.json()) == {"number", "code", "receipt"}
    assert response.json()["receipt"] == "http://testserver/receipt/"
    comment = Comment.objects.get()
    assert (comment.number, comment.village_key) == (response.json()["number"], "village-guocun")
    assert comment.here["in_area"] is True
    assert comment.contact.opened()["phone"] == "13839112345"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "parse-error"),
        (b"\xff\xfe{}", 400, "parse-error"),
        ("[" * 100_000, 400, "parse-error"),
        ("9" * 5000, 400, "parse-error"),
        (AS_TEXT.replace("113.2", "NaN"), 400, "parse-error"),
        (AS_TEXT.replace("113.2", "1e999"), 400, "place-not-finite"),
        ("[]", 400, "invalid"),
        ("null", 400, "invalid"),
        ('"text"', 400, "invalid"),
        ({}, 400, "invalid"),
        (BODY | {"text": None}, 400, "invalid"),
        (BODY | {"text": ["a"]}, 400, "invalid"),
        (BODY | {"text": ""}, 400, "text-missing"),
        (BODY | {"text": "短"}, 400, "text-too-short"),
        (BODY | {"text": "长" * 100_000}, 400, "text-too-long"),
        (BODY | {"text": "这里有一个空字符\x00在中间，不能保存。"}, 400, "invalid"),
        (BODY | {"text": "这里有半个字符\ud800在中间，不能保存。"}, 400, "invalid"),
        (BODY | {"topic": "no-such-topic"}, 400, "topic-unknown"),
        (BODY | {"topic": "\ud800"}, 400, "invalid"),
        (BODY | {"topic": 7}, 400, "topic-unknown"),
        (BODY | {"display_consent": "perhaps"}, 400, "invalid"),
        (BODY | {"contact": {"phone": "call me"}}, 400, "invalid"),
        (BODY | {"contact": {"email": "nobody"}}, 400, "invalid"),
        (BODY | {"contact": "13839112345"}, 400, "invalid"),
        (BODY | {"contact": {"name": "\ud800"}}, 400, "invalid"),
        (BODY | {"consultation": "elsewhere"}, 404, "no-consultation"),
        (BODY | {"place": {"type": "Point", "coordinates": [113.4, 35.2]}}, 400, "place-outside"),
        (BODY | {"place": {"type": "Point", "coordinates": [35.2, 113.2]}}, 400, "place-swapped"),
        (BODY | {"place": {"village": "village-atlantis"}}, 400, "place-unknown"),
        (BODY | {"place": "here"}, 400, "place-unreadable"),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)  # fmt: skip
def test_bad_input_is_a_problem_document_and_files_nothing(client, consultation, body, status, code):
    response = post(client, body)
    problem = response.json()
    assert (response.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert response["Content-Type"] == "application/problem+json"
    assert problem["title"]
    assert all(isinstance(sentences, list) for sentences in problem.get("errors", {}).values())
    assert not Comment.objects.exists()


def test_nested_fields_are_named_in_full(client, consultation):
    assert list(post(client, BODY | {"contact": {"phone": "x"}}).json()["errors"]) == ["contact.phone"]


def test_a_form_or_a_giant_is_not_taken_for_a_comment(client, consultation, settings):
    assert client.post(URL, BODY | {"place": "x"}).status_code == 415
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = post(client, BODY | {"text": "长" * 2000})
    assert (response.status_code, response.json()["code"]) == (413, "too-large")


def test_after_closing_nothing_is_taken(client, consultation):
    now = timezone.now()
    consultation.opens_at, consultation.closes_at = now - timedelta(days=40), now - timedelta(seconds=1)
    consultation.save()
    response = post(client)
    assert (response.status_code, response.json()["code"]) == (409, "consultation-closed")


def test_the_list_shows_what_is_public_and_no_more(client, consultation, planner):
    shown = make.create_public_comment(
        consultation,
        anchor=Point(113.2123456, 35.2123456, srid=4326),
        village_key="village-guocun",
        text="原文 13839112345",
        public_text="原文［已隐去］",
        contact={"name": "王秀兰", "phone": "13839112345"},
    )
    make.decide(shown, planner, "adopted", reply="已列入计划。")
    make.create_comment(consultation, text="没有公开的意见一二三", display_consent=True)
    response = client.get(URL)
    assert response["Content-Type"] == "application/geo+json"
    body = response.content.decode()
    assert "13839112345" not in body and "没有公开" not in body and "王秀兰" not in body and "planner" not in body
    collection = json.loads(body)
    assert collection["next"] is None
    (feature,) = collection["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [113.2123, 35.2123]}
    found = feature["properties"]
    assert (found["number"], found["topic"], found["village"]) == (shown.number, "farmland", "village-guocun")
    assert (found["topic_name"], found["village_name"]) == ("耕地与永久基本农田", "郭村")
    assert (found["text"], found["decision"], found["reply"]) == ("原文［已隐去］", "adopted", "已列入计划。")
    assert (found["decision_name"], found["supports"]) == ("采纳", 0)
    assert found["submitted_at"].endswith("+08:00")


def test_the_list_is_narrowed_down_by_box_topic_village_and_decision(client, consultation, planner):
    here = Point(113.15, 35.15, srid=4326)
    one = make.create_public_comment(consultation, anchor=here, village_key="village-wangchu", topic="other")
    two = make.create_public_comment(consultation, topic="farmland")
    make.decide(two, planner, "not-adopted")
    expected = {
        "bbox=113.14,35.14,113.16,35.16": [one],
        "bbox=113.16,35.14,113.2,35.16": [],
        "topic=other": [one],
        "village=village-wangchu": [one],
        "decision=not-adopted": [two],
        "decision=undecided": [one],
        "topic=unknown": [],
    }
    for query, comments in expected.items():
        found = client.get(f"{URL}?{query}").json()["features"]
        assert [feature["id"] for feature in found] == [comment.number for comment in comments], query


@pytest.mark.parametrize(
    "query",
    ["bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,35,114,36", "bbox=114,35,113,36", "bbox=113,35,1e999,36", "page=x",
     "page=99999999999999999999-1", "limit=0", "limit=x", "limit=99999999999", "limit=٣",
     "decision=maybe", "topic=%00", "village=%ED%A0%80", "topic=a'b"],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_a_problem_document(client, consultation, query):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"].keys() == {query.split("=")[0]}


def test_pages_follow_each_other_without_a_gap_or_a_double(client, consultation):
    same_moment = timezone.now()
    made = [make.create_public_comment(consultation, published_at=same_moment) for _ in range(5)]
    seen, url = [], f"{URL}?limit=2&topic=farmland"
    while url:
        page = client.get(url).json()
        seen += [feature["id"] for feature in page["features"]]
        url = page["next"]
    assert seen == [comment.number for comment in reversed(made)]


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_asks_one_query_however_many_comments(client, consultation, planner, django_assert_num_queries, rows):
    for _ in range(rows):
        make.decide(make.create_public_comment(consultation), planner, reply="答复")
    with django_assert_num_queries(1):
        assert len(client.get(URL).json()["features"]) == rows


def test_a_hidden_comment_is_as_absent_as_one_that_never_was(client, consultation):
    hidden = make.create_comment(consultation, display_consent=True)
    absent = client.get(f"{URL}JF-2027-999999/")
    for url in (f"{URL}{hidden.number}/", f"{URL}{hidden.number}/support/"):
        answer = client.get(url) if url.endswith(f"{hidden.number}/") else client.post(url)
        assert (answer.status_code, answer.json()) == (404, absent.json())


def test_one_comment_is_one_feature(client, consultation):
    shown = make.create_public_comment(consultation)
    feature = client.get(f"{URL}{shown.number.lower()}/").json()
    assert (feature["type"], feature["id"], feature["geometry"]) == ("Feature", shown.number, None)


def test_a_support_counts_once_for_a_browser(client, consultation):
    shown = make.create_public_comment(consultation)
    first, second = (client.post(f"{URL}{shown.number}/support/").json() for _ in range(2))
    assert (first["supports"], first["counted"]) == (1, True)
    assert (second["supports"], second["counted"]) == (1, False)


def test_a_receipt_opens_with_number_and_code_and_with_nothing_else(client, author):
    found = post(client, {"number": author.number.lower(), "code": " authrc23 "}, "/api/v1/receipt/")
    assert found.status_code == 200
    assert (found.json()["display"], found.json()["has_contact"]) == ("pending", True)
    assert [step["key"] for step in found.json()["steps"]] == ["registered", "reviewed", "answered"]
    assert "13839112345" not in found.content.decode()
    wrong_code = post(client, {"number": author.number, "code": "AUTHRC24"}, "/api/v1/receipt/")
    wrong_number = post(client, {"number": "JF-2027-999999", "code": "AUTHRC23"}, "/api/v1/receipt/")
    assert wrong_code.status_code == wrong_number.status_code == 404
    assert wrong_code.json() == wrong_number.json()
    assert wrong_code.json()["code"] == "receipt-unknown"


@pytest.mark.parametrize(
    "body", [{}, {"number": 1, "code": []}, {"number": "\x00", "code": "x"}, {"number": "\ud800", "code": "x"}, [], "{"]
)
def test_a_receipt_that_cannot_be_read_is_a_problem_document(client, consultation, body):
    assert post(client, body, "/api/v1/receipt/").status_code == 400
