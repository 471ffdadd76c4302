"""Proof of work, the question in its place, time, tiers: programs are slowed and refused, nobody loses a word."""

import base64
import json
import re
from html import unescape

import altcha
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from consultation import fair_play
from consultation.models import Comment
from portal import checks, proof
from portal.models import ThrottleCount
from tests import make

TEXT = "村北的水渠多年没有清淤，请考虑。"
FORM = "/comments/new/"
API = "/api/v1/comments/"
NOW = "2027-03-10T04:20:00Z"


@pytest.fixture(autouse=True)
def with_proof(settings, monkeypatch):
    """Easy puzzles: what is tested here is what they are worth, not how long they take."""
    settings.PROOF_OF_WORK = settings.COMMENT_THROTTLE = True
    monkeypatch.setattr(proof, "TRIES", 8)
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def consultation(plan):
    """Open in the time of these tests."""
    return make.create_consultation(plan)


def solved(challenge: dict) -> dict:
    """Solve a puzzle as any ALTCHA client does."""
    puzzle = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(puzzle, altcha.solve_challenge(puzzle)).to_dict()


def puzzle(client) -> dict:
    return client.get("/api/v1/proof/").json()


def post(client, **values: object):
    return client.post(API, {"topic": "farmland", "text": TEXT} | values, content_type="application/json")


def form(**values: str) -> dict[str, str]:
    return {"place": "none", "topic": "farmland", "text": TEXT} | values


def field(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def answered(page: str, off: int = 0) -> dict[str, str]:
    digits = "一二三四五六七八九"
    first, second = re.search("([二三四五六七八九])加([二三四五六七八九])等于几", page).groups()
    right = digits.index(first) + digits.index(second) + 2
    return {"question": field(page, "question"), "opened": field(page, "opened"), "answer": str(right + off)}


def test_a_solved_puzzle_is_good_for_one_comment(client, consultation):
    payload = solved(puzzle(client))
    assert post(client, proof=payload).status_code == 201
    again = post(client, proof=payload)
    assert (again.status_code, again.json()["code"]) == (400, "proof-invalid")
    assert Comment.objects.count() == 1


def test_it_may_come_as_an_object_or_in_base64(client, consultation):
    text = base64.b64encode(json.dumps(solved(puzzle(client))).encode()).decode()
    assert post(client, proof=text).status_code == 201


def test_without_a_proof_a_program_is_told_so(client, consultation):
    response = post(client)
    assert (response.status_code, response.json()["code"]) == (400, "proof-required")
    assert response["Content-Type"] == "application/problem+json"


def test_a_puzzle_is_good_for_an_hour(client, consultation, with_proof):
    payload = solved(puzzle(client))
    with_proof.shift(3601)
    assert post(client, proof=payload).json()["code"] == "proof-invalid"


def make_easier(payload: dict) -> None:
    payload["challenge"]["parameters"]["keyPrefix"] = "00"


def make_last_longer(payload: dict) -> None:
    payload["challenge"]["parameters"]["expiresAt"] += 1


def guess(payload: dict) -> None:
    payload["solution"] = {"counter": 1, "derivedKey": "00" * 32}


def sign_differently(payload: dict) -> None:
    payload["challenge"]["signature"] = "0" * 64


@pytest.mark.parametrize("change", [make_easier, make_last_longer, guess, sign_differently])
def test_a_tampered_proof_is_refused(client, consultation, change):
    payload = solved(puzzle(client))
    change(payload)
    assert post(client, proof=payload).json()["code"] == "proof-invalid"
    assert not Comment.objects.exists()


JUNK = ["x", "%%%", "意见", "=" * 100_000, "W10=", "bnVsbA==", 7, True, [[]], {"challenge": 1}]
JUNK += [{"challenge": {"parameters": []}}, {"challenge": {"parameters": {}}, "solution": {}}]


@pytest.mark.parametrize("junk", JUNK, ids=str)
def test_junk_for_a_proof_is_a_clear_answer_and_never_a_fault(client, consultation, junk):
    assert post(client, proof=junk).json()["code"] == "proof-invalid"
    assert client.post(FORM, form(proof=str(junk))).status_code == 400


def test_a_refused_form_comes_back_filled_with_a_plain_word_and_a_question(client, consultation):
    for values in ({}, {"proof": "used-up"}):
        response = client.post(FORM, form(name="王秀兰", **values))
        page = response.content.decode()
        assert response.status_code == 400 and "意见尚未登记" in page and "王秀兰" in page
        assert TEXT in unescape(page) and field(page, "question") and "<noscript>" not in page
    assert not Comment.objects.exists()


def test_a_refusal_for_another_reason_does_not_use_up_the_proof(client, consultation, settings):
    payload = json.dumps(solved(puzzle(client)))
    text = base64.b64encode(payload.encode()).decode()
    assert client.post(FORM, form(text="太短", proof=text)).status_code == 400
    assert client.post(FORM, form(proof=text)).status_code == 303


def test_what_fails_while_it_is_filed_leaves_the_proof_good(client, consultation, monkeypatch):
    payload = solved(puzzle(client))
    with monkeypatch.context() as broken:
        broken.setattr("consultation.actions.audit.record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            post(client, proof=payload)
    assert post(client, proof=payload).status_code == 201


def test_the_same_request_again_gets_its_receipt_although_the_proof_is_used(client, consultation):
    body = {"topic": "farmland", "text": TEXT, "proof": solved(puzzle(client))}
    headers = {"Idempotency-Key": "5717544e-67b8-47c1-88fd-7d684c29c815"}
    answers = [client.post(API, body, content_type="application/json", headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]


def test_without_script_the_answer_to_the_question_counts_once(client, consultation, with_proof):
    page = client.get(FORM).content.decode()
    assert re.search("<noscript>.*等于几.*</noscript>", page, re.DOTALL)
    with_proof.shift(60)
    values = answered(page)
    assert client.post(FORM, form(**values)).status_code == 303
    response = client.post(FORM, form(**values))
    assert response.status_code == 400 and TEXT in response.content.decode()
    assert Comment.objects.count() == 1


def test_a_wrong_answer_gets_another_question_and_the_old_one_no_second_try(client, consultation, with_proof):
    page = client.get(FORM).content.decode()
    with_proof.shift(60)
    response = client.post(FORM, form(**answered(page, off=1)))
    assert response.status_code == 400 and "答案不对" in response.content.decode()
    assert client.post(FORM, form(**answered(page))).status_code == 400
    assert client.post(FORM, form(**answered(response.content.decode()))).status_code == 303


@pytest.mark.parametrize("seconds", [2 * 3600 + 1, 86_400])
def test_an_old_question_is_asked_anew(client, consultation, with_proof, seconds):
    page = client.get(FORM).content.decode()
    with_proof.shift(seconds)
    response = client.post(FORM, form(**answered(page)))
    assert "验证题已过期" in response.content.decode()
    assert client.post(FORM, form(**answered(response.content.decode()))).status_code == 303


@pytest.mark.parametrize("written", ["12", " １２ ", "十二", "十二。"])
def test_a_sum_is_understood_as_people_write_it(written):
    assert fair_play.question._number(written) == 12


@pytest.mark.parametrize("written", ["", "dozen", "十二三", "-1", "1.5", "12" * 50])
def test_anything_else_is_no_number_of_ours(written):
    assert fair_play.question._number(written) not in range(2, 20)


def test_who_answers_within_seconds_sends_once_more_and_loses_nothing(client, consultation, with_proof):
    page = client.get(FORM).content.decode()
    response = client.post(FORM, form(**answered(page)))
    assert response.status_code == 400 and "请再提交一次" in response.content.decode()
    with_proof.shift(4)
    assert client.post(FORM, form(**answered(response.content.decode()))).status_code == 303


def test_without_the_page_s_time_an_answer_counts_as_too_fast(client, consultation, with_proof):
    page = client.get(FORM).content.decode()
    with_proof.shift(60)
    assert client.post(FORM, form(**answered(page) | {"opened": "form:1:forged"})).status_code == 400


def test_who_solves_the_puzzle_may_be_as_quick_as_they_like(client, consultation):
    text = base64.b64encode(json.dumps(solved(puzzle(client))).encode()).decode()
    assert client.post(FORM, form(proof=text)).status_code == 303


def work_of(challenge: dict, monkeypatch) -> int:
    return altcha.solve_challenge(altcha.Challenge.from_dict(challenge)).counter


def test_puzzles_get_harder_with_every_tier_up_to_a_bound_and_another_network_s_stay_easy(
    client, consultation, settings, monkeypatch
):
    settings.EASY_PROOFS_PER_HOUR = 2
    asked = []
    monkeypatch.setattr(proof, "challenge", lambda work: asked.append(work) or {})
    for _ in range(14):
        puzzle(client)
    assert asked == [1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 16, 16, 16, 16]
    client.get("/api/v1/proof/", REMOTE_ADDR="192.0.2.7")
    assert asked[-1] == 1


def test_a_puzzle_twice_as_hard_takes_twice_the_tries(monkeypatch):
    monkeypatch.setattr(proof, "TRIES", 40)
    for work in (1, 4):
        tries = altcha.solve_challenge(altcha.Challenge.from_dict(proof.challenge(work))).counter
        assert 20 * work <= tries < 60 * work


def test_a_thousand_automated_posts_are_refused_while_a_person_at_the_same_address_gets_through(
    client, consultation, settings
):
    settings.QUESTIONS_PER_HOUR, settings.COMMENTS_PER_HOUR = 5, 10
    answers = [post(client, proof=kept).json() for kept in [None] * 450 + [solved(puzzle(client))] * 450]
    assert sum("number" in answer for answer in answers) == 1
    page = client.get(FORM).content.decode()
    statuses = [client.post(FORM, form(**answered(page), key=f"robot-number-{n:06}")).status_code for n in range(100)]
    assert set(statuses[:5]) == {400} and set(statuses[5:]) == {429}
    assert Comment.objects.count() == 1
    person = client.post(FORM, form(proof=base64.b64encode(json.dumps(solved(puzzle(client))).encode()).decode()))
    assert person.status_code == 303


def test_beyond_the_hard_limit_even_a_proof_is_refused_and_stays_good(client, consultation, settings, with_proof):
    settings.COMMENTS_PER_HOUR = 1
    post(client, proof=solved(puzzle(client)))
    payload = solved(puzzle(client))
    response = post(client, proof=payload)
    assert (response.status_code, response["Retry-After"]) == (429, "2400")
    with_proof.shift(2400)
    assert post(client, proof=payload).status_code == 201


def test_a_comment_without_a_proof_does_not_count_towards_the_hard_limit(client, consultation, settings):
    settings.COMMENTS_PER_HOUR = 1
    assert [post(client).status_code for _ in range(3)] == [400] * 3
    assert post(client, proof=solved(puzzle(client))).status_code == 201


def test_counts_and_used_proofs_go_after_a_day_and_nothing_tells_the_address(client, consultation, with_proof):
    post(client, proof=solved(puzzle(client)))
    assert {row.scope for row in ThrottleCount.objects.all()} == {"comment", "puzzle", "proof"}
    assert not ThrottleCount.objects.filter(key__contains="127.0.0.1").exists()
    call_command("purge_contacts", "--apply")
    assert ThrottleCount.objects.count() == 3
    with_proof.shift(26 * 3600)
    call_command("purge_contacts", "--apply")
    assert not ThrottleCount.objects.exists()


def test_it_can_be_switched_off_and_the_deploy_check_warns(client, consultation, settings):
    assert not checks.proof_of_work_is_on(None)
    settings.PROOF_OF_WORK = False
    assert post(client).status_code == 201
    assert "data-challenge" not in client.get(FORM).content.decode()
    assert [warning.id for warning in checks.proof_of_work_is_on(None)] == ["portal.W002"]


def test_a_puzzle_is_never_cached_and_costs_one_query(client, consultation, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/api/v1/proof/")
    assert "no-store" in response["Cache-Control"]
    assert timezone.now().timestamp() + 3600 == response.json()["parameters"]["expiresAt"]
