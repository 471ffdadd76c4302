"""A form or request that arrives twice is one comment with one receipt."""

import re

import pytest

from consultation.models import Comment, NumberSeries
from portal import audit
from portal.models import AuditEvent

KEY = "5717544e-67b8-47c1-88fd-7d684c29c815"
FORM = {"place": "none", "topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。", "key": KEY}
BODY = {"topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。"}


def receipt_of(client) -> list[str]:
    return re.findall(r"data-copy-text>([^<]+)", client.get("/comments/received/").content.decode())


def post(client, body: dict = BODY, key: str = KEY):
    return client.post("/api/v1/comments/", body, content_type="application/json", headers={"Idempotency-Key": key})


def test_a_form_sent_twice_is_filed_once_with_the_same_receipt(client, consultation):
    client.post("/comments/new/", FORM)
    first = receipt_of(client)
    client.post("/comments/new/", FORM)
    assert receipt_of(client) == first and len(first) == 2
    assert Comment.objects.count() == 1
    assert AuditEvent.objects.filter(code="comment.submitted").count() == 1


def test_other_words_under_the_same_key_come_back_as_a_new_form(client, consultation):
    client.post("/comments/new/", FORM)
    changed = FORM | {"text": "另外，村口的路灯也坏了很久，请一并考虑。"}
    response = client.post("/comments/new/", changed)
    page = response.content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert response.status_code == 409 and key != KEY and "另外，村口的路灯" in page
    client.post("/comments/new/", changed | {"key": key})
    assert Comment.objects.count() == 2


def test_a_program_that_sends_again_gets_the_same_receipt(client, consultation):
    first, second = post(client), post(client)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Comment.objects.count() == 1


def test_a_program_that_sends_other_words_under_the_key_is_told(client, consultation):
    post(client)
    response = post(client, BODY | {"display_consent": True})
    assert (response.status_code, response.json()["code"]) == (409, "idempotency-key-reused")


def test_without_a_key_each_request_is_a_comment_with_a_code_of_its_own(client, consultation):
    receipts = [client.post("/api/v1/comments/", BODY, content_type="application/json").json() for _ in range(2)]
    assert receipts[0]["number"] != receipts[1]["number"] and receipts[0]["code"] != receipts[1]["code"]


@pytest.mark.parametrize("key", ["short", "x" * 65, "with blanks in it, no", "\xe9" * 20])
def test_a_key_that_cannot_serve_is_refused(client, consultation, key):
    assert post(client, key=key).json()["code"] == "idempotency-key-unreadable"
    assert not Comment.objects.exists()


def test_a_submission_that_fails_leaves_no_gap_in_the_numbers(client, consultation, monkeypatch):
    first = post(client).json()["number"]
    real = audit.record
    with monkeypatch.context() as broken:
        broken.setattr("consultation.actions.audit.record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            post(client, key="another-key-that-is-long")
    assert audit.record is real
    second = post(client, key="another-key-that-is-long").json()["number"]
    assert int(second[-6:]) == int(first[-6:]) + 1
    assert NumberSeries.objects.get().last == Comment.objects.count() == 2


def test_a_receipt_outlives_the_closing(client, consultation):
    """What was filed in time may be sent again after the end: the receipt is still theirs."""
    first = post(client).json()
    type(consultation).objects.filter(pk=consultation.pk).update(
        opens_at="2020-01-01T00:00Z", closes_at="2020-03-01T00:00Z"
    )
    again = post(client)
    assert (again.status_code, again.json()) == (200, first)
    assert post(client, key="a-new-key-after-the-end").json()["code"] == "consultation-closed"
