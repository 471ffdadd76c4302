"""Real transactions at once: the same form from many threads, many forms, an outage in the middle, closing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from consultation import actions
from consultation.models import Comment, NumberSeries
from portal.models import AuditEvent
from portal.refusal import Refusal
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "5717544e-67b8-47c1-88fd-7d684c29c815"
BODY = {"topic": "farmland", "text": "村北的水渠多年没有清淤，请考虑。"}
THREADS = 8


@pytest.fixture
def consultation():
    plan = make.create_plan()
    make.create_area(plan)
    return make.create_consultation(plan)


def at_once(send, count: int = THREADS) -> list:
    """Call `send(position)` from as many threads, all at the same moment."""
    gate = Barrier(count)

    def one(position: int):
        try:
            gate.wait(timeout=20)
            return send(position)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def post(key: str):
    headers = {"Idempotency-Key": key}
    return Client().post("/api/v1/comments/", BODY, content_type="application/json", headers=headers)


def test_the_same_key_from_eight_threads_is_one_comment_and_one_receipt(consultation):
    answers = at_once(lambda position: post(KEY))
    assert sorted(answer.status_code for answer in answers) == [200] * (THREADS - 1) + [201]
    assert len({answer.content for answer in answers}) == 1
    assert Comment.objects.count() == NumberSeries.objects.get().last == 1
    assert AuditEvent.objects.filter(code="comment.submitted").count() == 1


def test_eight_comments_at_once_get_eight_numbers_without_a_gap(consultation):
    answers = at_once(lambda position: post(f"{KEY}-{position}"))
    assert {answer.status_code for answer in answers} == {201}
    numbers = sorted(int(answer.json()["number"][-6:]) for answer in answers)
    assert numbers == list(range(1, THREADS + 1))


def test_a_support_sent_eight_times_at_once_counts_once(consultation, settings):
    comment = make.create_public_comment(consultation)
    answers = at_once(lambda position: Client().post(f"/api/v1/comments/{comment.number}/support/"))
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json()["counted"] for answer in answers].count(True) == 1
    comment.refresh_from_db()
    assert comment.supports == 1


def test_what_arrives_before_the_closing_counts_and_what_arrives_at_it_does_not(consultation):
    draft = actions.Draft(topic=consultation.topics.first(), text=BODY["text"])
    moments = [consultation.closes_at - timedelta(microseconds=1), consultation.closes_at]

    def send(position: int):
        try:
            return actions.submit(consultation, draft, now=moments[position]).comment.number
        except Refusal as refusal:
            return refusal.code

    answers = at_once(send, 2)
    assert answers[0].startswith("JF-") and answers[1] == "consultation-closed"


def terminate_own_connection() -> None:
    """Cut the connection that this thread uses from outside, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


def test_a_connection_cut_during_the_submission_files_nothing_and_the_retry_files_one(consultation, monkeypatch):
    client = Client()
    form = {"place": "none", "topic": "farmland", "text": BODY["text"], "key": KEY}
    real = actions.audit.record

    def cut_then_record(*args: object, **kwargs: object):
        terminate_own_connection()
        return real(*args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr("consultation.actions.audit.record", cut_then_record)
        response = client.post("/comments/new/", form)
    assert response.status_code == 503
    assert BODY["text"] in response.content.decode() and KEY in response.content.decode()
    assert not Comment.objects.exists()
    assert client.post("/comments/new/", form).status_code == 303
    assert Comment.objects.count() == NumberSeries.objects.get().last == 1


def test_a_database_that_is_gone_brings_the_form_back(consultation):
    """The connection points at a socket where nobody listens, as during a stop of the database."""
    client, form = Client(), {"place": "none", "topic": "farmland", "text": BODY["text"], "key": KEY}
    socket = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nonexistent"
    try:
        response = client.post("/comments/new/", form)
        api = post(KEY)
        reading = client.get("/comments/")
    finally:
        connection.settings_dict["HOST"] = socket
        connection.close()
    assert response.status_code == 503 and BODY["text"] in response.content.decode()
    assert (api.status_code, api.json()["code"]) == (503, "database-unavailable")
    assert reading.status_code == 503
    assert client.post("/comments/new/", form).status_code == 303
    assert Comment.objects.count() == 1
