"""Limits: how often one network may send, ask and support; nothing typed is lost."""

import re

import pytest
import time_machine

from consultation.models import Comment
from tests import make

FORM = {"place": "none", "topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。"}
BODY = {"topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。"}


@pytest.fixture(autouse=True)
def one_each_hour(settings):
    settings.COMMENT_THROTTLE = True
    settings.COMMENTS_PER_HOUR = settings.RECEIPT_ATTEMPTS_PER_HOUR = 1
    with time_machine.travel("2027-03-10T04:20:00Z", tick=False):
        yield


@pytest.fixture
def consultation(plan):
    """Open in the time of these tests."""
    return make.create_consultation(plan)


def post(client, url: str = "/api/v1/comments/", body: dict = BODY, **headers: str):
    return client.post(url, body, content_type="application/json", headers=headers)


def test_too_many_forms_get_429_with_everything_that_was_typed(client, consultation):
    assert client.post("/comments/new/", FORM).status_code == 303
    response = client.post("/comments/new/", FORM | {"name": "王秀兰"})
    assert (response.status_code, response["Retry-After"]) == (429, "2400")
    assert FORM["text"] in response.content.decode() and "王秀兰" in response.content.decode()
    assert Comment.objects.count() == 1


def test_a_form_with_mistakes_costs_nothing(client, consultation):
    assert client.post("/comments/new/", FORM | {"text": ""}).status_code == 400
    assert client.post("/comments/new/", FORM).status_code == 303


def test_sending_the_same_again_is_no_second_comment_and_costs_nothing(client, consultation):
    key = {"Idempotency-Key": "5717544e-67b8-47c1-88fd-7d684c29c815"}
    assert [post(client, **key).status_code for _ in range(3)] == [201, 200, 200]


def test_too_many_comments_by_a_program_get_a_problem_document(client, consultation):
    post(client)
    response = post(client)
    assert (response.status_code, response["Retry-After"]) == (429, "2400")
    assert response.json()["code"] == "throttled"


def test_another_network_has_a_count_of_its_own(client, consultation):
    post(client)
    other = client.post("/api/v1/comments/", BODY, content_type="application/json", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 201


def test_attempts_at_a_receipt_are_limited_also_for_the_right_code(client, author):
    wrong = {"number": author.number, "code": "AUTHRC24"}
    right = {"number": author.number, "code": author.code}
    assert client.post("/receipt/", wrong).status_code == 404
    response = client.post("/receipt/", right)
    assert (response.status_code, response["Retry-After"]) == (429, "2400")
    assert re.search(f'value="{author.number}"', response.content.decode())
    assert post(client, "/api/v1/receipt/", right).json()["code"] == "throttled"


def test_one_network_cannot_support_one_comment_for_a_whole_village(client, consultation, monkeypatch):
    monkeypatch.setattr("consultation.limits.SUPPORTS_OF_ONE_PER_DAY", 2)
    url = f"/api/v1/comments/{make.create_public_comment(consultation).number}/support/"
    answers = []
    for position in range(3):
        client.cookies["csrftoken"] = str(position) * 32
        answers.append(client.post(url).status_code)
    assert answers == [200, 200, 429]


def test_the_limits_are_off_when_the_operator_says_so(client, author, settings):
    settings.COMMENT_THROTTLE = False
    assert [post(client).status_code for _ in range(3)] == [201] * 3
    wrong = {"number": author.number, "code": "AUTHRC24"}
    assert [client.post("/receipt/", wrong).status_code for _ in range(3)] == [404] * 3
