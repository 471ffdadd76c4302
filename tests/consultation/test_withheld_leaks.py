"""A hidden comment with a telltale text, a private number and a name, sent through every exit: found nowhere."""

import io
import json
import logging

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command

from consultation import actions, receipts
from consultation.models import Comment
from tests import make
from tests.personas import signed_in

WORDS = "蝴蝶翅膀磁铁"
PHONE = "15403917788"
NAME = "诸葛孔明"
STATES = ("pending", "withheld", "withdrawn")
EXITS = [
    "/",
    "/?lang=en",
    "/comments/",
    "/comments/?q=" + WORDS,
    "/comments/{number}/",
    "/comments/{number}/report/",
    "/comments/feed/",
    "/comments/?lon=113.21&lat=35.21",
    "/comments/?village=village-guocun",
    "/notice/",
    "/notice/form/",
    "/privacy/",
    "/comments/new/",
    "/receipt/",
    "/plan/",
    "/here/?lon=113.21&lat=35.21",
    "/api/v1/comments/",
    "/api/v1/comments/?bbox=113,35,114,36",
    "/api/v1/comments/{number}/",
    "/api/v1/comments/?topic=farmland",
    "/api/v1/plans/jiefang-2035/",
    "/api/v1/plans/jiefang-2035/here/?lon=113.21&lat=35.21",
    "/api/v1/schema/",
    "/desk/",
    "/desk/comments/{number}/",
    "/desk/exports/",
    "/admin/consultation/comment/",
    "/nothing/{number}/",
]


@pytest.fixture
def hidden(consultation, request) -> Comment:
    values = {"withheld": {"display": "withheld", "withholding_reason": "other"}}.get(
        request.param, {"display": request.param}
    )
    return make.create_comment(
        consultation,
        code="GEHE2222",
        text=f"{WORDS}，电话{PHONE}",
        public_text=f"{WORDS}，电话［已隐去］",
        display_consent=True,
        anchor=Point(113.21, 35.21, srid=4326),
        village_key="village-guocun",
        contact={"name": NAME, "phone": PHONE},
        **values,
    )


def body_of(response) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode(errors="replace")


def assert_clean(text: str, *secrets: str) -> None:
    for secret in secrets or (WORDS, PHONE, NAME):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text


@pytest.mark.parametrize("hidden", STATES, indirect=True)
@pytest.mark.parametrize("path", EXITS)
@pytest.mark.parametrize("role", ["visitor", "editor"])
def test_no_page_and_no_api_tells_of_it(request, client, hidden, path, role, caplog):
    caplog.set_level(logging.DEBUG)
    browser = client if role == "visitor" else signed_in(request.getfixturevalue(role))
    answer = body_of(browser.get(path.format(number=hidden.number)))
    if "?q=" in path:
        answer = answer.replace(f'value="{WORDS}"', "")
    assert_clean(answer) if "?q=" not in path else assert_clean(answer, PHONE, NAME)
    assert_clean(caplog.text, PHONE, NAME)


@pytest.mark.parametrize("hidden", STATES, indirect=True)
def test_a_receipt_without_its_code_tells_nothing(client, hidden):
    for code in ("", "AAAAAAAA", "gehe222"):
        assert_clean(body_of(client.post("/receipt/", {"number": hidden.number, "code": code})))
        data = {"number": hidden.number, "code": code}
        assert_clean(body_of(client.post("/api/v1/receipt/", data, content_type="application/json")))
    assert receipts.find(hidden.number, "GEHE2222") == hidden


@pytest.mark.parametrize("hidden", STATES, indirect=True)
def test_support_tells_nothing(client, hidden):
    assert_clean(body_of(client.post(f"/api/v1/comments/{hidden.number}/support/")))


@pytest.mark.parametrize("hidden", STATES, indirect=True)
def test_an_export_without_the_right_holds_nothing(client, editor, administrator, hidden):
    for browser in (client, signed_in(editor), signed_in(administrator)):
        assert_clean(body_of(browser.post("/desk/exports/", {"format": "csv"})))


@pytest.mark.parametrize("hidden", STATES, indirect=True)
@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_a_masked_export_of_staff_holds_the_text_and_neither_number_nor_name(
    exporter, planner, hidden, format, tmp_path
):
    for user in (exporter, planner):
        body = body_of(signed_in(user).post("/desk/exports/", {"format": format}))
        assert WORDS in body
        assert_clean(body, PHONE, NAME)
    path = tmp_path / "file"
    call_command("export_comments", format=format, output=path, stdout=io.StringIO())
    assert_clean(path.read_text(), PHONE, NAME)


@pytest.mark.parametrize("hidden", STATES, indirect=True)
@pytest.mark.parametrize(
    "path", ["/desk/?display=all", "/desk/comments/{number}/", "/admin/consultation/comment/{pk}/change/"]
)
def test_who_only_reads_the_ledger_sees_the_masked_text(administrator, hidden, path):
    body = body_of(signed_in(administrator).get(path.format(number=hidden.number, pk=hidden.pk)))
    assert WORDS in body
    assert_clean(body, PHONE, NAME)


def test_logs_and_audit_hold_nothing_personal_of_a_submission(consultation, caplog, django_assert_max_num_queries):
    from django.utils import timezone

    from portal.models import AuditEvent

    caplog.set_level(logging.INFO)
    draft = actions.Draft(consultation.topics.first(), f"{WORDS}，电话{PHONE}", contact={"name": NAME, "phone": PHONE})
    actions.submit(consultation, draft, now=timezone.now())
    told = caplog.text + json.dumps(list(AuditEvent.objects.values("data", "reason", "personal")), ensure_ascii=False)
    assert_clean(told)
